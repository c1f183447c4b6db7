"""Projects, their scripts and their boards."""

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.entity import Entity
from domain.errors import Conflict, NotFound
from domain.story.board import Board, Concept, Project, Scene, Shot, Slot
from domain.story.changes import Changes
from domain.story.revision import Revision
from storage.around import around
from storage.rows import from_row, from_rows, to_row
from storage.tables import ConceptRow, ProjectRow, SceneRow, ScriptRow, ShotRow, SlotRow
from storage.transaction import Transaction

P = ProjectRow.__table__  # type: ignore[attr-defined]
SCRIPT = ScriptRow.__table__  # type: ignore[attr-defined]
SLOT = SlotRow.__table__  # type: ignore[attr-defined]

PARTS: dict[type[Entity], sa.Table] = {
    Scene: SceneRow.__table__,  # type: ignore[attr-defined]
    Shot: ShotRow.__table__,  # type: ignore[attr-defined]
    Concept: ConceptRow.__table__,  # type: ignore[attr-defined]
    Slot: SLOT,
}
ALL_PARTS = {
    kind: sa.select(table).where(table.c.project_id == b("project_id")).order_by(table.c.position)
    for kind, table in PARTS.items()
}
SHOT, CONCEPT = PARTS[Shot], PARTS[Concept]
OWNERS: sa.BindParameter[Any] = b("owner_ids", expanding=True)
SHOTS = sa.select(SHOT).where(SHOT.c.id.in_(OWNERS)).order_by(SHOT.c.position)
CONCEPTS = (
    sa.select(CONCEPT)
    .where(
        CONCEPT.c.project_id == b("project_id"),
        CONCEPT.c.id.in_(OWNERS) | CONCEPT.c.key.in_(b("keys", expanding=True)),
    )
    .order_by(CONCEPT.c.position)
)
SLOTS = sa.select(SLOT).where(SLOT.c.owner_id.in_(OWNERS)).order_by(SLOT.c.position)
OWN_STATE = frozenset(
    {"version", "picked", "selected", "takes", "waits_for", "waits_detail", "provider", "state"}
    | {"ended_job_id", "ended_as", "ended_version", "inputs"}
)
"""Fields of a slot that people and jobs change; an edit of the script never writes them."""

ALL_PROJECTS = sa.select(P).where(P.c.trash_id.is_(None)).order_by(P.c.key)
BY_KEY = sa.select(P).where(P.c.key == b("key"), P.c.trash_id.is_(None))
BY_ID = sa.select(P).where(P.c.id == b("id"))
NEXT_REVISION = (
    sa.update(P)
    .where(P.c.id == b("project_id"), P.c.revision == b("before"))
    .values(revision=b("revision"), header=b("header"), key=b("key"))
)
PAUSE = sa.update(P).where(P.c.id == b("project_id")).values(paused=b("is_paused"))
TEXT = sa.select(SCRIPT.c.text).where(
    SCRIPT.c.project_id == b("project_id"), SCRIPT.c.revision == b("revision")
)
REVISIONS = (
    sa.select(*(SCRIPT.c[name] for name in Revision.model_fields))
    .where(SCRIPT.c.project_id == b("project_id"), SCRIPT.c.revision < b("below"))
    .order_by(SCRIPT.c.revision.desc())
    .limit(b("most"))
)

Part = TypeVar("Part", Scene, Shot, Concept, Slot)


class SqlBoards:
    """`domain.ports.Boards` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def projects(self) -> Sequence[Project]:
        return from_rows(Project, self._at.rows(ALL_PROJECTS))

    def find(self, key: str) -> Project | None:
        row = self._at.row(BY_KEY, key=key)
        if row is not None and self._at.hold(row.id):
            row = self._at.row(BY_KEY, key=key)
        return None if row is None else from_row(Project, row)

    def get(self, project_id: str) -> Project | None:
        self._at.hold(project_id)
        row = self._at.row(BY_ID, id=project_id)
        return None if row is None else from_row(Project, row)

    def load(self, project_id: str) -> Board:
        project = self.get(project_id)
        if project is None:
            raise NotFound("There is no such production.")
        return Board.model_construct(
            project=project,
            scenes=self._parts(Scene, project_id),
            shots=self._parts(Shot, project_id),
            concepts=self._parts(Concept, project_id),
            slots=self._parts(Slot, project_id),
        )

    def near(self, slots: Sequence[Slot]) -> Board:
        project = self.get(slots[0].project_id)
        if project is None:
            raise NotFound("There is no such production.")
        owners = list({slot.owner_id for slot in slots})
        shots = from_rows(Shot, self._at.rows(SHOTS, owner_ids=owners))
        keys = list({key for shot in shots for key in shot.cast})
        found = self._at.rows(CONCEPTS, project_id=project.id, owner_ids=owners, keys=keys)
        concepts = from_rows(Concept, found)
        owners = [*(one.id for one in shots), *(one.id for one in concepts)]
        return Board.model_construct(
            project=project,
            scenes=(),
            shots=tuple(shots),
            concepts=tuple(concepts),
            slots=tuple(from_rows(Slot, self._at.rows(SLOTS, owner_ids=owners))),
        )

    def around(self, project_id: str, cursor: str | None) -> Board:
        project = self.get(project_id)
        if project is None:
            raise NotFound("There is no such production.")
        return around(self._at, project, cursor)

    def pause(self, project_id: str, *, paused: bool) -> None:
        self._at.hold(project_id)
        self._at.run(PAUSE, project_id=project_id, is_paused=paused)

    def _parts(self, kind: type[Part], project_id: str) -> tuple[Part, ...]:
        return tuple(from_rows(kind, self._at.rows(ALL_PARTS[kind], project_id=project_id)))

    def text(self, project_id: str, revision: int | None = None) -> str:
        if revision is None:
            project = self.get(project_id)
            revision = project.revision if project else 0
        text: str | None = self._at.connection.scalar(
            TEXT, {"project_id": project_id, "revision": revision}
        )
        if text is None:
            raise NotFound("There is no such revision of the script.")
        return text

    def add(self, project: Project, board: Board, text: str) -> None:
        if self.find(project.key) is not None:
            raise self._exists(project.key)
        try:
            self._at.insert(sa.insert(P), [to_row(project)])
        except sa.exc.IntegrityError as error:  # another process made it at the same moment
            raise self._exists(project.key) from error
        self._keep_text(project, text, Changes())
        self._save_parts(Board(project=project), board)

    def _exists(self, key: str) -> Conflict:
        return Conflict(f"There is a production {key!r} already.", code="exists")

    def revisions(self, project_id: str, *, below: int, limit: int) -> Sequence[Revision]:
        found = self._at.rows(REVISIONS, project_id=project_id, below=below, most=limit)
        return from_rows(Revision, found)

    def save(
        self,
        before: Board,
        after: Board,
        text: str,
        changes: Changes | None = None,
        *,
        restored: int | None = None,
    ) -> None:
        project = after.project
        self._at.hold(project.id)
        changed = self._at.run(
            NEXT_REVISION,
            project_id=project.id,
            before=before.project.revision,
            revision=project.revision,
            header=to_row(project)["header"],
            key=project.key,
        )
        if not changed:
            raise Conflict("The script was changed meanwhile.", code="stale_revision")
        self._keep_text(project, text, changes or Changes(), restored)
        self._save_parts(before, after)

    def _keep_text(
        self, project: Project, text: str, changes: Changes, restored: int | None = None
    ) -> None:
        row = {
            "project_id": project.id,
            "revision": project.revision,
            "text": text,
            "actor": self._at.actor,
            "restored": restored,
            "changes": changes.model_dump(),
            "created_at": self._at.now(),
        }
        self._at.insert(sa.insert(SCRIPT), [row])

    def _save_parts(self, before: Board, after: Board) -> None:
        self._save(Scene, before.scenes, after.scenes)
        self._save(Shot, before.shots, after.shots)
        self._save(Concept, before.concepts, after.concepts)
        self._save(Slot, before.slots, after.slots)

    def _save(self, kind: type[Part], before: Sequence[Part], after: Sequence[Part]) -> None:
        table = PARTS[kind]
        known = {part.id: part for part in before}
        self._at.insert(sa.insert(table), [to_row(one) for one in after if one.id not in known])
        changed = [one for one in after if one.id in known and known[one.id] != one]
        if changed:
            self._at.connection.execute(update_of(table), [renamed(one) for one in changed])


def update_of(table: sa.Table) -> sa.Update:
    """One statement for many rows; parameters are the columns' names with ``new_`` before."""
    held = OWN_STATE if table is SLOT else set()
    columns = [column.name for column in table.columns if column.name not in {"id", *held}]
    return (
        sa.update(table)
        .where(table.c.id == b("new_id"))
        .values({name: b(f"new_{name}", type_=table.c[name].type) for name in columns})
    )


def renamed(entity: Entity) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in to_row(entity).items()}
