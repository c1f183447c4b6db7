"""The end of a run: is anything lost, was anything bought twice, do bill and ledger agree?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa

from domain.work.job import Job, JobState, Submission
from storage.database import open_engine
from storage.rows import from_rows
from storage.tables import JobRow, JobSlotRow, SubmissionRow, TakeRow
from tests.faults.adapter import MICROS_A_CENT
from tests.faults.asking import Wish
from tests.faults.bill import Line

J = JobRow.__table__  # type: ignore[attr-defined]
JS = JobSlotRow.__table__  # type: ignore[attr-defined]
SUB = SubmissionRow.__table__  # type: ignore[attr-defined]
T = TakeRow.__table__  # type: ignore[attr-defined]
IS_ACTIVE = J.c.state.in_(["queued", "running"])


class Ledger:
    """What the house itself has written down; use in ``with``."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self.jobs: Sequence[Job] = ()
        self.submissions: Sequence[Submission] = ()
        self.slots: dict[str, set[str]] = defaultdict(set)
        self.takes: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._engine.dispose()

    def pulse(self) -> tuple[int, int]:
        """How many jobs are under way, and a number that grows with everything that happens."""
        with self._reading() as connection:
            active = connection.scalar(sa.select(sa.func.count()).where(IS_ACTIVE)) or 0
            return active, connection.scalar(sa.select(sa.func.sum(J.c.version))) or 0

    def read(self) -> Self:
        """All of it, as it is now."""
        with self._reading() as connection:
            self.jobs = from_rows(Job, connection.execute(sa.select(J)).all())
            self.submissions = from_rows(Submission, connection.execute(sa.select(SUB)).all())
            for job_id, slot_id in connection.execute(sa.select(JS.c.job_id, JS.c.slot_id)):
                self.slots[job_id].add(slot_id)
            self.takes = Counter(connection.execute(sa.select(T.c.job_id)).scalars())
        return self

    def _reading(self) -> sa.Connection:
        return self._engine.connect().execution_options(reading=True)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one combination: a studio and one of its tolls."""

    name: str
    states: Mapping[str, int]
    blocked: Mapping[str, int]
    """By reason."""
    lost: Sequence[str]
    twice: Sequence[str]
    stuck: Sequence[str]
    bill: int
    """Cents the toll has charged."""
    ledger: int
    """Cents the house knows of."""
    maybe: Sequence[str]
    """Submissions that the house itself lists as *may have been charged*."""
    maybe_charged: int
    """Cents the toll has charged for those."""
    unexplained: Sequence[str]

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.twice or self.stuck or self.unexplained)

    def __str__(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        reasons = ", ".join(f"{count} {why}" for why, count in sorted(self.blocked.items()))
        agree = self.bill == self.ledger + self.maybe_charged and not self.unexplained
        lines = [
            f"{self.name}: {sum(self.states.values())} jobs ({states})",
            f"  lost {len(self.lost)}, billed twice {len(self.twice)}, stuck {len(self.stuck)}",
            f"  blocked: {reasons or 'none'}",
            f"  bill {self.bill} c, ledger {self.ledger} c, {'agree' if agree else 'DIFFER'}:",
            f"  {len(self.maybe)} may have been charged, {self.maybe_charged} c of them were",
        ]
        wrong = {
            "lost": self.lost,
            "twice": self.twice,
            "stuck": self.stuck,
            "unexplained": self.unexplained,
        }
        lines += [f"  {word}: {one}" for word, found in wrong.items() for one in found]
        return "\n".join(lines)


def judge(
    provider: str,
    ledger: Ledger,
    bill: Sequence[Line],
    wishes: Sequence[Wish],
    cancelled: Collection[str],
) -> Verdict:
    """What became of all that was asked of one toll; ``cancelled``: jobs whose cancel was taken."""
    jobs = {job.id: job for job in ledger.jobs if job.provider == provider}
    submissions = {one.key: one for one in ledger.submissions if one.provider == provider}
    mine = [wish for wish in wishes if wish.provider == provider]
    maybe = {one.key for one in submissions.values() if one.charged == "maybe"}
    return Verdict(
        name=provider,
        states=Counter(job.state.value for job in jobs.values()),
        blocked=Counter(str(j.reason) for j in jobs.values() if j.state is JobState.BLOCKED),
        lost=[*_lost(mine, jobs, ledger), *_uncancelled(cancelled, jobs)],
        twice=[*_bought_twice(bill), *_made_twice(mine, jobs, ledger)],
        stuck=[f"{job.id} {job.state}" for job in jobs.values() if job.state.is_active],
        bill=sum(line.cents for line in bill),
        ledger=sum(
            (one.cost_micros or 0) // MICROS_A_CENT
            for one in submissions.values()
            if one.charged == "yes"
        ),
        maybe=sorted(maybe),
        maybe_charged=sum(line.cents for line in bill if line.reference in maybe),
        unexplained=[*_unexplained(bill, submissions)],
    )


def _lost(wishes: Sequence[Wish], jobs: Mapping[str, Job], ledger: Ledger) -> list[str]:
    promised = [job_id for wish in wishes for job_id in wish.jobs]
    gone = [f"{job_id} was promised" for job_id in promised if job_id not in jobs]
    empty = [
        f"{job.id} succeeded without a take"
        for job in jobs.values()
        if job.state is JobState.SUCCEEDED and not ledger.takes[job.id]
    ]
    return gone + empty


def _uncancelled(cancelled: Collection[str], jobs: Mapping[str, Job]) -> list[str]:
    return [
        f"{job_id} was cancelled and is {jobs[job_id].state}"
        for job_id in cancelled
        if job_id in jobs and jobs[job_id].state is not JobState.CANCELLED
    ]


def _bought_twice(bill: Sequence[Line]) -> list[str]:
    """A job is charged once, whatever keys it used: what failed at the toll costs nothing."""
    charged = Counter(line.reference.rpartition(".")[0] for line in bill if line.cents)
    return [f"{job_id} was charged {count} times" for job_id, count in charged.items() if count > 1]


def _made_twice(wishes: Sequence[Wish], jobs: Mapping[str, Job], ledger: Ledger) -> list[str]:
    asked = Counter(job.spec.get("seed") for job in jobs.values())
    for_one = [
        f"wish {wish.seed} has {asked[wish.seed]} jobs" for wish in wishes if asked[wish.seed] > 1
    ]
    takes = [
        f"{job_id} gave {count} takes to {len(ledger.slots[job_id])} slots"
        for job_id, count in ledger.takes.items()
        if job_id in jobs and count > len(ledger.slots[job_id])
    ]
    return for_one + takes


def _unexplained(bill: Sequence[Line], submissions: Mapping[str, Submission]) -> list[str]:
    """Differences that the house does not list itself."""
    found = []
    by_key: dict[str, int] = Counter()
    for line in bill:
        by_key[line.reference] += line.cents
    for key, cents in by_key.items():
        one = submissions.get(key)
        if one is None:
            found.append(f"{key} is on the bill ({cents} c) and not in the ledger")
        elif one.charged == "no" and cents:
            found.append(f"{key} is on the bill ({cents} c), the ledger says it was not charged")
        elif one.charged == "yes" and cents * MICROS_A_CENT != one.cost_micros:
            found.append(f"{key}: {cents} c on the bill, {one.cost_micros} micros in the ledger")
    found += [
        f"{one.key} is in the ledger and not on the bill"
        for one in submissions.values()
        if one.charged == "yes" and one.key not in by_key
    ]
    return found
