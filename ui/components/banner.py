"""What a production lacks as a whole, said once, with the two ways out."""

from collections.abc import Callable, Sequence
from typing import Any

from ui.components.node import Node, boundary

WORDS = {
    "image": "pictures",
    "video": "clips",
    "voice": "voices",
    "music": "music",
    "vector": "drawings",
}


class Banner:
    """Not there while nothing is lacking; ``on_demo`` is None for who may not change the script."""

    def __init__(self, *, on_demo: Callable[[], Any] | None) -> None:
        self._on_demo = on_demo
        with boundary(), Node("section", "banner", aria_label="What is missing", hidden=True) as it:
            self.element = it
            self._words = Node("p")
            self._demo = Node("button", "btn", type="button", hidden=on_demo is None or None)
            Node("a", "btn", text="Connect a provider", href="/providers")
        self._demo.patch(text="Use demo pictures for this production")
        self._demo.on("click", self._press, args=[])

    def paint(self, lacking: Sequence[str]) -> None:
        """Media types that nothing here can make."""
        told = [WORDS[one] for one in lacking]
        words = " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)
        self._words.patch(text=f"Nothing here can make {words} yet.")
        self.element.patch(hidden=None if told else True)
        self._demo.patch(aria_busy=None)

    def _press(self) -> Any:
        if self._on_demo is None or self._demo.get("aria-busy"):
            return None
        self._demo.patch(aria_busy="true")
        return self._on_demo()
