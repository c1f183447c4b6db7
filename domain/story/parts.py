"""Small moves on the parts of a board."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from domain.entity import Entity
from domain.story.board import Concept, Scene, Shot, Slot

E = TypeVar("E", bound=Entity)
Part = TypeVar("Part", Scene, Shot, Concept, Slot)


def replaced(part: E, **fields: object) -> E:
    """The part with some fields replaced; itself where nothing differs."""
    held = part.__dict__
    if all(held[name] == value for name, value in fields.items()):
        return part
    return part.evolve(**fields)


def with_removed(
    live: Iterable[Part], before: Iterable[Part], remove: Callable[[Part], Part]
) -> tuple[Part, ...]:
    """Live parts, then those of before that are not among them, newly gone ones removed."""
    parts = list(live)
    here = {one.id for one in parts}
    gone = [one for one in before if one.id not in here]
    parts.extend(one if one.removed else remove(one) for one in gone)
    return tuple(parts)


def owner_name(owner: Shot | Concept) -> str:
    """What a reader calls it: a shot's code, a concept's id."""
    return owner.code if isinstance(owner, Shot) else owner.key
