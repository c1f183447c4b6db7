"""The shot card: picture, code, marks, title, flag; one fix at most. Painted in place."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from nicegui.events import GenericEventArguments

from domain.work.views import ShotView, SlotView
from ui.components.flag import SLOT_WORDS, Flag, FlagName, flag_of, flag_of_shot, primary_of
from ui.components.node import Node, boundary
from ui.components.timecode import length

OnOpen = Callable[[str], Any]
"""Called with a shot's code."""
OnVerb = Callable[[str, str], Any]
"""Called with a verb and a slot's id."""
OnMark = Callable[[str, bool], Any]
"""Called with a shot's code, and whether to extend from the last one marked."""

MOST_MARKS = 4
NOTHING = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
"""One clear pixel: a picture without an address would be drawn as a broken one."""


class Card:
    """``paint`` it with each newer view of the same shot; its nodes stay the same ones."""

    def __init__(
        self,
        shot: ShotView,
        *,
        fps: str,
        on_open: OnOpen,
        on_verb: OnVerb,
        on_mark: OnMark | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.shot = shot
        self.flag = flag_of_shot(shot)
        self._fps = fps
        self._on_open = on_open
        self._on_verb = on_verb
        self._on_mark = on_mark
        self._clock = clock
        self._since: float | None = None
        self._fix: Node | None = None
        self._progress: Node | None = None
        with boundary() as self._boundary:
            self.element = Node("article", "card", tabindex=-1, data_shot=shot.code)
        with self.element:
            self._frame = Node("img", "frame", loading="lazy", decoding="async", alt="")
            self._code = Node("div", "code")
            self._marks = Node("div", "marks")
            self._title = Node("div", "title")
            self._state = Node("div", "state")
        keys = ["ctrlKey", "metaKey", "shiftKey"]
        self.element.on("click", self._click, args=keys)
        self.element.on("keydown.enter.self", self._open, args=[])
        self._show(shot)

    def paint(self, shot: ShotView) -> None:
        """Show a newer view; an older one is ignored."""
        if shot != self.shot and not _is_older(shot, self.shot):
            self._show(shot)

    def mark(self, *, on: bool) -> None:
        """One of several that the next verb is for."""
        self.element.patch(data_marked="" if on else None)

    def current(self, *, on: bool) -> None:
        """The one that is open in the inspector."""
        self.element.patch(data_current="" if on else None, aria_current="true" if on else None)

    def show(self, *, on: bool) -> None:
        """Whether a filter lets it through."""
        self.element.toggle("is-out", on=not on)

    def reachable(self, *, on: bool) -> None:
        """Whether Tab comes here: true for one card of a strip."""
        self.element.patch(tabindex=0 if on else -1)

    def focus(self) -> None:
        self.element.run_method("focus")

    def move(self, index: int) -> None:
        """Stand at another place among its siblings."""
        self._boundary.move(target_index=index)

    def delete(self) -> None:
        self._boundary.delete()

    def _show(self, shot: ShotView) -> None:
        flag = flag_of_shot(shot)
        primary = primary_of(shot)
        thumb = primary.thumb if primary else None
        title = shot.title or shot.content
        self._frame.patch(src=thumb or NOTHING, alt=title if thumb else "")
        self._code.patch(text=shot.code.removeprefix(f"{shot.scene}_"))
        self._title.patch(text=title)
        self._state.patch(text=flag.word, data_detail=flag.detail)
        self._show_marks(shot)
        self._show_progress(flag)
        self._show_fix(flag, primary)
        self._clock_from(flag)
        self.element.patch(
            data_state=shot.state,
            data_version=shot.version,
            data_kind=shot.kind,
            data_flag=flag.name,
            data_frame=_frame(flag, thumb),
            data_big=flag.big,
            data_clock="" if flag.since is not None else None,
            data_selected="" if primary and primary.selected else None,
            data_fix="" if flag.fix else None,
            aria_label=_label(shot, flag),
        )
        self.shot, self.flag = shot, flag

    def _show_marks(self, shot: ShotView) -> None:
        marks = _marks(shot)
        children = list(self._marks)
        if len(children) != len(marks):
            self._marks.clear()
            with self._marks:
                children = [Node("i", "mark") for _ in marks]
            self._marks.dress({"marks": len(marks)})
        for child, mark in zip(children, marks, strict=True):
            assert isinstance(child, Node)
            child.patch(data_slot=mark.kind, data_flag=mark.flag, title=mark.told)
        problem = marks[0].flag if marks and marks[0].flag.is_problem else None
        self._marks.patch(
            data_dur=length(shot.duration, self._fps) or None,
            data_word=problem.word if problem else None,
        )

    def _show_progress(self, flag: Flag) -> None:
        if self._progress is None:
            if flag.name is not FlagName.RUNNING:
                return
            with self.element:
                self._progress = Node("div", "progress", role="progressbar", aria_label="Progress")
        told = flag.progress
        self._progress.toggle("is-untold", on=told is None)
        self._progress.dress({"p": None if told is None else f"{told:.2f}"})
        self._progress.patch(aria_valuenow=None if told is None else round(told * 100))

    def _show_fix(self, flag: Flag, primary: SlotView | None) -> None:
        fix = flag.fix
        if self._fix is None:
            if fix is None or primary is None:
                return
            with self.element:
                self._fix = Node("button", "fix", type="button")
            self._fix.on("click.stop", self._mend, args=[])
        self._fix.patch(
            text=fix.label if fix else None, hidden=None if fix else True, aria_busy=None
        )

    def _clock_from(self, flag: Flag) -> None:
        """Start the browser's clock once per job; repainting must not set it back."""
        if flag.since != self._since:
            self._since = flag.since
            run = None if flag.since is None else max(0, round(self._clock() - flag.since))
            self.element.dress({"since": run})

    def _click(self, event: GenericEventArguments) -> Any:
        keys = event.args if isinstance(event.args, dict) else {}
        wants_mark = keys.get("ctrlKey") or keys.get("metaKey") or keys.get("shiftKey")
        if wants_mark and self._on_mark:
            return self._on_mark(self.shot.code, bool(keys.get("shiftKey")))
        return self._on_open(self.shot.code)

    def _open(self) -> Any:
        return self._on_open(self.shot.code)

    def _mend(self) -> Any:
        if self._fix is None or self.flag.fix is None or self.shot.primary is None:
            return None
        self._fix.patch(aria_busy="true")
        return self._on_verb(self.flag.fix.action, self.shot.primary)


def _is_older(news: ShotView, known: ShotView) -> bool:
    """Whether any slot of the news is behind what is shown: then all of it is."""
    versions = {slot.id: slot.version for slot in known.slots}
    return any(slot.version < versions.get(slot.id, 0) for slot in news.slots)


def _frame(flag: Flag, thumb: str | None) -> str:
    """How the frame is filled: ``void``, ``picture``, or ``dim`` behind a big word."""
    if thumb is None:
        return "void"
    return "dim" if flag.big or flag.since is not None else "picture"


class _Mark(NamedTuple):
    kind: str
    flag: FlagName
    told: str


def _marks(shot: ShotView) -> list[_Mark]:
    """The other slots, problems first, as many as there is room for."""
    marks = []
    for slot in shot.slots:
        if slot.id != shot.primary:
            kind = SLOT_WORDS[slot.media_type]
            flag = flag_of(slot).name
            told = f"{slot.title or kind.capitalize()}: {flag.word.lower()}"
            marks.append(_Mark(kind, flag, told))
    return sorted(marks, key=_urgency)[:MOST_MARKS]


def _urgency(mark: _Mark) -> int:
    """Failed, then blocked, then all others in the script's order."""
    return _PROBLEMS.index(mark.flag) if mark.flag in _PROBLEMS else len(_PROBLEMS)


_PROBLEMS = (FlagName.FAILED, FlagName.BLOCKED)


def _label(shot: ShotView, flag: Flag) -> str:
    """All that the card shows, said in one line: most of it is drawn from attributes."""
    demo = ", demo" if shot.kind == "fake" else ""
    parts = [f"{shot.code}, {flag.word}{demo}", flag.detail, shot.title or shot.content]
    parts += [mark.told for mark in _marks(shot)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
