"""The shot card: picture, code, marks, title, flag; one fix at most. Painted in place."""

import time
from collections.abc import Callable

from domain.work.views import ShotView, SlotView
from ui.components.clock import Clock
from ui.components.face import NOTHING, face_of
from ui.components.flag import Flag, FlagName, primary_of
from ui.components.node import Node, boundary

__all__ = ["NOTHING", "Card"]


class Card:
    """``paint`` it with each newer view of the same shot; its nodes stay the same ones.

    It stands in a `Deck`, which listens for all its cards.
    """

    __slots__ = (
        "_boundary",
        "_clock",
        "_code",
        "_fix",
        "_fps",
        "_frame",
        "_progress",
        "_state",
        "_title",
        "element",
        "flag",
        "shot",
    )

    def __init__(self, shot: ShotView, *, fps: str, clock: Callable[[], float] = time.time) -> None:
        self._fps = fps
        self._fix: Node | None = None
        self._progress: Node | None = None
        with boundary() as self._boundary:
            self.element = Node("article", "card", tabindex=-1, data_shot=shot.code)
        with self.element:
            self._frame = Node("img", "frame", loading="lazy", decoding="async", alt="")
            self._code = Node("div", "code")
            self._title = Node("div", "title")
            self._state = Node("div", "state")
        self._clock = Clock(self.element, clock)
        self._show(shot)

    def paint(self, shot: ShotView) -> None:
        """Show a newer view; an older one is ignored."""
        if shot is not self.shot and not _is_older(shot, self.shot):
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

    def mend(self) -> tuple[str, str] | None:
        """Its fix was pressed: the verb and the slot's id, once; then it is busy until mended."""
        primary, fix = self.shot.primary, self.flag.fix
        if self._fix is None or primary is None or fix is None or self._fix.get("aria-busy"):
            return None
        self._fix.patch(aria_busy="true")
        return fix.action, primary

    def mended(self) -> None:
        """What its fix asked for was tried: one that only opened something can be pressed again."""
        if self._fix is not None:
            self._fix.patch(aria_busy=None)

    def focus(self) -> None:
        self.element.run_method("focus")

    def move(self, index: int) -> None:
        """Stand at another place among its siblings."""
        self._boundary.move(target_index=index)

    def delete(self) -> None:
        self._boundary.delete()

    def _show(self, shot: ShotView) -> None:
        face = face_of(shot, self._fps)
        flag = face.flag
        self._frame.wear(face.picture)
        self._code.wear(face.code, text=face.number)
        self._title.wear({}, text=face.title)
        self._state.wear(face.state, text=flag.word)
        self._title.dress(face.marks)
        self._code.dress({"marks": face.marks["marks"]})
        self._show_progress(flag)
        self._show_fix(flag, primary_of(shot))
        self._clock.show(flag.since)
        self.element.wear(face.card)
        self.shot, self.flag = shot, flag

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
        self._fix.patch(
            text=fix.label if fix else None, hidden=None if fix else True, aria_busy=None
        )


def _is_older(news: ShotView, known: ShotView) -> bool:
    """Whether any slot of the news is behind what is shown: then all of it is."""
    versions = {slot.id: slot.version for slot in known.slots}
    return any(slot.version < versions.get(slot.id, 0) for slot in news.slots)
