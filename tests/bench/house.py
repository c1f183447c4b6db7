"""The real server with a driver inside: ``serve`` as it is, but nobody makes media.

Started as ``python tests/bench/house.py serve …``; takes orders beside the event loop.
"""

import gc
import os
import sys
import time
from pathlib import Path
from typing import Any

import main as house
from domain.access import OWNER
from tests.bench import production
from tests.bench.driver import Change, Driver
from tests.bench.remote import answer
from ui.cli import commands


class Stage:
    """What can be ordered."""

    def __init__(self, composed: house.House, data: Path) -> None:
        self._tools = composed.tools
        self._studio = composed.studio
        self._data = data
        self._drivers: dict[str, Driver] = {}

    def create(self, key: str, shots: int, pictures: Path) -> None:
        production.create(self._tools, key, shots, pictures)
        self._drivers[key] = Driver(
            self._tools, self._data, self._studio.viewing.structure(OWNER, key)
        )

    def change(self, key: str, count: int, pace: float, among: int) -> list[Change]:
        return self._drivers[key].change(count=count, pace=pace, among=among)

    def cancel(self, key: str, code: str) -> None:
        """Take a shot's slots off what they wait for, as a person would."""
        board = self._studio.viewing.board(OWNER, key)
        shot = next(one for one in board.shots if one.code == code)
        for slot in shot.slots:
            if slot.state == "pending":
                self._studio.control.cancel_slot(OWNER, slot.id)

    def versions(self, key: str) -> dict[str, int]:
        return {one.code: one.version for one in self._studio.viewing.board(OWNER, key).shots}


def cost(*, collected: bool = False) -> dict[str, float]:
    """What this process has used so far: CPU seconds and resident megabytes.

    ``collected``: after the collector, which stops everything for as long as a second.
    """
    if collected:
        gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {"cpu": time.process_time(), "rss": pages * os.sysconf("SC_PAGE_SIZE") / 1e6}


class Driven:
    """`ui.cli.commands.Compose` that puts the stage into the house."""

    def __init__(self, settings: house.Settings) -> None:
        self.settings = settings

    def __call__(self, **_asked: Any) -> house.House:
        """Never with a worker, whatever is asked."""
        composed = house.compose(self.settings, worker=False)
        stage = Stage(composed, self.settings.data)
        orders = ("create", "change", "cancel", "versions")
        answer(self.settings.data, {name: getattr(stage, name) for name in orders} | {"cost": cost})
        return composed


def run(arguments: list[str]) -> int:
    parsed = commands.parse(arguments)
    return commands.run(parsed, Driven(house.Settings.read(os.environ, data=parsed.data)))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
