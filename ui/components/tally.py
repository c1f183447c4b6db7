"""The tally: live counts of flags, which are the filters."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from ui.components.flag import FlagName
from ui.components.node import Node, boundary

SHOWN = (
    FlagName.FAILED,
    FlagName.BLOCKED,
    FlagName.RUNNING,
    FlagName.PENDING,
    FlagName.NEW,
    FlagName.RETAKE,
    FlagName.STALE,
    FlagName.CHANGED,
    FlagName.DONE,
    FlagName.APPROVED,
    FlagName.SELECTED,
    FlagName.CANCELLED,
    FlagName.EMPTY,
)


class Tally:
    """``on_filter`` gets the flag that was pressed, or None for all."""

    def __init__(self, *, on_filter: Callable[[FlagName | None], Any]) -> None:
        self._on_filter = on_filter
        self._told: dict[FlagName, int] = {}
        with boundary(), Node("div", "tally") as self.element:  # noqa: SIM117
            with Node("div", "cells", role="group", aria_label="Filter by state"):
                self._all = self._chip(None)
                self._chips = {name: self._chip(name) for name in SHOWN}
        self.press(())

    def paint(self, counts: Mapping[FlagName, int]) -> None:
        """How many shots wear each flag; a flag that nothing wears keeps its cell."""
        total = sum(counts.values())
        self._all.patch(text=str(total), aria_label=f"All: {total}")
        for name, chip in self._chips.items():
            number = counts.get(name, 0)
            if number == self._told.get(name):
                continue
            self._told[name] = number
            chip.patch(
                text=str(number),
                aria_label=f"{name.word}: {number}",
                data_none=None if number else "",
            )

    def press(self, names: Collection[FlagName]) -> None:
        """Show which filters are on; none of them means all."""
        self._all.patch(aria_pressed="false" if names else "true")
        for name, chip in self._chips.items():
            chip.patch(aria_pressed="true" if name in names else "false")

    def _chip(self, name: FlagName | None) -> Node:
        word = name.word if name else "All"
        chip = Node("button", "chip", text="0", type="button", data_flag=name, data_word=word)
        return chip.on("click", lambda: self._on_filter(name), args=[])
