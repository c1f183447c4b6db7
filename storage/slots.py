"""Slots one by one, and the statement that gives a touched slot its next version and state."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.events import Event
from domain.story.board import Slot
from domain.work.job import Job
from storage.rows import from_row, from_rows
from storage.tables import JobRow, JobSlotRow, ProjectRow, ShotRow, SlotRow, TakeRow
from storage.transaction import Transaction

S = SlotRow.__table__  # type: ignore[attr-defined]
T = TakeRow.__table__  # type: ignore[attr-defined]
J = JobRow.__table__  # type: ignore[attr-defined]
JS = JobSlotRow.__table__  # type: ignore[attr-defined]
P = ProjectRow.__table__  # type: ignore[attr-defined]
SHOT = ShotRow.__table__  # type: ignore[attr-defined]

ACTIVE = (
    sa.select(sa.literal(1))
    .select_from(JS.join(J, J.c.id == JS.c.job_id))
    .where(JS.c.slot_id == S.c.id, ~JS.c.detached, J.c.state.in_(["queued", "running"]))
)
COUNTING = sa.select(sa.literal(1)).where(
    T.c.slot_id == S.c.id, T.c.trash_id.is_(None), ~T.c.late | (T.c.id == S.c.picked)
)

# CONTRACT.md section 5, *Slot*, ``state``: the same words in the same order.
STATE = sa.case(
    (ACTIVE.where(J.c.began).exists(), "running"),
    (ACTIVE.exists(), "pending"),
    (
        S.c.ended_as.in_(["failed", "blocked"])
        & ~COUNTING.where(T.c.slot_version > S.c.ended_version).exists(),
        S.c.ended_as,
    ),
    (COUNTING.exists(), "succeeded"),
    (S.c.waits_for.is_not(None), "blocked"),
    (S.c.ended_as == "cancelled", "cancelled"),
    else_="empty",
)
NEXT_VERSION = (
    sa.update(S)
    .values(version=S.c.version + 1, state=STATE)
    .returning(
        S.c.id,
        S.c.project_id,
        S.c.version,
        S.c.state,
        sa.select(SHOT.c.code).where(SHOT.c.id == S.c.owner_id).scalar_subquery().label("shot"),
    )
)
REFRESH = NEXT_VERSION.where(S.c.id.in_(b("slot_ids", expanding=True)))
REFRESH_ONE = NEXT_VERSION.where(S.c.id == b("slot_id"))
"""Nearly always it is one, and a list of values is written anew at each call."""
ONE = sa.select(S).where(
    S.c.id == b("slot_id"), S.c.project_id.in_(sa.select(P.c.id).where(P.c.trash_id.is_(None)))
)
MANY = sa.select(S).where(S.c.id.in_(b("slot_ids", expanding=True)))
BESIDE = S.alias("beside")
CLIPS_BESIDE = sa.select(S).where(
    S.c.media_type == "video",
    ~S.c.removed,
    S.c.owner_id.in_(
        sa.select(BESIDE.c.owner_id).where(BESIDE.c.id.in_(b("slot_ids", expanding=True)))
    ),
)
WAITING = sa.select(S).where(S.c.project_id == b("project_id"), S.c.waits_for.is_not(None))
PROJECTS_OF = (
    sa.select(S.c.project_id)
    .where(S.c.id.in_(b("slot_ids", expanding=True)))
    .distinct()
    .order_by(S.c.project_id)
)
OF_OWNERS = sa.select(S).where(S.c.owner_id.in_(b("owner_ids", expanding=True)))
SETTABLE = ("picked", "selected", "waits_for", "waits_detail", "provider", "inputs", "basis")
SET = {
    name: sa.update(S)
    .where(S.c.id == b("slot_id"))
    .values({name: b("value", type_=S.c[name].type)})
    for name in SETTABLE
}


class SqlSlots:
    """`domain.ports.Slots` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def get(self, slot_id: str) -> Slot | None:
        row = self._at.row(ONE, slot_id=slot_id)
        if row is not None and self._at.hold(row.project_id):
            row = self._at.row(ONE, slot_id=slot_id)
        return None if row is None else from_row(Slot, row)

    def many(self, slot_ids: Sequence[str]) -> Sequence[Slot]:
        return from_rows(Slot, self._at.rows(MANY, slot_ids=list(slot_ids)))

    def of_owners(self, owner_ids: Sequence[str]) -> Sequence[Slot]:
        return from_rows(Slot, self._at.rows(OF_OWNERS, owner_ids=list(owner_ids)))

    def clips_beside(self, slot_ids: Sequence[str]) -> Sequence[Slot]:
        return from_rows(Slot, self._at.rows(CLIPS_BESIDE, slot_ids=list(slot_ids)))

    def waiting(self, project_id: str) -> Sequence[Slot]:
        return from_rows(Slot, self._at.rows(WAITING, project_id=project_id))

    def set(self, slot_id: str, **fields: object) -> None:
        for name, value in fields.items():
            self._at.run(SET[name], slot_id=slot_id, value=value)

    def touch(self, slot_id: str, action: str, *, job: Job | None = None) -> None:
        self._at.touched.setdefault(slot_id, []).append((action, job))

    def _hold_projects(self) -> None:
        """A touch about a job comes after its project was asked for; others may not."""
        if not self._at.is_sqlite:
            alone = [
                slot_id
                for slot_id, moves in self._at.touched.items()
                if any(job is None for _, job in moves)
            ]
            for row in self._at.rows(PROJECTS_OF, slot_ids=alone) if alone else ():
                self._at.hold(row.project_id)

    def refresh(self) -> list[Event]:
        """Give every touched slot its next version and state; returns the events.

        One a slot is told, with the version and the state; what happened to it before in the same
        transaction is kept for the audit.
        """
        if not self._at.touched:
            return []
        self._hold_projects()
        slot_ids = list(self._at.touched)
        found = (
            self._at.rows(REFRESH_ONE, slot_id=slot_ids[0])
            if len(slot_ids) == 1
            else self._at.rows(REFRESH, slot_ids=slot_ids)
        )
        rows, now = {row.id: row for row in found}, self._at.now()
        return [
            event
            for slot_id, moves in self._at.touched.items()
            if slot_id in rows
            for event in self._events(rows[slot_id], moves, now)
        ]

    def _events(
        self, row: sa.Row[Any], moves: Sequence[tuple[str, Job | None]], at: datetime
    ) -> Iterator[Event]:
        for action, job in moves[:-1]:
            kept = self._at.event("audit", row.project_id, action, job, at=at)
            yield kept.evolve(slot_id=row.id, shot=row.shot)
        told = self._at.event("slot", row.project_id, *moves[-1], at=at)
        yield told.evolve(slot_id=row.id, shot=row.shot, state=row.state, version=row.version)
