"""One transaction: commit, then dispatch, then publish."""

from collections.abc import Callable
from datetime import datetime
from threading import RLock
from types import TracebackType
from typing import Protocol, Self

import sqlalchemy as sa

from domain.events import Event
from domain.ports import (
    Boards,
    Clock,
    Dispatcher,
    EventBus,
    Events,
    Jobs,
    Keys,
    Media,
    Slots,
    Standings,
    Takes,
    Trash,
)
from domain.usecases.idempotency import answered
from storage.boards import SqlBoards
from storage.database import is_sqlite
from storage.events import SqlEvents
from storage.jobs import SqlJobs
from storage.keys import SqlKeys
from storage.media import SqlMedia
from storage.slots import SqlSlots
from storage.standings import SqlStandings
from storage.takes import SqlTakes
from storage.transaction import Transaction
from storage.trash import SqlTrash


class Lock(Protocol):
    """What one writer at a time holds."""

    def acquire(self) -> bool: ...

    def release(self) -> None: ...


class SqlUnitOfWork:
    """`domain.ports.UnitOfWork` on SQLite or PostgreSQL; leaving without commit undoes all."""

    boards: Boards
    slots: Slots
    takes: Takes
    media: Media
    jobs: Jobs
    events: Events
    keys: Keys
    standings: Standings
    trash: Trash

    def __init__(
        self, connect: Callable[[], Transaction], lock: Lock | None, after: "AfterCommit"
    ) -> None:
        self._connect = connect
        self._lock = lock
        self._after = after

    def __enter__(self) -> Self:
        if self._lock is not None:
            # SQLite's busy handler sleeps; waiters in this process take turns on a lock instead.
            self._lock.acquire()
        try:
            self._at = self._connect()
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise
        self._slots = SqlSlots(self._at)
        self._events = SqlEvents(self._at)
        self.slots = self._slots
        self.events = self._events
        self.boards = SqlBoards(self._at)
        self.takes = SqlTakes(self._at)
        self.media = SqlMedia(self._at)
        self.jobs = SqlJobs(self._at, self._slots)
        self.keys = SqlKeys(self._at)
        self.standings = SqlStandings(self._at)
        self.trash = SqlTrash(self._at)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._at.connection.rollback()
            self._at.connection.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def commit(self) -> None:
        request = answered()
        if request is not None and self._at.actor is not None:
            self.keys.settle_request(*request)
        events = self._events.flush(self._slots.refresh())
        hints = self._at.hints
        self._at.commit()
        self._after.commit(hints, events)

    def dispatch(self, job_id: str, *, delay: float = 0.0) -> None:
        self._at.hints.append((job_id, delay))

    def now(self) -> datetime:
        return self._at.now()


class AfterCommit:
    """What follows a commit, in this order: hints to workers, news to readers."""

    def __init__(self, dispatcher: Dispatcher, bus: EventBus) -> None:
        self._dispatcher = dispatcher
        self._bus = bus

    def commit(self, hints: list[tuple[str, float]], events: list[Event]) -> None:
        for job_id, delay in hints:
            self._dispatcher.dispatch(job_id, delay=max(0.0, delay))
        if events:
            self._bus.publish(events)


class SqlWorks:
    """Begins units of work on one engine."""

    def __init__(
        self, engine: sa.Engine, *, clock: Clock, dispatcher: Dispatcher, bus: EventBus
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._after = AfterCommit(dispatcher, bus)
        self._is_sqlite = is_sqlite(engine)
        self._write_lock = RLock() if self._is_sqlite else None

    def __call__(self, *, reading: bool = False, actor: str | None = None) -> SqlUnitOfWork:
        def connect() -> Transaction:
            connection = self._engine.connect().execution_options(reading=reading)
            if reading and not self._is_sqlite:
                # One snapshot for all that is read, as on SQLite.
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
            return Transaction(connection, self._clock, actor, reading=reading)

        return SqlUnitOfWork(connect, None if reading else self._write_lock, self._after)
