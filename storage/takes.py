"""Takes: what slots were given, each numbered once."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.errors import NotFound
from domain.work.take import Take
from storage.rows import from_row, from_rows, to_row
from storage.tables import SlotRow, TakeRow
from storage.transaction import Transaction

T = TakeRow.__table__  # type: ignore[attr-defined]
S = SlotRow.__table__  # type: ignore[attr-defined]

NUMBER = (
    sa.update(S)
    .where(S.c.id == b("slot_id"))
    .values(takes=S.c.takes + 1)
    .returning(S.c.takes, S.c.version)
)
KEPT = sa.select(T).where(T.c.trash_id.is_(None))
ONE = KEPT.where(T.c.id == b("take_id"))
OF_SLOTS = KEPT.where(T.c.slot_id.in_(b("slot_ids", expanding=True))).order_by(T.c.number)
OF_PROJECT = KEPT.where(T.c.project_id == b("project_id")).order_by(T.c.number)
REVIEW = (
    sa.update(T)
    .where(T.c.id == b("take_id"))
    .values(review=b("new_review"), review_note=b("note"), review_basis=b("new_basis"))
)


class SqlTakes:
    """`domain.ports.Takes` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def add(self, take: Take) -> Take:
        self._at.hold(take.project_id)
        row = self._at.row(NUMBER, slot_id=take.slot_id)
        if row is None:
            raise NotFound("There is no such slot.")
        # The slot is touched in this transaction too, so this is the version it will have.
        done = take.evolve(number=row.takes, slot_version=row.version + 1)
        self._at.insert(sa.insert(T), [to_row(done)])
        return done

    def get(self, take_id: str) -> Take | None:
        row = self._at.row(ONE, take_id=take_id)
        if row is not None and self._at.hold(row.project_id):
            row = self._at.row(ONE, take_id=take_id)
        return None if row is None else from_row(Take, row)

    def of_slots(self, slot_ids: Sequence[str]) -> Sequence[Take]:
        return from_rows(Take, self._at.rows(OF_SLOTS, slot_ids=list(slot_ids)))

    def of_project(self, project_id: str) -> Sequence[Take]:
        return from_rows(Take, self._at.rows(OF_PROJECT, project_id=project_id))

    def review(self, take: Take) -> None:
        self._at.run(
            REVIEW,
            take_id=take.id,
            new_review=take.review,
            note=take.review_note,
            new_basis=take.review_basis,
        )
