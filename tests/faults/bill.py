"""The toll's own bill: a line for every order it took, on disk before anybody is told."""

import sqlite3
import threading
import zlib
from pathlib import Path
from typing import NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS line (
    number INTEGER PRIMARY KEY,
    reference TEXT NOT NULL,
    cents INTEGER NOT NULL,
    status TEXT NOT NULL,
    looks INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS line_of ON line (reference);
"""
DEAREST = 9


class Line(NamedTuple):
    """One order; ``cents`` is 0 for one that failed at the toll: that is not charged."""

    number: int
    reference: str
    cents: int
    status: str
    looks: int
    """How many more looks find it at work."""


def price(reference: str) -> int:
    """Cents, from 1 to 9."""
    return 1 + zlib.crc32(reference.encode()) % DEAREST


class Bill:
    """Lines in a file that survives the toll's end, however it comes."""

    def __init__(self, path: Path) -> None:
        self._guard = threading.Lock()
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=FULL")
        self._file.executescript(SCHEMA)

    def charge(self, reference: str, *, looks: int) -> Line:
        return self._one(
            "INSERT INTO line (reference, cents, status, looks) VALUES (?, ?, 'working', ?)"
            " RETURNING *",
            (reference, price(reference), looks),
        )

    def of(self, reference: str) -> list[Line]:
        """Oldest first."""
        return self._all("SELECT * FROM line WHERE reference = ? ORDER BY number", (reference,))

    def get(self, number: int) -> Line | None:
        return next(iter(self._all("SELECT * FROM line WHERE number = ?", (number,))), None)

    def look(self, number: int) -> Line | None:
        """As ``get``; every look brings its end nearer."""
        self._all(
            "UPDATE line SET looks = max(0, looks - 1), status = CASE WHEN looks <= 1 AND "
            "status = 'working' THEN 'ready' ELSE status END WHERE number = ?",
            (number,),
        )
        return self.get(number)

    def fail(self, number: int) -> None:
        """The order failed here, so it is not charged."""
        self._all("UPDATE line SET status = 'failed', cents = 0 WHERE number = ?", (number,))

    def lines(self) -> list[Line]:
        return self._all("SELECT * FROM line ORDER BY number")

    def _one(self, statement: str, values: tuple[object, ...]) -> Line:
        return self._all(statement, values)[0]

    def _all(self, statement: str, values: tuple[object, ...] = ()) -> list[Line]:
        with self._guard:
            return [Line(*row) for row in self._file.execute(statement, values).fetchall()]
