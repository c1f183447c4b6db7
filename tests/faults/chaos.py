"""What happens to a studio while people work: killed, paused, cut off, filled up, by chance."""

import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress

from jobs.broker import make_broker
from jobs.dispatcher import DramatiqDispatcher
from tests.faults.studios import SharedStudio, Studio
from tests.services.process import Ended, Process

RATES = {
    "submit": {
        "429": 0.08,
        "500": 0.02,
        "shut": 0.02,
        "drop": 0.06,
        "500 charged": 0.02,
        "hang": 0.003,
        "slow": 0.05,
    },
    "poll": {"429": 0.03, "500": 0.03, "drop": 0.02, "failed": 0.02, "forgotten": 0.005},
    "result": {"500": 0.03, "drop": 0.02, "break": 0.04, "corrupt": 0.01, "empty": 0.01},
}
CHANCE = 0.006
"""Of a process's end at any point that it passes."""
SHORT_S = (0.2, 2.0)
HOUR_S = 3600.0


class Chaos:
    """Injects one fault after another into a studio and counts them by kind."""

    def __init__(self, studio: Studio, *, seed: int, beyond_lease: bool) -> None:
        """``beyond_lease``: pauses may last longer than a lease, as in runs that have the time."""
        self.studio = studio
        self.done: Counter[str] = Counter()
        self._drawn = random.Random(seed)  # noqa: S311 - chance from a seed
        self._beyond_lease = beyond_lease
        self._later: list[tuple[float, Callable[[], None]]] = []
        self._standing = ExitStack()
        self._acts: dict[str, tuple[float, Callable[[], object]]] = {
            "kill a worker": (4, lambda: self._drawn.choice(studio.workers).kill()),
            "disk full": (1, self._full),
            "clock steps": (1, self._slip),
            "pause": (1, self._pause),
        }
        if isinstance(studio, SharedStudio):
            self._acts |= {
                "kill the web process": (1, studio.web.process.kill),
                "flush Redis": (1, studio.redis.flush),
                "Redis dies, comes back empty": (1, studio.redis.restart),
                "PostgreSQL restarts at once": (1, self._restart_postgres),
                "hints doubled": (1, self._double),
            }
        else:
            self._acts |= {"database locked": (2, self._lock)}

    def begin(self) -> None:
        self.studio.may_stop(CHANCE)
        for toll in self.studio.tolls.values():
            toll.misbehave(RATES, seed=self._drawn.randrange(2**32))

    def breath(self, mean: float) -> float:
        """How much comes before the next fault, around ``mean``."""
        return self._drawn.uniform(0.3, 1.7) * mean

    def strike(self) -> None:
        """One fault, then a look after what has ended."""
        names = list(self._acts)
        [name] = self._drawn.choices(names, [self._acts[one][0] for one in names])
        self._acts[name][1]()
        self.done[name] += 1
        self.tend()

    def tend(self) -> None:
        """What a service manager does, and what a pause's end needs."""
        now = time.monotonic()
        due = [act for at, act in self._later if at <= now]
        self._later = [(at, act) for at, act in self._later if at > now]
        for act in due:
            act()
        with suppress(Ended):  # it could not start now; the next look tries again
            self.studio.tend()

    def end(self) -> None:
        """No more faults; all that were begun are over when this returns."""
        self.studio.may_stop(0)
        for toll in self.studio.tolls.values():
            toll.behave()
        while self._later:
            self.tend()
            time.sleep(0.05)
        self._standing.close()

    def counted(self) -> Counter[str]:
        """All faults by kind: of the house's surroundings, at points, and of the tolls."""
        points = {f"killed at {stop.split()[1]}": n for stop, n in self.studio.stopped().items()}
        return self.done + Counter(points)

    def _wait(self, act: Callable[[], None], seconds: float | None = None) -> None:
        wait = self._drawn.uniform(*SHORT_S) if seconds is None else seconds
        self._later.append((time.monotonic() + wait, act))

    def _full(self) -> None:
        """Where the media are kept; the note is taken away later."""
        note = self.studio.notes / "full"
        note.touch()
        self._wait(lambda: note.unlink(missing_ok=True))

    def _slip(self) -> None:
        """The clocks of web or worker processes step by up to an hour, and back."""
        note = self.studio.notes / self._drawn.choice(["clock-serve", "clock-make"])
        note.write_text(str(self._drawn.uniform(-HOUR_S, HOUR_S)))
        self._wait(lambda: note.unlink(missing_ok=True))

    def _pause(self) -> None:
        process = self._drawn.choice(self.studio.workers)
        process.send(signal.SIGSTOP)
        beyond = self._beyond_lease and isinstance(self.studio, SharedStudio)
        self._wait(lambda: _wake(process), 35.0 if beyond and self._drawn.random() < 0.3 else None)

    def _lock(self) -> None:
        """Another program writes into the database file and takes its time."""
        path = self.studio.data / "framewright.db"
        with (
            closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other,
            suppress(sqlite3.OperationalError),
        ):
            other.execute("BEGIN IMMEDIATE")
            time.sleep(self._drawn.uniform(*SHORT_S))
            other.execute("ROLLBACK")

    def _restart_postgres(self) -> None:
        assert isinstance(self.studio, SharedStudio)
        self.studio.postgres.kill()
        self.studio.postgres.restart()

    def _double(self) -> None:
        """Hints at what is over, at what runs, and at what there is not."""
        assert isinstance(self.studio, SharedStudio)
        with suppress(Exception):
            known = [job["id"] for job in self.studio.api("GET", "/jobs?limit=50").json()["items"]]
            broker = make_broker(self.studio.redis.url)
            dispatcher = DramatiqDispatcher(broker)
            for job_id in [*known, "no such job"]:
                for _ in range(3):
                    dispatcher.dispatch(job_id)
            broker.close()


def _wake(process: Process) -> None:
    if process.exit_code is None:
        process.send(signal.SIGCONT)
