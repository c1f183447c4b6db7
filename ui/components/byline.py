"""The head of the script page: what it is, whether it is saved, and the two buttons."""

from collections.abc import Callable
from typing import Any

from ui.components.node import Node, boundary


class Byline:
    """``on_save`` and ``on_discard`` may be coroutine functions."""

    def __init__(
        self,
        title: str,
        *,
        on_save: Callable[[], Any],
        on_discard: Callable[[], Any],
        locked: bool,
    ) -> None:
        """``locked``: for somebody who may only read."""
        self._locked = locked
        with boundary(), Node("div", "head"), Node("div", "top"):
            with Node("div"):
                self._sub = Node("p", "sub")
                Node("h1", text=title)
            with Node("div", "acts", hidden=True if locked else None):
                self._discard = Node("button", "btn big", text="Discard", type="button")
                self._save = Node("button", "btn big", text="Save", type="button")
        self._save.patch(data_key="Ctrl S", aria_keyshortcuts="Control+S", data_save="")
        self._save.on("click", on_save, args=[])
        self._discard.on("click", on_discard, args=[])

    @property
    def is_busy(self) -> bool:
        return bool(self._save.get("aria-busy"))

    def busy(self, *, on: bool) -> None:
        self._save.patch(aria_busy="true" if on else None)

    def paint(self, revision: int, *, is_unsaved: bool, may_save: bool) -> None:
        state = "unsaved" if is_unsaved else "saved"
        told = "to be read" if self._locked else state
        self._sub.patch(text=f"Script · revision {revision} · {told}")
        self._discard.patch(hidden=None if is_unsaved else True)
        self._save.patch(disabled=None if may_save else True)
        self._save.toggle("primary", on=may_save)
