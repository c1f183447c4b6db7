"""The engine: SQLite as the embedded mode needs it, or PostgreSQL, behind one call."""

import json
import sqlite3
import time
from typing import Any, Literal

import sqlalchemy as sa
from pydantic_core import from_json
from sqlalchemy.pool import ConnectionPoolEntry

Durability = Literal["full", "relaxed"]

PATIENCE = 30
"""Seconds that a connection waits for another's write."""


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def open_engine(url: str, *, durability: Durability = "full") -> sa.Engine:
    """An engine whose transactions begin as writers, or as readers with the option ``reading``.

    SQLite: WAL; ``full`` survives a power cut after commit, ``relaxed`` may lose the last few.
    """
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            json_serializer=to_json,
            json_deserializer=from_json,
            pool_size=20,
            pool_pre_ping=True,
        )
    engine = sa.create_engine(
        url,
        json_serializer=to_json,
        json_deserializer=from_json,
        pool_size=20,
        max_overflow=40,
        connect_args={"check_same_thread": False, "timeout": PATIENCE},
    )
    synchronous = "FULL" if durability == "full" else "NORMAL"

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        for pragma in (f"busy_timeout={PATIENCE * 1000}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        write_ahead(connection)
        connection.execute(f"PRAGMA synchronous={synchronous}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A writer that began as a reader could find its snapshot outdated half-way.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL, however many processes open the new file in the same moment.

    SQLite answers "locked" to all but one of them at once: its busy timeout is not used for the
    upgrade of the lock that the switch needs, as two who waited for each other would never end.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)  # noqa: TID251 - a connection being opened is in nobody's queue
        else:
            return


def is_sqlite(engine: sa.Engine) -> bool:
    return engine.dialect.name == "sqlite"
