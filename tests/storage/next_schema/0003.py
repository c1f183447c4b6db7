"""A revision that is wrong, for tests: it leaves takes of slots that are gone."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("DELETE FROM slot")
