"""The schema: made whole for a new database, checked at every start, migrated when it is older.

Alembic is imported only to migrate: importing it costs half a second.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from domain.errors import Misconfigured
from storage.database import is_sqlite
from storage.sealing import KIND_IS_FIXED
from storage.tables import SCHEMA, SchemaRow

log = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS = (MIGRATIONS / "versions",)
VERSION = SchemaRow.__table__  # type: ignore[attr-defined]
ONE_AT_A_TIME = sa.text("SELECT pg_advisory_xact_lock(4271990)")
"""Processes that start together; the number is ours alone."""


def prepare(
    engine: sa.Engine,
    *,
    backup_dir: Path | None,
    schema: str = SCHEMA,
    versions: Sequence[Path] = VERSIONS,
    changes: bool = True,
) -> None:
    """Bring the database to this version's schema.

    An SQLite file is copied to ``backup_dir`` before it is migrated, beside itself without one.
    Raises Misconfigured where a newer version has been here, and without ``changes`` where there
    would be something to change.
    """
    with engine.connect().execution_options(reading=True) as connection:
        found = _revision(connection)
    if found == schema:
        return
    if not changes and (found is None or found < schema):
        state = f"has schema {found}, this version's is {schema}" if found else "is empty"
        raise Misconfigured(
            f"The database {state}. Start this version's serve once: it brings the database up to "
            "date, and copies an SQLite file first. Nothing was changed.",
            code="older_schema",
        )
    with _alone(engine) as connection:
        found = _revision(connection)
        if found is None:
            SQLModel.metadata.create_all(connection)
            for statement in KIND_IS_FIXED[engine.dialect.name]:
                connection.exec_driver_sql(statement)
            connection.execute(sa.insert(VERSION).values(version_num=schema))
        elif found > schema:
            raise Misconfigured(
                f"The database was written by a newer Framewright (schema {found}; this one knows "
                f"{schema}). Start that version, or give this one another folder with --data."
            )
        elif found < schema:
            if is_sqlite(engine):
                _copy(engine, found, backup_dir)
            log.warning("bringing the database from schema %s to %s", found, schema)
            upgrade(connection, schema, versions)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSION.name):
        return None
    found: str | None = connection.scalar(sa.select(VERSION.c.version_num))
    return found


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that no other process's preparing overlaps; foreign keys checked last."""
    if not is_sqlite(engine):
        with engine.begin() as connection:
            connection.execute(ONE_AT_A_TIME)
            yield connection
        return
    with engine.connect() as connection:
        # Batch mode makes a table anew and drops the old one, and its rows' dependants with it.
        plain: Any = connection.connection.dbapi_connection
        plain.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise sa.exc.IntegrityError("PRAGMA foreign_key_check", broken, ValueError())
        finally:
            plain.execute("PRAGMA foreign_keys=ON")


def _copy(engine: sa.Engine, revision: str, folder: Path | None) -> None:
    file = Path(engine.url.database or "")
    now = datetime.now(UTC)  # noqa: TID251 - before there is a Clock
    name = f"{file.stem}.schema-{revision}.{now:%Y%m%dT%H%M%SZ}{file.suffix}"
    target = (folder or file.parent) / name
    part = target.with_name(f".{name}.part")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.rename(target)
    log.warning("the database is of an older schema, %s; it was copied to %s", revision, target)


def upgrade(connection: sa.Connection, schema: str, versions: Sequence[Path]) -> None:
    """Run the revisions up to ``schema`` in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - half a second that most starts do not need
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations", "\n".join(str(one).replace("%", "%%") for one in versions)
    )
    command.upgrade(config, schema)
