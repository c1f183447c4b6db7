"""What stands before a film and after it: the title card and the end card."""

from collections.abc import Callable
from typing import Any

from ui.components.node import Node, boundary

LEGEND = (
    ("Space", "play and pause"),
    ("← →", "shot by shot"),
    ("1 to 9", "choose"),
    ("C", "captions"),
    ("Home", "from the top"),
    ("Esc", "back to the strip"),
)


class TitleCard:
    """A browser lets sound begin only after a press: this is the press."""

    def __init__(self, *, on_begin: Callable[[], Any]) -> None:
        with boundary():
            self.element = Node("div", "titles is-first")
        with self.element:
            self._facts = Node("p", "sub")
            self._title = Node("h1")
            with Node("button", "btn big primary", type="button", data_icon="play") as self._begin:
                Node("span", "by-key", text="Press Space to begin")
                Node("span", "by-hand", text="Tap to begin")
            self._begin.on("click", on_begin, args=[])
            with Node("dl", "legend") as self._legend:
                for key, what in LEGEND:
                    with Node("div"):
                        Node("dt", text=key)
                        Node("dd", text=what)

    def paint(self, title: str, shots: int, length: str) -> None:
        self._title.patch(text=title)
        words = f"{shots} shot{'' if shots == 1 else 's'} · {length} · with sound"
        self._facts.patch(text=words if shots else "There is no shot to play yet")
        for node in (self._begin, self._legend):
            node.patch(hidden=None if shots else True)

    def show(self, *, on: bool) -> None:
        self.element.patch(hidden=None if on else True)


class EndCard:
    """Once it is over."""

    def __init__(self, *, on_again: Callable[[], Any], strip: str) -> None:
        with boundary():
            self.element = Node("div", "titles", hidden=True)
        with self.element:
            self._facts = Node("p", "sub")
            Node("h1", text="The end")
            with Node("div", "acts"):
                again = Node("button", "btn big primary", text="Watch again", type="button")
                again.on("click", on_again, args=[])
                Node("a", "btn big", text="Back to the strip", href=strip)

    def paint(self, shots: int, length: str, pictured: int) -> None:
        lacking = shots - pictured
        rest = f" · {lacking} without a picture" if lacking else ""
        self._facts.patch(text=f"{shots} shot{'' if shots == 1 else 's'} · {length}{rest}")

    def show(self, *, on: bool) -> None:
        self.element.patch(hidden=None if on else True)
