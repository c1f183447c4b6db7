"""What the inspector is painted from: plain facts of one slot of one shot, already in words."""

from dataclasses import dataclass
from typing import Literal

from domain.work.views import ShotView
from ui.components.takes import TakeModel


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptLine:
    """A line of the excerpt: ``prose``, then who says what."""

    kind: Literal["prose", "who", "say"]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An input as it was and as it is; either may be empty."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What one source added to the script's words: a line of *Adapted from*."""

    source: str
    """``Script``, ``Project style``, ``Location``, ``Camera``."""
    words: str = ""
    """Words as they stand in the script; for the first step."""
    added: str = ""
    removed: str = ""
    where: str = ""
    """``line 41``, ``rev 6``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A named value: a line of provenance, or of a submission."""

    name: str
    value: str
    note: str = ""
    at: str = ""
    """ISO, where the name is a time."""
    is_code: bool = False
    """Hashes, seeds, sizes: in the typewriter's face."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A spoken word and when it is heard, in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """A line of history; ``flag`` gives its glyph."""

    flag: str
    words: str
    when: str
    """As the viewer's clock says it."""
    at: str = ""
    """The same as ISO, for machines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What the form may ask for."""

    providers: tuple[str, ...] = ()
    provider: str | None = None
    prompt: str = ""
    """As adapted: where a person begins to change it."""
    price: str = ""
    """Of one take, ``$0.04``; empty where it is free or not told."""
    note: str = ""
    """``Take 2 stays shown``."""
    is_open: bool = True
    """False where this user may not generate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the form asks for; a seed of None is a new one each time."""

    prompt: str | None
    """None where it is as adapted."""
    provider: str | None
    seed: int | None
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class InspectorModel:
    """One shot with one of its slots open."""

    shot: ShotView
    slot_id: str
    where: str = ""
    """The scene's slug line."""
    timecode: str = ""
    """Where the shot stands in the film."""
    play: str | None = None
    """The address that plays the film from here; None for what is not in it."""
    script: tuple[ScriptLine, ...] = ()
    takes: tuple[TakeModel, ...] = ()
    opened: str | None = None
    """A take looked at beside the shown one: both lie under the slider."""
    changed_since: str = ""
    """``you approved take 3``; with ``changes`` it makes the box."""
    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()
    prompt: str = ""
    """As sent, or as it would be sent now."""
    provenance: tuple[Fact, ...] = ()
    said: tuple[Said, ...] = ()
    """The words of the sound in the frame."""
    submissions: tuple[Fact, ...] = ()
    history: tuple[Happening, ...] = ()
    offer: Offer = Offer()
