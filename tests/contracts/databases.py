"""A database to test on: SQLite in a file or a real PostgreSQL, with a clock one can move."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from domain.ports import UnitOfWork
from domain.story.board import Board, Slot
from domain.work.job import Job
from storage.database import is_sqlite, open_engine
from storage.migration import prepare
from storage.tables import JobRow, ProjectRow, RequestRow, SchemaRow, SessionRow, WorkerRow
from storage.unit_of_work import SqlWorks
from tests.builders import a_job
from tests.fakes import Diary, FakeClock, RecordingBus, RecordingDispatcher

SCHEMA_TABLE = SchemaRow.__table__  # type: ignore[attr-defined]
JOB = JobRow.__table__  # type: ignore[attr-defined]
REQUEST = RequestRow.__table__  # type: ignore[attr-defined]
PROJECT = ProjectRow.__table__  # type: ignore[attr-defined]
TIME = sa.DateTime(timezone=True)
SHIFTED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (JOB, ("run_at", "hinted_at", "deadline")),
    (WorkerRow.__table__, ("seen",)),  # type: ignore[attr-defined]
    (SessionRow.__table__, ("expires_at",)),  # type: ignore[attr-defined]
)


class Database:
    """One database, and the processes that use it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engines: list[sa.Engine] = []
        self.clock = FakeClock()
        self.diary = Diary()
        self.engine = self._open()
        prepare(self.engine, backup_dir=None)
        self._empty()
        self.works = self._works(self.engine)

    def _open(self) -> sa.Engine:
        engine = open_engine(self._url, durability="relaxed")
        self._engines.append(engine)
        return engine

    def _empty(self) -> None:
        with self.engine.begin() as connection:
            for table in reversed(SQLModel.metadata.sorted_tables):
                if table is not SCHEMA_TABLE:
                    connection.execute(sa.delete(table))

    def _works(self, engine: sa.Engine, before: Callable[[str], None] = lambda _: None) -> SqlWorks:
        return SqlWorks(
            engine,
            clock=self.clock,
            dispatcher=RecordingDispatcher(self.diary, before),
            bus=RecordingBus(self.diary),
        )

    def another_process(self, before: Callable[[str], None] = lambda _: None) -> SqlWorks:
        """Works on connections and locks of its own; ``before`` is called before each hint."""
        return self._works(self._open(), before)

    def close(self) -> None:
        for engine in self._engines:
            engine.dispose()

    @property
    def is_sqlite(self) -> bool:
        return is_sqlite(self.engine)

    def elapse(self, seconds: float) -> None:
        """Let time pass. PostgreSQL's own clock can't be moved, so what it wrote moves back."""
        self.clock.forward(timedelta(seconds=seconds))
        if self.is_sqlite:
            return
        with self.engine.begin() as connection:
            for table, columns in SHIFTED:
                by = sa.literal(timedelta(seconds=seconds), sa.Interval())
                earlier = {name: sa.type_coerce(table.c[name], TIME) - by for name in columns}
                connection.execute(sa.update(table).values(earlier))

    def keep(self, board: Board) -> Board:
        with self.works() as work:
            work.boards.add(board.project, board, "the script")
            work.commit()
        self.diary.clear()
        return board

    def ask(self, *slots: Slot, **fields: Any) -> Job:
        """A job for these slots, committed."""
        job = a_job(slots[0], **fields)
        with self.works() as work:
            work.jobs.add(job, {slot.id: slot.basis for slot in slots})
            work.commit()
        self.diary.clear()
        return job

    def claim(self, job: Job, owner: str = "worker") -> Job | None:
        with self.works() as work:
            claimed = work.jobs.claim(job.id, owner=owner)
            work.commit()
            return claimed

    def run(self, job: Job, owner: str = "worker") -> Job:
        """Claim where that must succeed."""
        claimed = self.claim(job, owner)
        assert claimed is not None
        return claimed

    def cancel(self, job: Job) -> Job | None:
        with self.works() as work:
            asked = work.jobs.request_cancel(job.id)
            work.commit()
            return asked

    def beat(self, owner: str) -> None:
        with self.works() as work:
            work.jobs.beat(owner)
            work.commit()

    def do(self, act: Callable[[UnitOfWork], Any]) -> Any:
        """One committed unit of work."""
        with self.works() as work:
            result = act(work)
            work.commit()
            return result

    def age_requests(self, *, seconds: float) -> None:
        """As if they had been begun so much earlier."""
        with self.engine.begin() as connection:
            [begun] = connection.execute(sa.select(REQUEST.c.created_at)).scalars()
            earlier = begun - timedelta(seconds=seconds)
            connection.execute(sa.update(REQUEST).values(created_at=earlier))

    def pause(self, board: Board) -> None:
        with self.engine.begin() as connection:
            one = PROJECT.c.id == board.project.id
            connection.execute(sa.update(PROJECT).where(one).values(paused=True))

    def in_flight(self, provider: str) -> int:
        """How many jobs a provider is busy with, as a stranger would count them."""
        running = (JOB.c.state == "running") | ((JOB.c.state == "queued") & (JOB.c.attempt > 0))
        count = sa.select(sa.func.count()).where(JOB.c.provider == provider, running)
        with self.engine.connect().execution_options(reading=True) as connection:
            return connection.scalar(count) or 0

    def job(self, job: Job) -> Job:
        with self.works(reading=True) as work:
            found = work.jobs.get(job.id)
            assert found is not None
            return found

    def slot(self, slot: Slot) -> Slot:
        with self.works(reading=True) as work:
            found = work.slots.get(slot.id)
            assert found is not None
            return found
