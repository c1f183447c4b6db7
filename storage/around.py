"""What a reader of one shot needs of a board, read by itself: the work of a few rows."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.story.board import Board, Concept, Project, Scene, Shot, Slot
from storage.rows import from_rows
from storage.tables import ConceptRow, SceneRow, ShotRow, SlotRow
from storage.transaction import Transaction

SHOT = ShotRow.__table__  # type: ignore[attr-defined]
SCENE = SceneRow.__table__  # type: ignore[attr-defined]
CONCEPT = ConceptRow.__table__  # type: ignore[attr-defined]
SLOT = SlotRow.__table__  # type: ignore[attr-defined]

LIVE = sa.select(SHOT).where(SHOT.c.project_id == b("project_id"), SHOT.c.removed.is_(False))
FIRST = LIVE.order_by(SHOT.c.position).limit(1)
NAMED = LIVE.where((SHOT.c.code == b("cursor")) | (SHOT.c.id == b("cursor")))
BEFORE = LIVE.where(SHOT.c.position < b("at")).order_by(SHOT.c.position.desc()).limit(1)
AFTER = LIVE.where(SHOT.c.position > b("at")).order_by(SHOT.c.position).limit(1)
CODES = LIVE.where(SHOT.c.code.in_(b("codes", expanding=True)))
SCENE_OF = sa.select(SCENE).where(SCENE.c.id == b("scene_id"))
CONCEPTS = sa.select(CONCEPT).where(
    CONCEPT.c.project_id == b("project_id"), CONCEPT.c.removed.is_(False)
)
KEYED = CONCEPTS.where(CONCEPT.c.key.in_(b("keys", expanding=True)))
SLOTS = sa.select(SLOT).where(SLOT.c.owner_id.in_(b("owners", expanding=True)))


def around(at: Transaction, project: Project, cursor: str | None) -> Board:
    """`domain.ports.Boards.around`."""
    found = _shots(at, project, cursor)
    if found is None:
        shots: list[Shot] = []
        scenes: list[Scene] = []
        concepts = from_rows(Concept, at.rows(CONCEPTS, project_id=project.id))
    else:
        here, shots = found
        scenes = list(from_rows(Scene, at.rows(SCENE_OF, scene_id=here.scene_id or "")))
        places = [one.location for one in scenes if one.location]
        speakers = [line.speaker for line in here.dialogue if line.speaker]
        keys = list({*here.cast, *places, *speakers})
        concepts = from_rows(Concept, at.rows(KEYED, project_id=project.id, keys=keys))
    owners: Iterable[Shot | Concept] = [*shots, *concepts]
    slots = from_rows(Slot, at.rows(SLOTS, owners=[one.id for one in owners]))
    return Board.model_construct(
        project=project,
        scenes=tuple(scenes),
        shots=tuple(shots),
        concepts=tuple(concepts),
        slots=tuple(slots),
    )


def _shots(at: Transaction, project: Project, cursor: str | None) -> tuple[Shot, list[Shot]] | None:
    """The shot, and it with those that matter to it; None where there is none."""
    known = {"project_id": project.id}
    rows = at.rows(NAMED, **known, cursor=cursor) if cursor else at.rows(FIRST, **known)
    shots = from_rows(Shot, rows)
    if not shots:
        return None
    here = next((one for one in shots if one.code == cursor), shots[0])
    codes = [choice.to for choice in here.choices if choice.to]
    place = {**known, "at": here.position}
    others = [*at.rows(BEFORE, **place), *at.rows(AFTER, **place)]
    others += at.rows(CODES, **known, codes=codes) if codes else []
    every = {one.id: one for one in (here, *from_rows(Shot, others))}
    return here, list(every.values())
