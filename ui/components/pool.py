"""A list that is refilled: rows are made once, used again, and hidden when there are fewer."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from ui.components.node import Node


class HasElement(Protocol):
    """Anything that stands in a list by one element of its own."""

    @property
    def element(self) -> Node: ...


Item = TypeVar("Item")
Row = TypeVar("Row", bound=HasElement)


class Pool(Generic[Row, Item]):
    """Rows inside ``parent``; ``make`` builds one there, ``paint`` fills it from an item."""

    def __init__(
        self, parent: Node, make: Callable[[], Row], paint: Callable[[Row, Item], None]
    ) -> None:
        self.parent = parent
        self.rows: list[Row] = []
        self._make = make
        self._paint = paint

    def fill(self, items: Sequence[Item]) -> None:
        with self.parent:
            while len(self.rows) < len(items):
                self.rows.append(self._make())
        for index, row in enumerate(self.rows):
            used = index < len(items)
            row.element.patch(hidden=None if used else True)
            if used:
                self._paint(row, items[index])
