"""The flag: the one most urgent thing to say about a slot. Pure; the four axes stay four."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import GATES, WORDS, Fix
from domain.work.take import Review
from domain.work.views import ReasonView, ShotView, SlotView
from ui.components.flag_name import FlagName

__all__ = [
    "ROOM",
    "SLOT_WORDS",
    "Flag",
    "FlagName",
    "flag_of",
    "flag_of_shot",
    "ordinal",
    "primary_of",
]

SPELLED_IN_MINUTES = 90
ROOM = 32
"""Characters a detail may have: what fits the narrowest card."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """What to show. At most one of ``big`` and ``since`` is set."""

    name: FlagName
    detail: str
    big: str | None = None
    """A word in the frame: the place in the line, or the percent a provider told."""
    since: float | None = None
    """Unix seconds a running job began, where no progress is told: the frame shows a clock."""
    progress: float | None = None
    fix: Fix | None = None

    @property
    def word(self) -> str:
        return self.name.word


def flag_of(slot: SlotView) -> Flag:
    """The flag of one slot, by the order of `FlagName`."""
    for name, applies, flag in _ORDER:
        if applies(slot):
            return flag(slot, name)
    return Flag(name=FlagName.EMPTY, detail="Nothing asked for yet")


def flag_of_shot(shot: ShotView) -> Flag:
    """The flag of the shot's card: that of its primary slot."""
    primary = primary_of(shot)
    if primary is None:
        return Flag(name=FlagName.EMPTY, detail="Asks for no media")
    return flag_of(primary)


def primary_of(shot: ShotView) -> SlotView | None:
    """The slot whose picture the card shows."""
    return next((slot for slot in shot.slots if slot.id == shot.primary), None)


SLOT_WORDS: dict[MediaType, str] = {
    MediaType.IMAGE: "frame",
    MediaType.VECTOR: "frame",
    MediaType.VIDEO: "clip",
    MediaType.VOICE: "voice",
    MediaType.MUSIC: "music",
    MediaType.DATA: "data",
}
"""What a slot is called by its media; also ``data-slot`` of its mark."""


def _problem(slot: SlotView, name: FlagName) -> Flag:
    words = _reason(slot.reason) if slot.reason else "No reason was told"
    provider = slot.job.provider if slot.job else None
    return Flag(name=name, detail=_join(words, provider, _shown(slot)), fix=slot.fix)


def _reason(reason: ReasonView) -> str:
    """What waits says whose choice it waits for; all else is short words for a long message."""
    return reason.message if reason.code in GATES else WORDS[reason.code]


def _running(slot: SlotView, name: FlagName) -> Flag:
    job = slot.job
    if job is None:
        return Flag(name=name, detail="Being made")
    attempt = f"attempt {job.tries}" if job.tries > 1 else None
    usual = f"usually {spell(job.usual_s)}" if job.usual_s is not None else None
    detail = _join(job.provider or "Being made", usual, attempt, _shown(slot))
    if job.progress is None:
        return Flag(name=name, detail=detail, since=job.started_at)
    percent = f"{round(job.progress * 100)}\u202f%"
    return Flag(name=name, detail=detail, big=percent, progress=job.progress)


def _pending(slot: SlotView, name: FlagName) -> Flag:
    job = slot.job
    provider = job.provider if job else None
    if job is not None and job.held is not None:
        what = "Production" if job.held == "production" else provider or "Provider"
        place = f"{ordinal(job.position)} in line" if job.position is not None else None
        return Flag(name=name, detail=_join(f"{what} is paused", place))
    if job is not None and job.position is not None:
        place = ordinal(job.position)
        return Flag(name=name, detail=_join(f"{place} in line", provider), big=place)
    again = job is not None and job.attempt > 0
    return Flag(
        name=name, detail=_join("Tries again soon" if again else "Waits to begin", provider)
    )


def _retake(slot: SlotView, name: FlagName) -> Flag:
    note = slot.review_note.strip()
    return Flag(name=name, detail=_quote(note) if note else _join("Asked for another", _take(slot)))


def _changed(slot: SlotView, name: FlagName) -> Flag:
    if slot.newer_number is not None:
        return _stale(slot, name)
    return Flag(name=name, detail="Inputs changed since approval")


def _stale(slot: SlotView, name: FlagName) -> Flag:
    if slot.newer_number is not None:
        return Flag(name=name, detail=f"Inputs changed · take {slot.newer_number} fits")
    return Flag(name=name, detail=_join("Inputs changed", _shown(slot)))


def _new(slot: SlotView, name: FlagName) -> Flag:
    arrived = f"Take {slot.newer_number} arrived" if slot.newer_number else "A newer take arrived"
    return Flag(name=name, detail=_join(arrived, _shown(slot)))


def _approved(slot: SlotView, name: FlagName) -> Flag:
    kept = f"{slot.takes} kept" if slot.takes > 1 else None
    return Flag(name=name, detail=_join(_take(slot), kept))


def _selected(slot: SlotView, name: FlagName) -> Flag:
    return Flag(name=name, detail=_join(_take(slot), "goes to video"))


def _done(slot: SlotView, name: FlagName) -> Flag:
    return Flag(name=name, detail=_join(_take(slot), _REVIEWS[slot.review or Review.TODO]))


def _cancelled(_slot: SlotView, name: FlagName) -> Flag:
    return Flag(name=name, detail="Stopped before a take came")


_REVIEWS = {
    Review.TODO: "waits for review",
    Review.READY: "ready for review",
    Review.WIP: "work in progress",
    Review.WFA: "waits for approval",
    Review.RETAKE: "asked for another",
    Review.APPROVED: "approved",
}

_ORDER: tuple[
    tuple[FlagName, Callable[[SlotView], bool], Callable[[SlotView, FlagName], Flag]], ...
] = (
    (FlagName.FAILED, lambda slot: slot.state == "failed", _problem),
    (FlagName.BLOCKED, lambda slot: slot.state == "blocked", _problem),
    (FlagName.RUNNING, lambda slot: slot.state == "running", _running),
    (FlagName.PENDING, lambda slot: slot.state == "pending", _pending),
    (FlagName.RETAKE, lambda slot: _reviewed(slot, Review.RETAKE), _retake),
    (
        FlagName.CHANGED,
        lambda slot: _reviewed(slot, Review.APPROVED) and not slot.review_current,
        _changed,
    ),
    (FlagName.STALE, lambda slot: slot.currency == "stale", _stale),
    (FlagName.NEW, lambda slot: slot.newer is not None, _new),
    (FlagName.APPROVED, lambda slot: _reviewed(slot, Review.APPROVED), _approved),
    (FlagName.SELECTED, lambda slot: slot.selected is not None, _selected),
    (FlagName.DONE, lambda slot: slot.state == "succeeded", _done),
    (FlagName.CANCELLED, lambda slot: slot.state == "cancelled", _cancelled),
)


def _reviewed(slot: SlotView, review: Review) -> bool:
    return slot.state == "succeeded" and slot.review is review


def _take(slot: SlotView) -> str:
    if slot.provider_kind is ProviderKind.FILE:
        return "From the script"
    return f"Take {slot.take_number}" if slot.take_number else "Its take"


def _shown(slot: SlotView) -> str | None:
    return f"take {slot.take_number} shown" if slot.take_number else None


def _join(first: str, *more: str | None) -> str:
    """The first part, and of the others as many as there is room for."""
    line = _cut(first)
    for part in more:
        if part and len(line) + 3 + len(part) <= ROOM:
            line = f"{line} · {part}"
    return line


def _quote(note: str) -> str:
    return f"“{_cut(note, ROOM - 2)}”"


def _cut(words: str, room: int = ROOM) -> str:
    line = " ".join(words.split())
    return line if len(line) <= room else line[: room - 1].rstrip() + "…"


def spell(seconds: float) -> str:
    """A length of time to one figure that matters: ``3 s``, ``45 s``, ``2 min``."""
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < SPELLED_IN_MINUTES else f"{round(whole / 60)} min"


def ordinal(place: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``11th``."""
    teen = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"
