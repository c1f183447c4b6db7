"""One random run: people ask, chaos strikes, then calm; when all is at rest comes the verdict."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.asking import People
from tests.faults.chaos import Chaos
from tests.faults.studios import SharedStudio, Studio
from tests.faults.tollgate import Tollgate
from tests.faults.verdict import Ledger, Verdict, judge

SLOTS = 400
"""One wish each, as far as they go: a further take would take a blocked job's place."""
PATIENCE_S = 4.0
"""Without a promise for so long the next fault comes anyway."""
STANDSTILL_S = 150.0
"""Nothing moved for so long: what is active now is stuck. Five leases."""


@dataclass(frozen=True, slots=True)
class Story:
    """How a run went."""

    mode: str
    faults: Counter[str]
    """What befell the house, by kind."""
    mischief: Counter[str]
    """What the tolls did, by step and kind."""
    verdicts: Sequence[Verdict]
    refused: Sequence[str]

    @property
    def is_good(self) -> bool:
        return not self.refused and all(one.is_good for one in self.verdicts)

    def __str__(self) -> str:
        lines = [
            f"== {self.mode}",
            f"{self.faults.total()} faults of the house: {_listed(self.faults)}",
            f"{self.mischief.total()} faults of the providers: {_listed(self.mischief)}",
            *(f"refused: {one}" for one in self.refused),
            *map(str, self.verdicts),
        ]
        return "\n".join(lines)


class Run:
    """A studio with both tolls, for one seed: two of the four combinations."""

    def __init__(self, folder: Path, *, shared: bool, seed: int) -> None:
        tolls = [Tollgate(folder / name, name) for name in ("keys", "plain")]
        make = SharedStudio if shared else Studio
        self.studio = make(folder / "studio", tolls, seed=seed)
        self._seed = seed

    def play(
        self,
        *,
        seconds: float,
        jobs_a_fault: float,
        pace: float,
        most: int = 100_000,
        beyond_lease: bool = False,
    ) -> Story:
        """For ``seconds`` ask at a ``pace``, and strike after every few jobs that were promised."""
        studio = self.studio
        studio.start()
        slots = studio.create(SLOTS, "toll-keys")
        people = People(studio, slots, seed=self._seed, pace=pace, most=most)
        chaos = Chaos(studio, seed=self._seed, beyond_lease=beyond_lease)
        until = time.monotonic() + seconds
        chaos.begin()
        people.start()
        while time.monotonic() < until and not people.are_content:
            self._breathe(people, jobs=chaos.breath(jobs_a_fault), seconds=PATIENCE_S)
            chaos.strike()
        chaos.end()
        people.stop()
        with Ledger(studio.database_url) as ledger:
            self._settle(chaos, ledger)
            ledger.read()
        return Story(
            mode=studio.mode,
            faults=chaos.counted(),
            mischief=sum((one.faults() for one in studio.tolls.values()), Counter()),
            verdicts=[
                judge(name, ledger, toll.bill(), people.wishes, people.cancelled)
                for name, toll in studio.tolls.items()
            ],
            refused=people.refused,
        )

    def close(self) -> None:
        self.studio.close()
        for toll in self.studio.tolls.values():
            toll.close()

    def _breathe(self, people: People, *, jobs: float, seconds: float) -> None:
        """A house that is killed before it is up again makes nothing, and proves nothing."""
        until, enough = time.monotonic() + seconds, people.answered + jobs
        while people.answered < enough and time.monotonic() < until and not people.are_content:
            time.sleep(0.05)

    def _settle(self, chaos: Chaos, ledger: Ledger) -> None:
        """Until nothing is under way, or nothing moves any more."""
        before, since = 0, time.monotonic()
        while time.monotonic() - since < STANDSTILL_S:
            chaos.tend()
            active, moves = ledger.pulse()
            if not active:
                return
            if moves != before:
                before, since = moves, time.monotonic()
            time.sleep(0.2)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
