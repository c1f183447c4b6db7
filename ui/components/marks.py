"""Marks: the card's other slots, each by its kind and state; all of them one drawn line."""

from typing import NamedTuple

from domain.work.views import ShotView
from ui.components.flag import SLOT_WORDS, FlagName, flag_of

MOST = 4
"""As many as there is room for beside the code."""


class Mark(NamedTuple):
    """One other slot."""

    kind: str
    flag: FlagName
    told: str


def marks_of(shot: ShotView) -> list[Mark]:
    """The other slots, problems first: so the first one's word can stand before them all."""
    marks = []
    for slot in shot.slots:
        if slot.id != shot.primary:
            kind = SLOT_WORDS[slot.media_type]
            flag = flag_of(slot).name
            told = f"{slot.title or kind.capitalize()}: {flag.word.lower()}"
            marks.append(Mark(kind, flag, told))
    return sorted(marks, key=_urgency)[:MOST]


def word_of(marks: list[Mark]) -> str | None:
    """The word of the first problem."""
    return marks[0].flag.word if marks and marks[0].flag.is_problem else None


def drawing(marks: list[Mark]) -> dict[str, str | float | None]:
    """Style variables for the theme: masks and colours from left to right.

    Each mark is three layers: its kind, its glyph, and the pill below them, from which a problem
    cuts the other two out.
    """
    if not marks:
        return {"marks": 0, "mark-masks": None, "mark-cuts": None, "mark-colours": None}
    masks, cuts, colours = [], [], []
    for index, mark in enumerate(marks):
        loud = mark.flag.is_problem
        masks += [f"var(--i-{mark.kind})", f"var(--g-{mark.flag})", f"var(--pill-{_loud(loud)})"]
        cuts += ["exclude", "exclude", "add"] if loud else ["add"] * 3
        share = 100 / len(marks)
        colours.append(f"var(--m-{mark.flag}) {index * share:.0f}% {(index + 1) * share:.0f}%")
    return {
        "marks": len(marks),
        "mark-masks": ", ".join(masks),
        "mark-cuts": ", ".join(cuts),
        "mark-colours": ", ".join(colours),
    }


def _loud(loud: bool) -> str:  # noqa: FBT001
    return "loud" if loud else "soft"


_PROBLEMS = (FlagName.FAILED, FlagName.BLOCKED)


def _urgency(mark: Mark) -> int:
    """Failed, then blocked, then all others in the script's order."""
    return _PROBLEMS.index(mark.flag) if mark.flag in _PROBLEMS else len(_PROBLEMS)
