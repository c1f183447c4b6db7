"""The schema: made whole for a new database, checked at every start."""

from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from storage.tables import SCHEMA, SchemaRow


def prepare(engine: sa.Engine, *, backup_dir: Path | None) -> None:
    """Bring the database to this version's schema."""
    if not sa.inspect(engine).has_table("alembic_version"):
        SQLModel.metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(
                sa.insert(SchemaRow.__table__).values(version_num=SCHEMA)  # type: ignore[attr-defined]
            )
