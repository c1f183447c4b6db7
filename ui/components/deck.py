"""A deck: cards in a grid, and the one listener that all of them share."""

import time
from collections.abc import Callable, Iterable, Sequence
from inspect import isawaitable
from typing import Any

from nicegui.events import GenericEventArguments

from domain.work.views import ShotView
from ui.components.card import Card
from ui.components.node import Node

OnOpen = Callable[[str], Any]
"""Called with a shot's code."""
OnVerb = Callable[[str, str], Any]
"""Called with a verb and a slot's id."""
OnMark = Callable[[str, bool], Any]
"""Called with a shot's code, and whether to extend from the last one marked."""

PRESSED = """(e) => {
  const card = e.target.closest(".card");
  if (!card) return;
  const fix = !!e.target.closest(".fix");
  emit(card.dataset.shot, fix, e.ctrlKey || e.metaKey || e.shiftKey, e.shiftKey);
}"""
ENTERED = """(e) => e.target.matches(".card") && emit(e.target.dataset.shot, false, false, false)"""


class Deck:
    """``cards`` by their codes. A listener on each card would cost more than the card's text."""

    def __init__(
        self,
        *,
        fps: str,
        on_open: OnOpen,
        on_verb: OnVerb,
        on_mark: OnMark | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.cards: dict[str, Card] = {}
        self._fps = fps
        self._on_open, self._on_verb, self._on_mark = on_open, on_verb, on_mark
        self._clock = clock
        self.element = Node("div", "cards")
        self.element.on("click", self._pressed, js_handler=PRESSED)
        self.element.on("keydown.enter", self._pressed, js_handler=ENTERED)

    def add(self, shots: Iterable[ShotView]) -> None:
        """Build cards at the end."""
        with self.element:
            for shot in shots:
                self.cards[shot.code] = Card(shot, fps=self._fps, clock=self._clock)

    def arrange(self, shots: Sequence[ShotView]) -> None:
        """Have exactly these cards in this order; those that remain are kept."""
        wanted = {shot.code: shot for shot in shots}
        for code in set(self.cards) - set(wanted):
            self.cards.pop(code).delete()
        self.add(shot for code, shot in wanted.items() if code not in self.cards)
        if list(self.cards) != list(wanted):
            self.cards = {code: self.cards[code] for code in wanted}
            for index, card in enumerate(self.cards.values()):
                card.move(index)

    def _pressed(self, event: GenericEventArguments) -> Any:
        code, fix, several, extend = event.args
        card = self.cards.get(code)
        if card is None:
            return None
        if fix:
            asked = card.mend()
            return self._mend(card, *asked) if asked else None
        if several and self._on_mark is not None:
            return self._on_mark(code, extend)
        return self._on_open(code)

    async def _mend(self, card: Card, verb: str, slot_id: str) -> None:
        try:
            answer = self._on_verb(verb, slot_id)
            if isawaitable(answer):
                await answer
        finally:
            card.mended()
