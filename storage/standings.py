"""What was last learned of each provider, kept in its row."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.work.blocking import Reason
from domain.work.standing import Standing
from storage.tables import ProviderRow
from storage.transaction import Transaction

P = ProviderRow.__table__  # type: ignore[attr-defined]
ALL = sa.select(P).where(P.c.learned_at.is_not(None))
NOTE = (
    sa.update(P)
    .where(P.c.name == b("of_name"))
    .values(
        account=b("new_account"),
        reason=b("new_reason"),
        detail=b("new_detail"),
        learned_at=b("at", type_=P.c.learned_at.type),
    )
)
FORGET = (
    sa.update(P)
    .where(P.c.name == b("of_name"))
    .values(account=None, reason=None, detail=None, learned_at=None)
)


class SqlStandings:
    """`domain.ports.Standings`."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def all(self) -> Mapping[str, Standing]:
        return {
            row.name: Standing(
                name=row.name,
                account=row.account or "",
                reason=Reason(row.reason) if row.reason else None,
                detail=row.detail or "",
                at=row.learned_at,
            )
            for row in self._at.rows(ALL)
        }

    def note(self, standing: Standing) -> None:
        self._at.run(
            NOTE,
            of_name=standing.name,
            new_account=standing.account,
            new_reason=standing.reason,
            new_detail=standing.detail,
            at=standing.at,
        )

    def forget(self, name: str) -> None:
        self._at.run(FORGET, of_name=name)
