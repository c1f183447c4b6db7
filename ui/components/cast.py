"""The cast: the looks of a production in one slim row above its scenes."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from nicegui.events import GenericEventArguments

from domain.work.views import ShotView
from ui.components.card import Card
from ui.components.deck import OnVerb
from ui.components.node import Node, boundary

OnLook = Callable[[str], Any]
"""Called with a slot's id."""

TOGETHER = 12
"""Cards that are built at once, when the row is scrolled to them."""

PRESSED = """(e) => {
  const card = e.target.closest(".card");
  if (card) emit(card.dataset.slotId, !!e.target.closest(".fix"));
}"""
ENTERED = """(e) => e.target.matches(".card") && emit(e.target.dataset.slotId, false)"""


class Cast:
    """``looks``: each slot of a look in the shape of a shot with that slot alone."""

    def __init__(
        self,
        looks: Sequence[ShotView],
        *,
        on_open: OnLook,
        on_verb: OnVerb,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.cards: dict[str, Card] = {}
        self._looks: dict[str, ShotView] = {}
        self._on_open, self._on_verb = on_open, on_verb
        self._clock = clock
        with boundary():
            self.element = Node("section", "cast", aria_label="Cast", hidden=True)
        with self.element:
            with boundary(), Node("header", "slug"):
                Node("h2", text="Cast")
                self._meta = Node("span", "meta")
            with boundary():
                self._row = Node("div", "looks")
        self._row.on("click", self._pressed, js_handler=PRESSED)
        self._row.on("keydown.enter", self._pressed, js_handler=ENTERED)
        self.arrange(looks)

    def arrange(self, looks: Sequence[ShotView]) -> None:
        """Have exactly these; rebuilt only where others are wanted than before."""
        wanted = {slot_of(look): look for look in looks}
        if list(wanted) == list(self._looks):
            self.paint(looks)
            return
        self._looks, self.cards = wanted, {}
        self._row.clear()
        slots = list(wanted)
        with self._row:
            for at in range(0, len(slots), TOGETHER):
                self._some(slots[at : at + TOGETHER], now=at == 0)
        count = len(slots)
        self._meta.patch(text=f"{count} look{'' if count == 1 else 's'}")
        self.element.patch(hidden=None if count else True)

    def paint(self, looks: Sequence[ShotView]) -> None:
        """Show newer views; others are left alone."""
        for look in looks:
            slot_id = slot_of(look)
            if slot_id in self._looks:
                self._looks[slot_id] = look
                if slot_id in self.cards:
                    self.cards[slot_id].paint(look)

    def current(self, slot_id: str | None) -> None:
        """The one that is open in the inspector."""
        for known, card in self.cards.items():
            card.current(on=known == slot_id)

    def _some(self, slots: Sequence[str], *, now: bool) -> None:
        place = Node("q-intersection", "some", once=True, margin="0px 400px")
        place.dress({"n": len(slots)})

        def build() -> None:
            if slots[0] in self.cards:
                return
            with place, Node("div", "cards"):
                for slot_id in slots:
                    self.cards[slot_id] = self._card(slot_id)

        if now:
            build()
        place.on("visibility", lambda event: build() if event.args else None)

    def _card(self, slot_id: str) -> Card:
        look = self._looks[slot_id]
        card = Card(look, fps="24", clock=self._clock)
        # It is no shot: who counts shots on a page must not find it.
        card.element.patch(data_shot=None, data_look=look.code, data_slot_id=slot_id, tabindex=0)
        return card

    async def _pressed(self, event: GenericEventArguments) -> Any:
        slot_id, fix = event.args
        card = self.cards.get(slot_id)
        if card is None:
            return
        if not fix:
            self._on_open(slot_id)
        elif asked := card.mend():
            try:
                await self._on_verb(*asked)
            finally:
                card.mended()


def slot_of(look: ShotView) -> str:
    """The slot that a look is of."""
    return look.slots[0].id
