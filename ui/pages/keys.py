"""Keys on the strip: one listener, focus moved on the server, single letters for the verbs."""

from typing import Protocol

from nicegui.events import GenericEventArguments

from ui.components.card import Card
from ui.components.flag import FlagName
from ui.components.node import Node

HANDLED = [
    *["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End", "Escape"],
    *["n", "N", "g", "y", "x", "a", "r", "s", "u"],
]
MOVES = {"ArrowRight": 1, "ArrowLeft": -1}
VERBS = {
    "g": "generate",
    "y": "retry",
    "x": "cancel",
    "a": "approve",
    "r": "retake",
    "s": "select",
    "u": "use",
}
PROBLEMS = (FlagName.FAILED, FlagName.BLOCKED)
LISTEN = f"""(e) => {{
  if (!{HANDLED}.includes(e.key) || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.closest('input, textarea, select')) return;
  const card = e.target.closest('[data-shot]');
  const all = [...document.querySelectorAll('[data-strip] [data-shot]:not(.is-out)')];
  const cols = card ? all.filter((c) => c.offsetParent === card.offsetParent
    && c.offsetTop === card.offsetTop).length : 1;
  e.preventDefault();
  emit({{key: e.key, code: card ? card.dataset.shot : null, cols}});
}}"""


class Walked(Protocol):
    """What keys walk over."""

    @property
    def order(self) -> list[str]: ...

    def card(self, code: str) -> Card | None: ...

    def flag(self, code: str) -> FlagName: ...

    def close_shot(self) -> None: ...

    async def do(self, verb: str, slot_id: str) -> None: ...


class StripKeys:
    """A roving tabindex: Tab reaches one card, arrows reach the others."""

    def __init__(self, page: Walked, strip: Node) -> None:
        self._page = page
        self._here: Card | None = None
        strip.on("keydown", self._press, js_handler=LISTEN)
        first = next(iter(page.order), None)
        if first is not None:
            self._reach(first, focus=False)

    async def _press(self, event: GenericEventArguments) -> None:
        key, code = event.args["key"], event.args["code"]
        if key == "Escape":
            self._page.close_shot()
        elif key in ("n", "N"):
            self._next_problem(code, back=key == "N")
        elif key in VERBS and code is not None:
            await self._verb(VERBS[key], code)
        elif code is not None:
            self._move(key, code, max(1, int(event.args["cols"])))

    async def _verb(self, verb: str, code: str) -> None:
        card = self._page.card(code)
        if card is None or card.shot.primary is None:
            return
        slot = next(one for one in card.shot.slots if one.id == card.shot.primary)
        if verb == "select" and "unselect" in slot.actions:
            verb = "unselect"
        if verb in slot.actions:
            await self._page.do(verb, slot.id)

    def _move(self, key: str, code: str, cols: int) -> None:
        codes = self._page.order
        if code not in codes:
            return
        step = {"ArrowDown": cols, "ArrowUp": -cols, **MOVES}.get(key)
        at = {"Home": 0, "End": len(codes) - 1}.get(key)
        at = codes.index(code) + (step or 0) if at is None else at
        self._reach(codes[min(max(at, 0), len(codes) - 1)])

    def _next_problem(self, code: str | None, *, back: bool) -> None:
        codes = self._page.order
        if back:
            codes = codes[::-1]
        start = codes.index(code) + 1 if code in codes else 0
        for candidate in codes[start:] + codes[:start]:
            if self._page.flag(candidate) in PROBLEMS:
                self._reach(candidate)
                return

    def _reach(self, code: str, *, focus: bool = True) -> None:
        card = self._page.card(code)
        if card is None:
            return
        if self._here is not None and self._here is not card:
            self._here.reachable(on=False)
        self._here = card
        card.reachable(on=True)
        if focus:
            card.focus()
