"""A slot's context, drawn from the board, and what its item asks for in it."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from domain.media import hashing
from domain.media.adaptation import Adapted, Context, Words, adapt
from domain.story.board import Board, Concept, ConceptType, Header, Scene, Shot, Slot
from domain.story.durations import frame_rate

LENT = ("name", "language", "pace")
"""What ``attributes.voice`` of a concept may lend to a spoken line."""


Adapt = Callable[[Slot, Shot | Concept, "Stage"], tuple[dict[str, Any] | None, str]]
"""Gives a slot's adapted spec (None without a spec) and its basis."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What slots are adapted to: the live parts of a board, by key and by id."""

    header: Header
    concepts: Mapping[str, Concept]
    scenes: Mapping[str, Scene]
    voices: Mapping[str, Mapping[str, Any]]
    contexts: dict[str, Context] = field(default_factory=dict)
    """Drawn so far, by owner id: an owner's slots share one."""

    @classmethod
    def of(cls, board: Board) -> Self:
        """The stage of a whole board."""
        concepts = {one.key: one for one in board.concepts if not one.removed}
        return cls(
            header=board.project.header,
            concepts=concepts,
            scenes={one.id: one for one in board.scenes},
            voices={key: _voice(one) for key, one in concepts.items()},
        )


def adapt_slot(
    slot: Slot, owner: Shot | Concept, stage: Stage
) -> tuple[dict[str, Any] | None, str]:
    """The adapted spec (None without a spec) and the basis: what the script asks for today."""
    source = slot.source
    if source.spec is not None:
        adapted = explain(slot, owner, stage).spec
        return adapted, hashing.with_inputs(hashing.spec_basis(adapted), slot.inputs)
    if source.path is not None:
        return None, hashing.path_basis(source.path)
    if source.data is not None:
        return None, hashing.data_basis(base64.b64decode(source.data))
    return None, hashing.lookup_basis(slot.media_id)


def with_contents(contents: Mapping[str, str]) -> Adapt:
    """``adapt_slot`` where a path asks for the content that is there: SHA-256 by path.

    A file that is replaced makes the slots that name it stale; one that is not there yet is asked
    for by its path alone.
    """

    def adapt_with_contents(
        slot: Slot, owner: Shot | Concept, stage: Stage
    ) -> tuple[dict[str, Any] | None, str]:
        adapted, basis = adapt_slot(slot, owner, stage)
        content = contents.get(slot.source.path or "")
        return adapted, basis if content is None else hashing.with_inputs(basis, {"file": content})

    return adapt_with_contents


def explain(slot: Slot, owner: Shot | Concept, stage: Stage) -> Adapted:
    """The adapted spec of a slot that has one, with what was added from where."""
    context = stage.contexts.get(owner.id)
    if context is None:
        context = stage.contexts[owner.id] = context_of(owner, stage)
    return adapt(slot.source.spec or {}, context)


def context_of(owner: Shot | Concept, stage: Stage) -> Context:
    """What surrounds a shot's or a concept's media."""
    if isinstance(owner, Concept):
        own = _look(owner, f"appearance: {owner.key}")
        return Context(
            owner="concept",
            aspect=stage.header.aspect,
            style=_style(stage),
            looks=(own,) if own is not None else (),
            voices=stage.voices,
            fps=stage.header.fps,
        )
    scene = stage.scenes.get(owner.scene_id or "")
    place = stage.concepts.get(scene.location or "") if scene is not None else None
    cast = (stage.concepts.get(key) for key in owner.cast)
    looks = (_look(one, f"cast: {one.key}") for one in cast if one is not None)
    camera = owner.camera
    return Context(
        owner="shot",
        aspect=stage.header.aspect,
        style=_style(stage),
        looks=tuple(look for look in looks if look is not None),
        place=_look(place, f"location: {place.key}") if place is not None else None,
        framing=_framing(camera.size, camera.angle),
        movement=camera.movement or "",
        seconds=round(float(owner.duration / frame_rate(stage.header.fps)), 3) or None,
        fps=stage.header.fps,
        voices=stage.voices,
    )


def _look(concept: Concept, source: str) -> Words | None:
    """A concept's appearance, else its content, under its name."""
    appearance = concept.attributes.get("appearance")
    if isinstance(appearance, Mapping):
        appearance = appearance.get("description")
    words = appearance if isinstance(appearance, str) and appearance else concept.content
    if not words.strip():
        return None
    name = concept.title or concept.key.replace("_", " ")
    return Words(source, f"{name}: {' '.join(words.split())}")


def _style(stage: Stage) -> str:
    """The project's style: words, or the key of a style concept."""
    concept = stage.concepts.get(stage.header.style)
    if concept is not None and concept.type is ConceptType.STYLE:
        look = _look(concept, "project style")
        return look.text if look is not None else ""
    return " ".join(stage.header.style.split())


def _framing(size: str | None, angle: str | None) -> str:
    """``wide shot, low angle``; the nouns only where the author left them out."""
    words = [
        text if noun in text else f"{text} {noun}"
        for text, noun in ((size, "shot"), (angle, "angle"))
        if text
    ]
    return ", ".join(words)


def _voice(concept: Concept) -> Mapping[str, Any]:
    voice = concept.attributes.get("voice")
    if isinstance(voice, str):
        return {"name": voice}
    if not isinstance(voice, Mapping):
        return {}
    return {
        key: voice[key]
        for key in LENT
        if isinstance(voice.get(key), str)
        or (key == "pace" and type(voice.get(key)) in (int, float))
    }
