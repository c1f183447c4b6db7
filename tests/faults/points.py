"""Named points at which a process of the house is stopped, if the harness asked for it.

The house knows nothing of them: the toll's adapter and the wrapped ports of
`tests.faults.house` pass them on their way.
"""

import os
import random
import signal
from contextlib import suppress
from pathlib import Path

POINTS = (
    "commit",  # before a commit of what people ask
    "hint",  # committed, not hinted at yet
    "intent",  # claimed, the intent committed, nothing sent
    "answered",  # the toll charged and answered, nothing recorded
    "recorded",  # its order's id is in the database
    "polled",
    "downloaded",
    "stored",  # the bytes are in the media store, no take yet
    "finished",  # take and success committed, nobody told
)
MADE = POINTS[2:]
"""Those of a worker."""
ORDER, CHANCE, NOTED = "stop-at", "chance", "stopped"
SIGNALS = {"kill": signal.SIGKILL, "pause": signal.SIGSTOP}


class Points:
    """One order at a time, in a file: ``kill stored``, ``pause intent``; the first one there obeys.

    While another file names a chance, any point may be a process's last.
    """

    def __init__(self, folder: Path, *, seed: int) -> None:
        self._order = folder / ORDER
        self._chance = folder / CHANCE
        self._noted = folder / NOTED
        self.drawn = random.Random(seed)  # noqa: S311 - chance from a seed

    @property
    def chance(self) -> float:
        try:
            return float(self._chance.read_text())
        except (FileNotFoundError, ValueError):  # or it is being written
            return 0.0

    def reach(self, point: str) -> None:
        with suppress(FileNotFoundError):
            what, where = self._order.read_text().split()
            if where == point:
                self._order.unlink()  # of two that read it, one comes so far
                self._stop(what, point)
        if self.drawn.random() < self.chance:
            self._stop("kill", point)

    def _stop(self, what: str, point: str) -> None:
        with self._noted.open("a") as noted:
            noted.write(f"{what} {point}\n")
        os.kill(os.getpid(), SIGNALS[what])
