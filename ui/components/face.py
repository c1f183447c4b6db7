"""The face of a card: all that it shows of a view, worked out once for everybody who looks."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from domain.work.views import ShotView
from ui.components.flag import Flag, flag_of_shot, primary_of
from ui.components.marks import drawing, marks_of, word_of
from ui.components.node import Value
from ui.components.timecode import length

NOTHING = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
"""One clear pixel: a picture without an address would be drawn as a broken one."""
KEPT = 2048
"""Faces of the newest views; a view is painted for all its viewers within a beat."""

Attributes = Mapping[str, Value]
"""By their written names; None takes one away."""


class Face(NamedTuple):
    """Texts, and what each of the card's nodes wears."""

    flag: Flag
    number: str
    title: str
    card: Attributes
    picture: Attributes
    code: Attributes
    state: Attributes
    marks: Mapping[str, str | float | None]
    """Style variables."""


def face_of(shot: ShotView, fps: str) -> Face:
    """The same one for the same view."""
    return _face(_Same(shot), fps)


class _Same:
    """A view as itself: comparing all its fields would cost more than drawing it."""

    __slots__ = ("shot",)

    def __init__(self, shot: ShotView) -> None:
        self.shot = shot

    def __hash__(self) -> int:
        return id(self.shot)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.shot is self.shot


@lru_cache(KEPT)
def _face(same: _Same, fps: str) -> Face:
    shot = same.shot
    flag = flag_of_shot(shot)
    primary = primary_of(shot)
    thumb = primary.thumb if primary else None
    title = shot.title or shot.content
    marks = marks_of(shot)
    return Face(
        flag=flag,
        number=shot.code.removeprefix(f"{shot.scene}_"),
        title=title,
        card={
            "data-state": shot.state,
            "data-version": shot.version,
            "data-kind": shot.kind,
            "data-flag": flag.name,
            "data-frame": _frame(flag, thumb),
            "data-big": flag.big,
            "data-clock": "" if flag.since is not None else None,
            "data-selected": "" if primary and primary.selected else None,
            "data-fix": "" if flag.fix else None,
            "aria-label": _label(shot, flag, [mark.told for mark in marks]),
        },
        picture={"src": thumb or NOTHING, "alt": title if thumb else ""},
        code={"data-dur": length(shot.duration, fps) or None, "data-word": word_of(marks)},
        state={"data-detail": flag.detail},
        marks=drawing(marks),
    )


def _frame(flag: Flag, thumb: str | None) -> str:
    """How the frame is filled: ``void``, ``picture``, or ``dim`` behind a big word."""
    if thumb is None:
        return "void"
    return "dim" if flag.big or flag.since is not None else "picture"


def _label(shot: ShotView, flag: Flag, marks: list[str]) -> str:
    """All that the card shows, said in one line: most of it is drawn from attributes."""
    demo = ", demo" if shot.kind == "fake" else ""
    parts = [f"{shot.code}, {flag.word}{demo}", flag.detail, shot.title or shot.content, *marks]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
