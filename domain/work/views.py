"""What a reader sees of slots, shots and boards: the contract's objects, computed, never stored.

The API serialises these as they are; a card is painted from them. Both therefore show the same
state for the same version.
"""

from typing import Any, Literal

from domain.entity import Entity
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.story.board import Line, SlotState
from domain.work.blocking import Fix, Reason
from domain.work.job import JobState
from domain.work.take import Currency, Review


class JobBrief(Entity):
    """The latest job of a slot in short. ``progress`` 0..1 only where the provider told one."""

    id: str
    state: JobState
    attempt: int
    """Counts every claim, also those that only look after what a provider is making."""
    tries: int = 1
    """How often it was tried, this time included: what a person calls an attempt."""
    progress: float | None = None
    position: int | None = None
    """Place in its provider's queue, from 1; None unless queued, and beyond the 999th."""
    held: Literal["production", "provider"] | None = None
    """What is paused, where that is why it waits."""
    provider: str | None = None
    started_at: float | None = None
    """Unix seconds; for an elapsed clock."""
    usual_s: float | None = None
    """What the last ones of its kind took in this production; None without any."""
    error: str | None = None


class ReasonView(Entity):
    """Why a slot is blocked or failed: a stable code and a sentence."""

    code: Reason
    message: str


class SlotView(Entity):
    """CONTRACT.md section 5, *Slot*."""

    id: str
    media_id: str
    owner: str
    """The shot's code or the concept's key."""
    role: str
    media_type: MediaType
    title: str
    state: SlotState
    currency: Currency
    review: Review | None
    take: str | None
    take_number: int | None = None
    picked: str | None
    selected: str | None
    newer: str | None
    newer_number: int | None = None
    takes: int
    job: JobBrief | None
    provider_kind: ProviderKind | None
    reason: ReasonView | None
    fix: Fix | None
    actions: tuple[str, ...]
    review_note: str = ""
    review_current: bool = True
    """False where an approval was given to other inputs than today's."""
    media: dict[str, Any] | None = None
    """The shown take as a web fragment."""
    thumb: str | None = None
    """Signed, 640 wide; None without a picture."""
    version: int


class ShotView(Entity):
    """CONTRACT.md section 5, *Shot*. ``duration`` in frames."""

    id: str
    code: str
    scene: str | None
    """The scene's key."""
    title: str
    content: str
    duration: int
    cast: tuple[str, ...]
    dialogue: tuple[Line, ...] = ()
    primary: str | None
    """Slot id."""
    state: SlotState
    version: int
    kind: ProviderKind | None
    viable: bool
    not_viable_because: str | None = None
    """What hard media it lacks, in words."""
    slots: tuple[SlotView, ...]


class ConceptView(Entity):
    """A concept with its slots; ``id`` is the script's."""

    id: str
    type: str
    title: str
    slots: tuple[SlotView, ...]


class SceneView(Entity):
    """A scene's line on the strip. ``id`` is the script's; empty for top-level blocks."""

    id: str
    title: str
    location: str | None
    episode: str | None
    duration: int


class BoardView(Entity):
    """Everything a strip shows; ``revision`` is the script's."""

    project: str
    title: str
    fps: str
    aspect: str
    revision: int
    paused: bool = False
    scenes: tuple[SceneView, ...]
    shots: tuple[ShotView, ...]
    concepts: tuple[ConceptView, ...]
