"""What one unit of work's repositories share: the connection, the clock, and what to do later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.events import Event
from domain.ports import Clock
from domain.work.job import Job

NOW = sa.select(sa.func.clock_timestamp())


class Transaction:
    """One open connection and everything that waits for its commit."""

    def __init__(self, connection: sa.Connection, clock: Clock, actor: str | None) -> None:
        self.connection = connection
        self.is_sqlite = connection.dialect.name == "sqlite"
        self.actor = actor
        self.touched: dict[str, tuple[str, Job | None]] = {}
        """Slot id → (the audit's word, the job it is about); one event each at commit."""
        self.events: list[Event] = []
        self.hints: list[tuple[str, float]] = []
        self._clock = clock

    def now(self) -> datetime:
        """The database's time on PostgreSQL, so that workers' clocks may differ."""
        if self.is_sqlite:
            return self._clock.now()
        now: datetime = self.connection.execute(NOW).scalar_one()
        return now

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
