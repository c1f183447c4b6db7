"""The ways on from a shot, as buttons with numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from domain.story.fragments import ChoiceFragment
from ui.components.node import Node, boundary
from ui.components.pool import Pool


class Ways:
    """``on_choose`` gets a way's place, from 0."""

    def __init__(self, *, on_choose: Callable[[int], Any]) -> None:
        with boundary():
            self.element = Node("div", "ways", role="group", aria_label="Choices", hidden=True)
        self._pool: Pool[_Way, tuple[int, ChoiceFragment]] = Pool(
            self.element, lambda: _Way(on_choose), _Way.paint
        )

    def paint(self, choices: Sequence[ChoiceFragment]) -> None:
        self._pool.fill(list(enumerate(choices)))
        self.element.patch(hidden=None if choices else True)


class _Way:
    def __init__(self, on_choose: Callable[[int], Any]) -> None:
        self._at = 0
        with Node("button", "way", type="button") as self.element:
            self._number = Node("kbd")
            self._text = Node("span")
            self._reason = Node("small")
        self.element.on("click", lambda: on_choose(self._at), args=[])

    def paint(self, item: tuple[int, ChoiceFragment]) -> None:
        self._at, choice = item
        self._number.patch(text=str(self._at + 1))
        self._text.patch(text=choice.text)
        self._reason.patch(text=choice.reason or "", hidden=None if choice.disabled else True)
        # not `disabled`: what is closed can be reached, so that its reason is heard
        self.element.patch(aria_disabled="true" if choice.disabled else None, data_to=choice.to)
