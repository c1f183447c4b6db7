"""``main.py`` and two things more: the tolls among its providers, and points where it can stop.

Started as ``python tests/faults/house.py serve …``, or ``… make`` for a bare worker process of
the shared mode. Nothing of the product is changed: its parts are wrapped where main composes.
"""

import errno
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

if __name__ != "__mp_main__":  # the children of the making pool need none of this
    import sqlalchemy as sa

    import main
    import storage.blobs
    from domain.events import Event
    from domain.work.provider import Provider
    from jobs.dispatcher import DramatiqDispatcher
    from jobs.forge import Registry
    from storage.clock import SystemClock
    from storage.durable import Writer
    from storage.unit_of_work import AfterCommit, SqlUnitOfWork, SqlWorks
    from tests.faults.adapter import tolls
    from tests.faults.points import Points
    from ui.cli import commands

    NOTES = Path(os.environ["TOLL_NOTES"])
    """A folder in which the harness and its houses write to each other."""
    POINTS = Points(NOTES, seed=int(os.environ.get("TOLL_SEED", "0")))
    LOST, DOUBLED = 0.03, 0.06

    class Forgetful(DramatiqDispatcher):
        """May be stopped before a hint; by chance, loses one and sends another five times."""

        def dispatch(self, job_id: str, *, delay: float = 0.0) -> None:
            POINTS.reach("hint")
            drawn = POINTS.drawn.random() if POINTS.chance else 1.0
            for _ in range(0 if drawn < LOST else 5 if drawn < DOUBLED else 1):
                super().dispatch(job_id, delay=delay)

    class Filling(Writer):
        """The disk is full while the harness says so."""

        def write(self, target: Path, data: bytes) -> None:
            super().write(target, data)
            if target.suffix == ".png":
                POINTS.reach("stored")

        def _temporary(self) -> tuple[int, Path]:
            if (NOTES / "full").exists():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super()._temporary()

    class Slipping(SystemClock):
        """Off by as many seconds as the harness says of ``serve`` or ``make`` processes."""

        def now(self) -> datetime:
            slip = NOTES / f"clock-{sys.argv[1]}"
            by = float(slip.read_text() or 0) if slip.exists() else 0.0
            return super().now() + timedelta(seconds=by)

    class Interrupted(AfterCommit):
        """May be stopped when a success is committed and nobody was told."""

        def commit(self, hints: list[tuple[str, float]], events: list[Event]) -> None:
            if any(one.action == "succeeded" for one in events):
                POINTS.reach("finished")
            super().commit(hints, events)

    class Interruptible(SqlWorks):
        """May be stopped before what a person asked is committed."""

        def __init__(self, engine: sa.Engine, **parts: Any) -> None:
            super().__init__(engine, **parts)
            self._after = Interrupted(parts["dispatcher"], parts["bus"])

        def __call__(self, *, reading: bool = False, actor: str | None = None) -> SqlUnitOfWork:
            unit = super().__call__(reading=reading, actor=actor)
            if actor is not None and not reading:
                commit = unit.commit

                def stoppable() -> None:
                    POINTS.reach("commit")
                    commit()

                unit.commit = stoppable  # type: ignore[method-assign]
            return unit

    class Tolled(Registry):
        """The house's providers, and the tolls."""

        def __init__(self, providers: Sequence[Provider], **rest: Any) -> None:
            super().__init__([*providers, *tolls(POINTS)], **rest)

    @sa.event.listens_for(sa.Engine, "begin")
    def no_room(connection: sa.Connection) -> None:
        """A database file that may not grow: SQLite's own *database or disk is full*."""
        raw: object = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            [pages] = raw.execute("PRAGMA page_count").fetchone()
            full = (NOTES / "full-database").exists()
            raw.execute(f"PRAGMA max_page_count={pages if full else 2**30}")


def make(settings: "main.Settings") -> int:
    """A worker process of the shared mode without a keeper: the harness starts it again."""
    house = main.compose(settings, worker=True)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    assert house.worker is not None
    house.worker.start()
    print("Toll house makes", flush=True)
    ended.wait()
    house.close()
    return 0


def run(arguments: Sequence[str]) -> int:
    parts = {
        "Registry": Tolled,
        "DramatiqDispatcher": Forgetful,
        "SqlWorks": Interruptible,
        "SystemClock": Slipping,
    }
    for name, part in parts.items():
        assert hasattr(main, name)
        setattr(main, name, part)
    vars(storage.blobs)["Writer"] = Filling
    if arguments[0] == "make":
        return make(main.Settings.read(os.environ))
    parsed = commands.parse(arguments)
    settings = main.Settings.read(os.environ, data=parsed.data)
    return commands.run(parsed, main.Composing(settings))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
