"""What one step of the story looks and sounds like: its fragments, staged. No elements in here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.story.fragments import ChoiceFragment, ProseFragment
from domain.work.state import Delivered, State
from ui.components.flag_name import FlagName

UNTOLD_S = 4.0
"""How long a shot lasts whose script says nothing, with nothing in it that has a length."""
DEPTH = {"background": 0, "foreground": 10, "inline": 20, "hud": 30}
"""The layers from back to front, where no ``z_index`` says otherwise."""
FLAGS = {
    "empty": FlagName.EMPTY,
    "pending": FlagName.PENDING,
    "running": FlagName.RUNNING,
    "failed": FlagName.FAILED,
    "blocked": FlagName.BLOCKED,
    "cancelled": FlagName.CANCELLED,
    "unavailable": FlagName.FAILED,
}
SOFT = ("fade", "dissolve", "crossfade")
"""Transitions that are shown as one; any other is a cut."""
_PERCENT = re.compile(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*")
SLACK_S = 0.05
"""How much longer than its shot a voice may be before it is worth a word."""

Placement = Literal["background", "foreground", "inline", "hud"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One picture or clip on the stage."""

    address: str
    moves: bool
    label: str
    placement: Placement
    depth: int
    orientation: str = "landscape"
    opacity: float | None = None
    width: float | None = None
    """Of the stage, in percent; None: as its orientation asks."""
    loop: bool = False
    muted: bool = False
    whole: bool = False
    """Nothing of it may be cut off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sound:
    """One sound of a shot."""

    address: str
    role: str
    loop: bool
    volume: float
    is_voice: bool
    ducks: bool
    """It is lowered while a voice is heard."""

    @property
    def goes_on(self) -> bool:
        """Music and ambience last through their scene, until another of their role begins."""
        return self.loop and self.ducks


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """A line to read; ``face`` is the address of who says it."""

    text: str
    speaker: str | None = None
    face: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Showing:
    """One shot, ready to be shown."""

    code: str
    seconds: float
    scene: str = ""
    layers: tuple[Layer, ...] = ()
    sounds: tuple[Sound, ...] = ()
    captions: tuple[Caption, ...] = ()
    choices: tuple[ChoiceFragment, ...] = ()
    lacks: FlagName | None = None
    """Why there is no picture, where one was asked for."""
    over: float = 0.0
    """Seconds by which a voice is longer than the shot."""
    is_soft: bool = False
    """It comes over the one before, not after it."""
    is_fake: bool = False
    following: str | None = None

    @property
    def has_ground(self) -> bool:
        """Whether there is a picture as large as the stage."""
        return any(layer.placement == "background" for layer in self.layers)

    @property
    def is_bare(self) -> bool:
        """Nothing to look at but what lies in the corners: the words have the stage."""
        return all(layer.placement == "hud" for layer in self.layers)


def showing_of(state: State) -> Showing:
    """The shot of a state, staged by hints first, then by what its roles ask for."""
    media = [one for one in state.fragments if isinstance(one, Delivered) and one.url]
    own = [one for one in media if one.source_id == state.cursor]
    seen = _without_stale_clips([one for one in media if one.treatment.layout != "sound"])
    heard = [one for one in own if one.treatment.layout == "sound"]
    voices = [one for one in heard if one.media_type is MediaType.VOICE]
    layers = tuple(_layers(seen, own, hushed=bool(voices)))
    captions = tuple(_captions(state, seen))
    shown = [one for one in seen if one.url in {layer.address for layer in layers}]
    presented = {one.address for one in layers} | {one.face for one in captions}
    presented |= {one.url for one in heard}
    told = state.shot.seconds if state.shot else None
    longest = max((one.duration or 0.0 for one in [*voices, *shown]), default=0.0)
    seconds = told or longest or UNTOLD_S
    speech = max((one.duration or 0.0 for one in voices), default=0.0)
    base = next((one for one in shown if one.treatment.layout == "frame"), None)
    return Showing(
        code=state.cursor or "",
        scene=state.shot.scene if state.shot else "",
        seconds=seconds,
        layers=layers,
        sounds=tuple(_sound(one) for one in heard),
        captions=captions,
        choices=state.choices,
        lacks=_lacks(state),
        over=speech - seconds if speech > seconds + SLACK_S else 0.0,
        is_soft=base is not None and str(base.staging_hints.get("transition")).lower() in SOFT,
        is_fake=any(
            one.provider_kind is ProviderKind.FAKE and one.url in presented for one in media
        ),
        following=state.next,
    )


def _without_stale_clips(seen: Sequence[Delivered]) -> list[Delivered]:
    """A clip of another day's picture gives way to today's picture."""
    has_still = any(_is_base(one) and one.media_type is not MediaType.VIDEO for one in seen)
    return [
        one
        for one in seen
        if one.media_type is not MediaType.VIDEO or one.is_current or not has_still
    ]


def _is_base(one: Delivered) -> bool:
    wanted = one.staging_hints.get("placement")
    return wanted == "background" or (wanted is None and one.treatment.layout == "frame")


def _layers(
    seen: Sequence[Delivered], own: Sequence[Delivered], *, hushed: bool
) -> Iterator[Layer]:
    clips = [one for one in seen if one.media_type is MediaType.VIDEO and _is_base(one)]
    has_base = False
    for one in seen:
        placement = _placement(one, is_own=one in own)
        if placement == "inline":
            continue
        if placement == "background":
            if clips and one is not clips[-1]:
                continue
            if has_base and one.staging_hints.get("placement") is None:
                placement = "foreground"
            has_base = True
        yield _layer(one, placement, hushed=hushed)


def _placement(one: Delivered, *, is_own: bool) -> Placement:
    wanted: Placement | None = one.staging_hints.get("placement")
    if wanted is not None:
        return wanted
    if one.treatment.layout == "frame" and is_own:
        return "background"
    return {"icon": "hud", "sprite": "foreground"}.get(one.treatment.layout, "inline")  # type: ignore[return-value]


def _layer(one: Delivered, placement: Placement, *, hushed: bool) -> Layer:
    hints, moves = one.staging_hints, one.media_type is MediaType.VIDEO
    wide, high = one.width or 0, one.height or 0
    shape = "landscape" if wide > high else "portrait" if wide < high else "square"
    loop = hints.get("loop")
    return Layer(
        address=one.url or "",
        moves=moves,
        label=one.source_label,
        placement=placement,
        depth=hints.get("z_index", DEPTH[placement]),
        orientation=hints.get("orientation") or shape,
        opacity=hints.get("opacity"),
        width=_width(str(hints.get("size", ""))),
        loop=one.treatment.loop if loop is None else loop,
        muted=hushed or hints.get("volume") == 0,
        whole=one.provider_kind is ProviderKind.FAKE
        or hints.get("orientation")
        not in (
            None,
            "landscape",
        ),
    )


def _width(size: str) -> float | None:
    named = {"small": 25.0, "medium": 45.0, "large": 70.0, "full": 100.0}
    if size.strip().lower() in named:
        return named[size.strip().lower()]
    found = _PERCENT.fullmatch(size)
    return min(100.0, float(found[1])) if found else None


def _sound(one: Delivered) -> Sound:
    loop = one.staging_hints.get("loop")
    is_voice = one.media_type is MediaType.VOICE
    return Sound(
        address=one.url or "",
        role=one.media_role,
        loop=one.treatment.loop if loop is None else loop,
        volume=one.staging_hints.get("volume", 1.0),
        is_voice=is_voice,
        ducks=one.treatment.duck and not is_voice,
    )


def _captions(state: State, seen: Sequence[Delivered]) -> Iterator[Caption]:
    faces = {
        one.source_label: one.url
        for one in seen
        if one.source_id != state.cursor and one.treatment.layout == "card"
    }
    for one in state.fragments:
        if isinstance(one, ProseFragment) and one.source_id == state.cursor:
            line = Caption(text=one.content, speaker=one.speaker)
            yield replace(line, face=faces.get(one.speaker)) if one.speaker else line


def _lacks(state: State) -> FlagName | None:
    """The state of the first picture that a shot asked for and hasn't got."""
    for one in state.missing:
        is_picture = one.media_role in ("narrative_im", "video_cutscene", "media")
        if one.source_id == state.cursor and is_picture:
            return FLAGS[one.state]
    return None
