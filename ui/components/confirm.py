"""The confirmation sheet: what an act would do, in words, and one button that does it."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from ui.components.node import Node, boundary


class Confirm:
    """One a page; the focus stands on Cancel, so that Enter alone deletes nothing."""

    def __init__(self, *, boxed: bool = True) -> None:
        """Not ``boxed``: without its dialog, for the gallery."""
        self._on_go: Callable[[], Any] | None = None
        self._dialog = ui.dialog().props('aria-label="Confirm"') if boxed else None
        with self._dialog or boundary(), Node("div", "sheet confirm") as self.element:
            with Node("div", "top"):
                self._title = Node("h2")
                self._impact = Node("p")
                self._note = Node("p")
            with Node("div", "foot"):
                cancel = Node("button", "btn big", text="Cancel", type="button", autofocus=True)
                self._go = Node("button", "btn big danger", type="button")
        cancel.on("click", self.close, args=[])
        self._go.on("click", self._press, args=[])

    def ask(self, title: str, impact: str, *, note: str, go: str, on_go: Callable[[], Any]) -> None:
        """Open it; ``on_go`` is called once, when the button is pressed."""
        self.show(title, impact, note=note, go=go)
        self._on_go = on_go
        if self._dialog:
            self._dialog.open()

    def show(self, title: str, impact: str, *, note: str, go: str) -> None:
        self._title.patch(text=title)
        self._impact.patch(text=impact)
        self._note.patch(text=note)
        self._go.patch(text=go, aria_busy=None)

    def close(self) -> None:
        self._on_go = None
        if self._dialog:
            self._dialog.close()

    def _press(self) -> Any:
        act, self._on_go = self._on_go, None
        if act is None:
            return None
        self._go.patch(aria_busy="true")
        return act()
