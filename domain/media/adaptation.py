"""Adaptation: what an authored spec becomes in its context, and what was added from where.

An ordered pipeline of pure functions. Each gets the spec as the ones before it left it, and
returns the steps it takes, or None for "unchanged"; where two set one field the later one wins.
The authored spec itself is never changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from domain.entity import Entity
from domain.media.sizes import size_for
from domain.media.specs import LONGEST_S, SPEC_TYPES
from domain.media.staging import MediaType

LONGEST_PROMPT = 32_000
LONGEST_ADDED = 4_000
"""Characters; what would make a prompt longer, or add more to it, is left out."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a context says, and whose words they are."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """Where a spec stands: plain words only, drawn from the board by `domain.story.context`."""

    owner: Literal["shot", "concept"] = "shot"
    aspect: str = "16:9"
    style: str = ""
    looks: tuple[Words, ...] = ()
    """Appearance of each concept in the cast, or the concept's own."""
    place: Words | None = None
    framing: str = ""
    """Camera size and angle, for a picture."""
    movement: str = ""
    """Camera movement, for a clip."""
    seconds: float | None = None
    """How long the shot is."""
    fps: str = "24"
    voices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By concept key what it lends to a voice, of ``name``, ``language`` and ``pace``.

    Every concept is here, be it with nothing.
    """


@dataclass(frozen=True, slots=True)
class Step:
    """One thing an adapter did: text put behind a field's text, or a field set."""

    source: str
    """Whose words: ``project style``, ``cast: mira``, ``location: lamp_room``, ``camera``, …"""
    field: str
    added: Any
    """None: the field was taken away."""
    how: Literal["append", "set"] = "append"


class Adapted(Entity):
    """``spec`` holds what was authored and what was added; defaults stay unwritten."""

    spec: dict[str, Any]
    steps: tuple[Step, ...] = ()


Adapter = Callable[[Mapping[str, Any], Context], Sequence[Step] | None]


def adapt(
    spec: Mapping[str, Any], context: Context, adapters: Sequence[Adapter] | None = None
) -> Adapted:
    """The spec in its context; without an adapter that has something to say, a copy of it."""
    adapted = dict(spec)
    taken: list[Step] = []
    longest = min(LONGEST_PROMPT, len(str(spec.get("prompt") or "")) + LONGEST_ADDED)
    for adapter in ADAPTERS if adapters is None else adapters:
        taken += [
            step for step in adapter(adapted, context) or () if _apply(adapted, step, longest)
        ]
    return Adapted(spec=adapted, steps=tuple(taken))


def project_style(spec: Mapping[str, Any], context: Context) -> Sequence[Step] | None:
    """The project's style, on every picture."""
    if not context.style or not _has(spec, MediaType.IMAGE, "prompt"):
        return None
    return [_step("project style", "prompt", context.style)]


def cast_appearance(spec: Mapping[str, Any], context: Context) -> Sequence[Step] | None:
    """How each one in the picture looks; a concept's own picture gets its own look."""
    if not context.looks or not _has(spec, MediaType.IMAGE, "prompt"):
        return None
    return [_step(look.source, "prompt", look.text) for look in context.looks]


def location(spec: Mapping[str, Any], context: Context) -> Sequence[Step] | None:
    """The scene's location."""
    if context.place is None or not _has(spec, MediaType.IMAGE, "prompt"):
        return None
    return [_step(context.place.source, "prompt", context.place.text)]


def voice(spec: Mapping[str, Any], context: Context) -> Sequence[Step] | None:
    """A concept named as the voice lends its language, its pace and its provider's voice name.

    Without a name the field is taken away: the provider's own voice speaks.
    """
    name = spec.get("voice")
    if name not in context.voices or not _has(spec, MediaType.VOICE, "voice"):
        return None
    lent = context.voices[str(name)]
    source = f"voice: {name}"
    steps = [
        _step(source, key, lent[key], how="set")
        for key in ("language", "pace")
        if spec.get(key) is None and key in lent
    ]
    return [_step(source, "voice", lent.get("name"), how="set"), *steps]


def camera(spec: Mapping[str, Any], context: Context) -> Sequence[Step] | None:
    """Size and angle for a picture, movement for a clip."""
    if context.framing and _has(spec, MediaType.IMAGE, "prompt"):
        return [_step("camera", "prompt", context.framing)]
    if context.movement and _has(spec, MediaType.VIDEO, "prompt"):
        return [_step("camera", "prompt", context.movement)]
    return None


def project_aspect(spec: Mapping[str, Any], context: Context) -> Sequence[Step] | None:
    """The sides a shot's picture leaves open; a concept's picture keeps the spec's defaults."""
    if context.owner != "shot" or not _has(spec, MediaType.IMAGE, "width"):
        return None
    if spec.get("width") is not None and spec.get("height") is not None:
        return None
    width, height = _size(context.aspect, spec.get("width"), spec.get("height"))
    sides = {"width": width, "height": height}
    return [
        _step("project aspect", side, pixels, how="set")
        for side, pixels in sides.items()
        if spec.get(side) is None
    ]


def clip(spec: Mapping[str, Any], context: Context) -> Sequence[Step] | None:
    """What a clip leaves open: its length, its movement, and the project's pace and shape."""
    if not _has(spec, MediaType.VIDEO, "seconds"):
        return None
    said = {
        "seconds": ("shot", context.seconds and min(context.seconds, LONGEST_S)),
        "movement": ("camera", context.movement or None),
        "fps": ("project fps", context.fps),
        "aspect": ("project aspect", context.aspect),
    }
    return [
        _step(source, name, value, how="set")
        for name, (source, value) in said.items()
        if value is not None and spec.get(name) is None
    ]


ADAPTERS: tuple[Adapter, ...] = (
    project_style,
    cast_appearance,
    location,
    voice,
    camera,
    project_aspect,
    clip,
)

_size = lru_cache(
    lambda aspect, width, height: size_for(aspect, width=width, height=height),
)


def _apply(adapted: dict[str, Any], step: Step, longest: int) -> bool:
    if step.how == "set":
        adapted[step.field] = step.added
        if step.added is None:
            del adapted[step.field]
        return True
    before, added = str(adapted.get(step.field) or ""), str(step.added)
    if added in before:
        return False  # the author wrote it already
    glue = "" if not before else " " if before.rstrip().endswith((".", "!", "?")) else ". "
    if len(before) + len(glue) + len(added) > longest:
        return False
    adapted[step.field] = f"{before.rstrip()}{glue}{added}"
    return True


def _has(spec: Mapping[str, Any], makes: MediaType, name: str) -> bool:
    spec_class = SPEC_TYPES.get(str(spec.get("type")))
    return (
        spec_class is not None
        and spec_class.makes is makes
        and name in spec_class.__pydantic_fields__
    )


def _step(source: str, name: str, added: object, how: Literal["append", "set"] = "append") -> Step:
    return Step(source, name, added, how)
