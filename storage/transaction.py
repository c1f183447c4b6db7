"""What one unit of work's repositories share: the connection, the clock, and what to do later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.events import Event, EventType
from domain.ports import Clock
from domain.work.job import Job
from storage.tables import ProjectRow

P = ProjectRow.__table__  # type: ignore[attr-defined]
NOW = sa.select(sa.func.clock_timestamp())
HOLD = sa.select(P.c.id).where(P.c.id == sa.bindparam("project_id")).with_for_update(key_share=True)


class Transaction:
    """One open connection and everything that waits for its commit."""

    def __init__(
        self, connection: sa.Connection, clock: Clock, actor: str | None, *, reading: bool = False
    ) -> None:
        self.connection = connection
        self.is_sqlite = connection.dialect.name == "sqlite"
        self.actor = actor
        self.touched: dict[str, list[tuple[str, Job | None]]] = {}
        """Slot id → (the audit's word, the job it is about), in order; a row each at commit."""
        self.events: list[Event] = []
        self.hints: list[tuple[str, float]] = []
        self._clock = clock
        self._takes_turns = not reading and not self.is_sqlite
        self._held: set[str] = set()

    def hold(self, project_id: str) -> bool:
        """Until the end, be the only writer of this project, as on SQLite one is of everything.

        Whatever writes asks for this first, so what it read stays true and nobody waits in a
        circle. True where it had to be asked for: what was read before may be outdated.
        """
        if not self._takes_turns or project_id in self._held:
            return False
        self.connection.execute(HOLD, {"project_id": project_id})
        self._held.add(project_id)
        return True

    def commit(self) -> None:
        self.connection.commit()
        self.touched, self.events, self.hints = {}, [], []
        self._held.clear()

    def now(self) -> datetime:
        """The database's time on PostgreSQL, so that workers' clocks may differ."""
        if self.is_sqlite:
            return self._clock.now()
        now: datetime = self.connection.execute(NOW).scalar_one()
        return now

    def event(
        self, kind: EventType, project_id: str, action: str, job: Job | None, *, at: datetime
    ) -> Event:
        """What happened, by this transaction's actor."""
        return Event(
            project_id=project_id,
            type=kind,
            action=action,
            actor=self.actor,
            job_id=job.id if job else None,
            job_state=job.state if job else None,
            detail={"error": job.error, "reason": job.reason} if job and job.error else {},
            at=at,
        )

    def rows(self, statement: sa.Executable, **values: Any) -> Sequence[sa.Row[Any]]:
        return self.connection.execute(statement, values).all()

    def row(self, statement: sa.Executable, **values: Any) -> sa.Row[Any] | None:
        return self.connection.execute(statement, values).first()

    def run(self, statement: sa.Executable, **values: Any) -> int:
        """Execute; returns how many rows it met."""
        return self.connection.execute(statement, values).rowcount

    def insert(self, statement: sa.Insert, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(statement, rows)
