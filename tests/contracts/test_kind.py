"""The boundary in the database itself: what made a piece of media never changes (R36, issue 5)."""

import pytest
import sqlalchemy as sa

from domain.media.kind import ProviderKind
from storage.tables import MediaTagRow, TakeRow
from tests.builders import a_board, a_tag, a_take
from tests.contracts.databases import Database

TAG = MediaTagRow.__table__  # type: ignore[attr-defined]
TAKE = TakeRow.__table__  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", [TAG, TAKE], ids=["tag", "take"])
@pytest.mark.parametrize("kind", [ProviderKind.LIVE, ProviderKind.UPLOAD])
def test_no_statement_turns_what_is_fake_into_anything_else(
    database: Database, table: sa.Table, kind: ProviderKind
) -> None:
    slot = database.keep(a_board()).slots[0]
    tag = database.do(lambda work: work.media.add(a_tag(slot.project_id, kind=ProviderKind.FAKE)))
    database.do(lambda work: work.takes.add(a_take(slot, tag)))
    with (
        pytest.raises(sa.exc.IntegrityError, match="never changes"),
        database.engine.begin() as connection,
    ):
        connection.execute(sa.update(table).values(kind=kind.value))
    with database.engine.begin() as connection:
        connection.execute(sa.update(table).values(kind=ProviderKind.FAKE.value))
        assert connection.scalars(sa.select(table.c.kind)).all() == ["fake"]
