"""The reel: the whole film as a line, and the part of it that a shot runs through."""

from collections.abc import Callable, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Any

from nicegui.events import GenericEventArguments

from domain.work.views import ShotView
from ui.components.node import Node, boundary
from ui.components.showing import UNTOLD_S
from ui.components.timecode import clock, seconds


class Reel:
    """The browser runs it alone; ``on_end`` hears when a shot's time is over, and of which run."""

    def __init__(self, *, on_jump: Callable[[str], Any], on_end: Callable[[int], Any]) -> None:
        self._on_jump = on_jump
        self._on_end = on_end
        self._codes: list[str] = []
        self._ends: list[float] = [0.0]
        self.run = 0
        with boundary(), Node("div", "reel") as self.element:
            self._track = Node("button", "track", type="button", tabindex=-1)
        with self._track:
            self._scenes = Node("span", "cuts", aria_hidden="true")
            self._shot = Node("i", "here", aria_hidden="true")
            self._light = Node("i", "light", aria_hidden="true")
        self._track.on(
            "click", self._jump, js_handler="(e) => emit(e.offsetX / e.currentTarget.clientWidth)"
        )
        self._light.on("animationend", self._over, js_handler="(e) => emit(+e.target.dataset.run)")

    def arrange(self, shots: Sequence[ShotView], fps: str) -> None:
        """All shots of the film in script order."""
        lengths = [seconds(one.duration, fps) or UNTOLD_S for one in shots]
        self._codes = [one.code for one in shots]
        self._ends = [0.0, *accumulate(lengths)]
        scenes = groupby(zip(shots, lengths, strict=True), key=lambda pair: pair[0].scene)
        self._scenes.clear()
        with self._scenes:
            for _, part in scenes:
                Node("i").dress({"d": sum(length for _, length in part)})

    def start(self, code: str, lasts: float) -> None:
        """Run through this shot, from its beginning; ``lasts`` in seconds."""
        if code not in self._codes:
            return
        at = self._codes.index(code)
        begin, end = (self._ends[n] / (self._ends[-1] or 1) for n in (at, at + 1))
        self.run += 1
        place = {"from": f"{begin:.5f}", "to": f"{end:.5f}"}
        self._shot.dress(place)
        self._light.dress({**place, "lasts": f"{lasts:g}"})
        self._light.patch(data_run=self.run, data_beat="ab"[self.run % 2])
        self._track.patch(aria_label=self.place(code))

    def place(self, code: str) -> str:
        """Where a shot stands, in words."""
        if code not in self._codes:
            return ""
        at = self._codes.index(code)
        time = f"{clock(self._ends[at])} of {clock(self._ends[-1])}"
        return f"Shot {at + 1} of {len(self._codes)} · {time}"

    def _over(self, event: GenericEventArguments) -> Any:
        return self._on_end(event.args)

    def _jump(self, event: GenericEventArguments) -> Any:
        if not isinstance(event.args, int | float) or not self._codes:
            return None
        place = event.args * self._ends[-1]
        for code, (begin, end) in zip(self._codes, pairwise(self._ends), strict=True):
            if begin <= place < end:
                return self._on_jump(code)
        return self._on_jump(self._codes[-1])
