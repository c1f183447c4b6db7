"""A revision of some day, for tests: SQLite makes a table anew that others hang on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("slot") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="grey"))
        table.alter_column("fallback_text", new_column_name="instead")
