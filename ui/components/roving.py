"""The keyboard on a strip: one card is reached by Tab, arrows walk, letters are verbs."""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui.events import GenericEventArguments

from ui.components.card import Card
from ui.components.node import Node

WALK = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End")

Rows = Sequence[Sequence[str]]
"""The codes that can be seen, scene by scene."""

ON_CARD = """(e) => {
  if (!e.target.matches(".card") || e.ctrlKey || e.metaKey || e.altKey) return;
  if (!%s.includes(e.key)) return;
  e.preventDefault();
  emit(e.key, e.target.dataset.shot, +getComputedStyle(e.target).getPropertyValue("--cols"));
}"""


class Roving:
    """Listens on the strip's container; ``on_key`` gets another key and the card's code."""

    def __init__(
        self,
        strip: Node,
        *,
        rows: Callable[[], Rows],
        card: Callable[[str], Card | None],
        on_key: Callable[[str, str], Any],
        keys: Sequence[str] = (),
        focus: Callable[[Card], object] = Card.focus,
    ) -> None:
        """``keys`` are the letters that ``on_key`` wants; none where a person turned them off."""
        self._rows = rows
        self._card = card
        self._on_key = on_key
        self._focus = focus
        self._at: str | None = None
        script = ON_CARD % [*WALK, *(variant for key in keys for variant in _cases(key))]
        strip.on("keydown", self._key, js_handler=script)

    def start(self) -> None:
        """Let Tab reach the card that had it last, or the first one."""
        codes = [code for row in self._rows() for code in row]
        if codes:
            self.reach(self._at if self._at in codes else codes[0])

    def reach(self, code: str, *, focus: bool = False) -> None:
        """Make this the one card that Tab reaches."""
        card = self._card(code)
        if card is None:
            return
        before = self._card(self._at) if self._at and self._at != code else None
        if before is not None:
            before.reachable(on=False)
        self._at = code
        card.reachable(on=True)
        if focus:
            self._focus(card)

    def _key(self, event: GenericEventArguments) -> Any:
        key, code, columns = event.args
        if key not in WALK:
            return self._on_key(key, code)
        target = neighbour(self._rows(), code, key, max(1, int(columns or 1)))
        if target is not None:
            self.reach(target, focus=True)
        return None


def neighbour(rows: Rows, code: str, key: str, columns: int) -> str | None:
    """Where a key leads from a card; None where there is nothing that way."""
    scenes = [list(row) for row in rows if row]
    flat = [one for row in scenes for one in row]
    if code not in flat:
        return flat[0] if flat else None
    if key in ("Home", "End"):
        return flat[0] if key == "Home" else flat[-1]
    if key in ("ArrowLeft", "ArrowRight"):
        at = flat.index(code) + (1 if key == "ArrowRight" else -1)
        return flat[at] if 0 <= at < len(flat) else None
    number = next(index for index, row in enumerate(scenes) if code in row)
    at = scenes[number].index(code)
    if key == "ArrowDown":
        return _below(scenes, number, at, columns)
    return _above(scenes, number, at, columns)


def _below(scenes: list[list[str]], number: int, at: int, columns: int) -> str | None:
    row = scenes[number]
    if at + columns < len(row):
        return row[at + columns]
    if at // columns < (len(row) - 1) // columns:
        return row[-1]
    if number + 1 == len(scenes):
        return None
    following = scenes[number + 1]
    return following[min(at % columns, len(following) - 1)]


def _above(scenes: list[list[str]], number: int, at: int, columns: int) -> str | None:
    if at >= columns:
        return scenes[number][at - columns]
    if number == 0:
        return None
    before = scenes[number - 1]
    last_line = (len(before) - 1) // columns * columns
    return before[min(last_line + at % columns, len(before) - 1)]


def _cases(key: str) -> tuple[str, ...]:
    return (key.lower(), key.upper()) if key.isalpha() else (key,)
