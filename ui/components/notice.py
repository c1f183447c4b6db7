"""What happened last: said to everyone once, with Undo where it can be undone."""

from collections.abc import Callable
from typing import Any

from ui.components.node import Node, boundary


class Notice:
    """One per page. The theme shows the offline bar while NiceGUI's own popup is told to open:
    nothing can come from here then.
    """

    def __init__(self) -> None:
        self._undo: Callable[[], Any] | None = None
        with boundary():
            self._bar = Node("div", "notice", hidden=True)
        with self._bar:
            self._words = Node("span")
            self._back = Node("button", "btn", text="Undo", type="button", hidden=True)
            self._close = Node("button", "btn sq", type="button", data_icon="close")
        self._close.patch(aria_label="Dismiss")
        with boundary():
            self._polite = Node("div", "sr", role="status", aria_live="polite")
            self._urgent = Node("div", "sr", role="alert")
            with Node("div", role="status"), Node("p", "offline"):
                Node("b", text="Connection lost")
                self._truth = Node("span", "truth num")
                Node("span", text="It comes back by itself. What you typed stays here.")
        self._back.on("click", self._take_back, args=[])
        self._close.on("click", self.clear, args=[])

    def say(self, words: str, *, undo: Callable[[], Any] | None = None) -> None:
        """Show a line and speak it politely; it stays until the next one or until dismissed."""
        self._undo = undo
        self._words.patch(text=words)
        self._polite.patch(text=words)
        self._back.patch(hidden=None if undo else True, aria_busy=None)
        self._bar.patch(hidden=None)

    def murmur(self, words: str) -> None:
        """Speak a line politely without showing it: ``3 shots finished``."""
        self._polite.patch(text=words)

    def alert(self, words: str) -> None:
        """A person's own action failed: show it, and interrupt to say it."""
        self.say(words)
        self._polite.patch(text="")
        self._urgent.patch(text=words)

    def truth(self, clock: str) -> None:
        """The time of the last news; seen only while the line is cut."""
        self._truth.patch(text=f"The wall shows {clock}.")

    def clear(self) -> None:
        self._undo = None
        self._bar.patch(hidden=True)

    def _take_back(self) -> Any:
        undo = self._undo
        if undo is None:
            return None
        self._back.patch(aria_busy="true")
        return undo()
