"""A clock that the browser runs alone: how long a job has been at it, where no progress is told."""

import time
from collections.abc import Callable

from ui.components.node import Node


class Clock:
    """Stands in ``parent`` from its first run on; two columns of digits that CSS moves."""

    __slots__ = ("_node", "_now", "_parent", "_since")

    def __init__(self, parent: Node, now: Callable[[], float] = time.time) -> None:
        self._parent = parent
        self._now = now
        self._node: Node | None = None
        self._since: float | None = None

    def show(self, since: float | None) -> None:
        """Unix seconds it runs from; None hides it. Painting the same again doesn't set it back."""
        if since == self._since:
            return
        self._since = since
        if self._node is None:
            with self._parent:
                self._node = Node("span", "clock-run", text=":", aria_hidden="true")
        if since is not None:
            self._node.dress({"since": max(0, round(self._now() - since))})
        self._node.patch(hidden=None if since is not None else True)
