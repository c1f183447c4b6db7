"""The append-only table of everything that happened: the audit, and the replay of a stream."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.events import Event
from storage.rows import from_rows, to_row
from storage.tables import EventRow
from storage.transaction import Transaction

E = EventRow.__table__  # type: ignore[attr-defined]

APPEND = sa.insert(E).returning(E.c.seq, sort_by_parameter_order=True)
AFTER = sa.select(E).where(E.c.seq > b("seq")).order_by(E.c.seq).limit(b("limit"))
AFTER_IN = AFTER.where(E.c.project_id == b("project_id"), E.c.type != "audit")
OF_SLOT = sa.select(E).where(E.c.slot_id == b("slot_id")).order_by(E.c.seq.desc()).limit(b("limit"))
OF_JOB = sa.select(E).where(E.c.job_id == b("job_id")).order_by(E.c.seq).limit(b("limit"))
PAGE = 1000
LAST = sa.select(sa.func.max(E.c.seq))
LAST_IN = LAST.where(E.c.project_id == b("project_id"))


class EventTable:
    """The table of all productions, as a bus reads it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def after(self, seq: int) -> Sequence[Event]:
        with self._engine.connect().execution_options(reading=True) as connection:
            return from_rows(Event, connection.execute(AFTER, {"seq": seq, "limit": PAGE}).all())

    def last_seq(self) -> int:
        with self._engine.connect().execution_options(reading=True) as connection:
            return connection.scalar(LAST) or 0


class SqlEvents:
    """`domain.ports.Events` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def add(self, event: Event) -> None:
        self._at.events.append(event)

    def after(self, seq: int, *, project_id: str | None, limit: int) -> Sequence[Event]:
        if project_id is None:
            return from_rows(Event, self._at.rows(AFTER, seq=seq, limit=limit))
        found = self._at.rows(AFTER_IN, seq=seq, project_id=project_id, limit=limit)
        return from_rows(Event, found)

    def last_seq(self, project_id: str | None = None) -> int:
        if project_id is None:
            return self._at.connection.scalar(LAST) or 0
        return self._at.connection.scalar(LAST_IN, {"project_id": project_id}) or 0

    def of_slot(self, slot_id: str, limit: int) -> Sequence[Event]:
        return from_rows(Event, self._at.rows(OF_SLOT, slot_id=slot_id, limit=limit))

    def of_job(self, job_id: str, limit: int) -> Sequence[Event]:
        return from_rows(Event, self._at.rows(OF_JOB, job_id=job_id, limit=limit))

    def flush(self, more: Sequence[Event]) -> list[Event]:
        """Write what was added and ``more``; returns all with their numbers."""
        events = [*more, *self._at.events]
        if not events:
            return []
        # One writer a project takes numbers, so that nothing with a lower one comes later in it.
        for project_id in sorted({one.project_id for one in events}):
            self._at.hold(project_id)
        rows = [{k: v for k, v in to_row(one).items() if k != "seq"} for one in events]
        numbers = self._at.connection.execute(APPEND, rows).scalars()
        return [one.evolve(seq=seq) for one, seq in zip(events, numbers, strict=True)]
