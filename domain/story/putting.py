"""What was asked for, put back into the script's own words: adaptation the other way round."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.media.adaptation import Step
from domain.story.board import Board, Concept, Shot, Slot
from domain.story.context import Stage, explain
from domain.story.edits import Set
from domain.story.parts import owner_name

LABELS = ("demo",)
"""Fields that are never put: the fake's theatre is not what was asked for."""


def edits_for(board: Board, slot: Slot, asked: Mapping[str, Any]) -> list[Set]:
    """The edits that let a slot's item ask for just this; none where it does already.

    ``asked``: fields of the adapted spec, as a person asked for them.
    """
    owners: list[Shot | Concept] = [*board.shots, *board.concepts]
    owner = next(one for one in owners if one.id == slot.owner_id)
    kind = "shot" if isinstance(owner, Shot) else "concept"
    now = slot.adapted or {}
    return [
        Set.model_validate(
            {
                "op": "set",
                kind: owner_name(owner),
                "media": slot.media_id,
                "field": f"media_spec.{name}",
                "value": _authored(slot, owner, Stage.of(board), name, value),
            }
        )
        for name, value in asked.items()
        if name not in LABELS and now.get(name) != value
    ]


def overrides(slot: Slot, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the spec of a take has otherwise than today's script; its seed only if all else agrees.

    A seed that the script leaves open was chosen for the take, and may be another next time.
    """
    now = slot.adapted or {}
    names = [*asked, *(name for name in now if name not in asked)]
    others = {
        name: asked.get(name)
        for name in names
        if name not in ("seed", *LABELS) and asked.get(name) != now.get(name)
    }
    if others or asked.get("seed") == now.get("seed"):
        return others
    return {"seed": asked.get("seed")}


def _authored(slot: Slot, owner: Shot | Concept, stage: Stage, name: str, value: Any) -> Any:
    """The value that the script needs for the adapted one to be this."""
    if not isinstance(value, str):
        return value
    spec = slot.source.spec or {}
    steps = [one for one in explain(slot, owner, stage).steps if one.field == name]
    for words in _shorter(value, steps):
        source = slot.source.evolve(spec={**spec, name: words})
        if explain(slot.evolve(source=source), owner, stage).spec.get(name) == value:
            return words
    return value


def _shorter(text: str, steps: list[Step]) -> Iterator[str]:
    """The text without what was put behind it, most taken off first."""
    found = {text: None}
    for step in reversed(steps):
        added = str(step.added)
        for longer in [one for one in found if step.how == "append" and one.endswith(added)]:
            rest = longer.removesuffix(added).rstrip()
            found |= {rest: None, rest.removesuffix("."): None}
    yield from sorted((one for one in found if one), key=len)
