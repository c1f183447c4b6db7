"""The dialog before something is put into the script: which lines change, and what follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from ui.components.margin import DiffRow, Effect, EffectRow
from ui.components.node import Node
from ui.components.pool import Pool


@dataclass(frozen=True, kw_only=True, slots=True)
class PutModel:
    """``lines`` as a unified difference has them."""

    sentence: str
    lines: Sequence[str]
    effects: Sequence[Effect]


class PutSheet:
    """``on_go`` puts it; built when it is first asked for."""

    def __init__(self, *, on_go: Callable[[], Any]) -> None:
        self._on_go = on_go
        self._dialog = ui.dialog().props('aria-label="Put into script"')
        self._is_built = False

    def open(self, model: PutModel) -> None:
        if not self._is_built:
            self._is_built = True
            with self._dialog:
                self._build()
        self._sentence.patch(text=model.sentence)
        self._lines.fill(model.lines)
        self._effects.fill(model.effects)
        self._go.patch(aria_busy=None)
        self._dialog.open()

    def close(self) -> None:
        self._dialog.close()

    def _build(self) -> None:
        with Node("div", "sheet put"):
            with Node("div", "top"):
                Node("h2", text="Put into script")
                self._sentence = Node("p")
            lines = Node("div", "diff", role="group", aria_label="Lines that change")
            self._lines: Pool[DiffRow, str] = Pool(lines, DiffRow, DiffRow.paint)
            effects = Node("div", "effects")
            self._effects: Pool[EffectRow, Effect] = Pool(effects, EffectRow, EffectRow.paint)
            with Node("div", "foot"):
                cancel = Node("button", "btn big push", text="Cancel", type="button")
                self._go = Node("button", "btn big primary", text="Put into script", type="button")
                self._go.patch(autofocus=True)
        cancel.on("click", self.close, args=[])
        self._go.on("click", self._press, args=[])

    def _press(self) -> Any:
        if self._go.get("aria-busy"):
            return None
        self._go.patch(aria_busy="true")
        return self._on_go()
