"""What to make: one frozen class per spec type, found by the ``type`` a script names.

A spec is *authored* in the script, *adapted* to its context, and *realised* by what ran.
Another type is added by a class and ``register``; nothing else has to know it.
"""

from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import Field

from domain.entity import Entity
from domain.media.staging import MediaType

Side = Annotated[int, Field(ge=64, le=4096)]
LONGEST_S = 600
Seconds = Annotated[float, Field(gt=0, le=LONGEST_S)]
Rate = Annotated[str, Field(pattern=r"^\d{1,6}(\.\d{1,6})?(/\d{1,6})?$")]
Shape = Annotated[str, Field(pattern=r"^\d{1,5}(\.\d{1,5})?([:/x]\d{1,5}(\.\d{1,5})?)?$")]
Seed = Annotated[int, Field(ge=0, le=2**53 - 1)]


class MediaSpec(Entity):
    """Base of all specs; ``type`` is the word of the script."""

    type: str
    provider: str | None = None
    """Names a provider for this item alone; not part of the picture, so not of the hash."""
    demo: str | None = None
    """The fake provider's theatre (CONTRACT.md section 4); read and hashed by the fake alone."""

    makes: ClassVar[MediaType]
    required: ClassVar[tuple[str, ...]] = ()
    """Fields without a default, in the order a diagnostic names them."""


SPEC_TYPES: dict[str, type[MediaSpec]] = {}
"""Spec classes by the script's word."""

S = TypeVar("S", bound=type[MediaSpec])


def register(spec_class: S) -> S:
    """Make a spec type known under the default of its ``type`` field; a class decorator."""
    name: str = spec_class.__pydantic_fields__["type"].default
    SPEC_TYPES[name] = spec_class
    return spec_class


def from_dict(fields: dict[str, Any]) -> MediaSpec:
    """The spec that a stored or received mapping describes.

    Raises ValueError for an unknown ``type``, pydantic's ValidationError for a wrong field.
    """
    name = fields.get("type")
    if name not in SPEC_TYPES:
        known = ", ".join(sorted(SPEC_TYPES))
        raise ValueError(f"unknown spec type {name!r}; known are {known}")
    return SPEC_TYPES[name].model_validate(fields)


@register
class StableDiffusionSpec(MediaSpec):
    """A picture from a text prompt, in the field's customary words."""

    type: str = "stable_diffusion"
    prompt: Annotated[str, Field(min_length=1, max_length=32_000)]
    negative_prompt: str = ""
    style: str = "default"
    width: Side = 512
    height: Side = 512
    steps: Annotated[int, Field(ge=1, le=500)] = 20
    guidance_scale: Annotated[float, Field(ge=0, le=50)] = 7.5
    seed: Seed | None = None
    model_id: str = "stabilityai/stable-diffusion-2-1"

    makes = MediaType.IMAGE
    required = ("prompt",)


@register
class PaperdollSpec(MediaSpec):
    """A figure composed of drawn layers: body, outfit, accessories."""

    type: str = "svg_paperdoll"
    body_type: Annotated[str, Field(min_length=1)]
    outfit: str | None = None
    accessories: tuple[str, ...] = ()

    makes = MediaType.VECTOR
    required = ("body_type",)


@register
class SpeechSpec(MediaSpec):
    """A spoken line."""

    type: str = "tts"
    text: Annotated[str, Field(min_length=1, max_length=10_000)]
    voice: str | None = None
    language: str | None = None
    pace: str | float | None = None
    seed: Seed | None = None

    makes = MediaType.VOICE
    required = ("text",)


@register
class VideoSpec(MediaSpec):
    """A clip made from another item of the same shot."""

    type: str = "video"
    source: Annotated[str, Field(min_length=1, alias="from")]
    """``from`` in the script: the media_id of the frame."""
    prompt: str = ""
    seconds: Seconds | None = None
    """Unset: as long as its shot."""
    movement: Annotated[str, Field(max_length=200)] | None = None
    """Unset: the shot's ``camera.movement``."""
    fps: Rate | None = None
    """Unset: the project's, as its ``aspect`` is."""
    aspect: Shape | None = None
    seed: Seed | None = None

    makes = MediaType.VIDEO
    required = ("from",)


@register
class MusicSpec(MediaSpec):
    """Music or an ambience."""

    type: str = "music"
    prompt: Annotated[str, Field(min_length=1, max_length=10_000)]
    seconds: Seconds | None = None
    seed: Seed | None = None

    makes = MediaType.MUSIC
    required = ("prompt",)
