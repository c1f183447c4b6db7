"""What one job costs among ten thousand and among a million others: it should be the same."""

import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from domain.story.board import Board
from domain.work.job import JobState
from storage.tables import JobRow, JobSlotRow
from tests.bench.figures import Budget, Figure
from tests.bench.sides import folder
from tests.builders import BEGINNING, a_board
from tests.contracts.databases import Database

SMALL, LARGE = 10_000, 1_000_000
SLOTS = 1000
ROUNDS, EACH = 7, 40
SAME = 1.3
"""The larger index is a level or two deeper, and less of it is in memory."""
QUEUED_SHARE = 10
"""One of so many is still queued."""
NOTE = "ask, claim, wait, sweep, claim, finish, places in the queue; SQLite, relaxed"


def bench(*, quick: bool) -> list[Figure]:
    sizes = (SMALL // 10, LARGE // 100) if quick else (SMALL, LARGE)
    with folder() as small, folder() as large:
        sides = [
            _Side(at, size, quick=quick) for at, size in zip((small, large), sizes, strict=True)
        ]
        for _ in range(2 if quick else ROUNDS):  # interleaved: the machine's moods meet both
            for side in sides:
                side.measure()
        few, many = sides
        for side in sides:
            side.database.close()
    return [
        Figure(
            name=f"one job among {sizes[1]:,}",
            unit="ms",
            runs=many.jobs,
            baseline=few.jobs,
            against=f"among {sizes[0]:,}",
            budget=Budget(limit=SAME, of="ratio"),
            note=NOTE,
        ),
        Figure(
            name=f"first 50 of {sizes[1]:,} listed",
            unit="ms",
            runs=many.lists,
            baseline=few.lists,
            against=f"of {sizes[0]:,}",
            budget=Budget(limit=SAME, of="ratio"),
        ),
    ]


class _Side:
    """A database with so many jobs in it."""

    def __init__(self, at: Path, size: int, *, quick: bool) -> None:
        self.database = Database(f"sqlite:///{at / 'jobs.db'}")
        self._board = self.database.keep(a_board(SLOTS))
        self._each = 5 if quick else EACH
        self._count = 0
        self.jobs: list[float] = []
        self.lists: list[float] = []
        self._fill(self._board, size)

    def measure(self) -> None:
        begin = time.perf_counter()
        for _ in range(self._each):
            self._one()
        self.jobs.append((time.perf_counter() - begin) * 1000 / self._each)
        begin = time.perf_counter()
        with self.database.works(reading=True) as work:
            for state in (None, JobState.SUCCEEDED, JobState.QUEUED):
                work.jobs.listing(project_id=None, state=state, before=None, limit=50)
        self.lists.append((time.perf_counter() - begin) * 1000 / 3)

    def _one(self) -> None:
        """By hand, so before all that is queued, as a person's click is."""
        self._count += 1
        database, slot = self.database, self._board.slots[self._count % SLOTS]
        job = database.ask(slot, reuse_key=f"new {self._count}", priority=10)
        running = database.run(job)
        database.do(
            lambda work: work.jobs.move(running, JobState.QUEUED, action="waits", run_at=BEGINNING)
        )
        database.do(lambda work: work.jobs.due(64))
        again = database.run(job)
        database.do(lambda work: work.jobs.move(again, JobState.SUCCEEDED, action="succeeded"))
        with database.works(reading=True) as work:
            work.jobs.positions(["fake"])

    def _fill(self, board: Board, size: int) -> None:
        """Copies of one job, made by the database itself."""
        first = self.database.ask(board.slots[0], reuse_key="first", provider="fake")
        columns = JobRow.__table__.columns.keys()  # type: ignore[attr-defined]
        queued = f"n % {QUEUED_SHARE} = 0"
        at = "strftime('%Y-%m-%d %H:%M:%f000', created_at, '-' || n || ' seconds')"
        other = {
            "id": "'old' || n",
            "reuse_key": "'old' || n",
            "created_at": at,
            "state": f"CASE WHEN {queued} THEN 'queued' ELSE 'succeeded' END",
            "started_at": f"CASE WHEN {queued} THEN NULL ELSE {at} END",
            "ended_at": f"CASE WHEN {queued} THEN NULL ELSE {at} END",
            "hinted_at": "NULL",
        }
        chosen = ", ".join(other.get(name, name) for name in columns)
        counting = "SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n"
        numbers = f"WITH RECURSIVE c(n) AS ({counting} < {size})"
        slots = JobSlotRow.__tablename__
        with self.database.engine.begin() as connection:
            connection.execute(
                sa.text(
                    f"INSERT INTO job ({', '.join(columns)}) {numbers} "  # noqa: S608 - our words
                    f"SELECT {chosen} FROM c, job WHERE job.id = :first"
                ),
                {"first": first.id},
            )
            connection.execute(
                sa.text(
                    f"INSERT INTO {slots} (job_id, slot_id, basis, detached) {numbers}, "  # noqa: S608
                    "s AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM slot) "
                    f"SELECT 'old' || n, s.id, '', 1 FROM c JOIN s ON s.at = n % {SLOTS}"
                )
            )
        self.database.clock.forward(timedelta(seconds=60))
