"""The ribbon: the whole cut in one element. Width is time, height is urgency."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from nicegui.events import GenericEventArguments

from domain.work.views import SceneView, ShotView
from ui.components.flag import FlagName, flag_of_shot
from ui.components.node import Node, boundary

HEIGHT = {
    FlagName.FAILED: 100,
    FlagName.BLOCKED: 100,
    FlagName.RUNNING: 65,
    FlagName.RETAKE: 47,
    FlagName.CHANGED: 47,
    FlagName.STALE: 47,
    FlagName.NEW: 47,
    FlagName.APPROVED: 30,
    FlagName.SELECTED: 30,
    FlagName.DONE: 30,
    FlagName.PENDING: 18,
    FlagName.EMPTY: 9,
    FlagName.CANCELLED: 9,
}
"""Percent of the ribbon's height. A blocked shot slopes, so that it is not told by hue alone."""

HAIR = 0.07
"""Half the gap between two shots, in percent of the width."""

FINE = 300
"""Above this many shots, neighbours with the same flag are drawn as one."""


class Cut(NamedTuple):
    """What the ribbon draws, and what it says of it."""

    stops: str
    skyline: str
    label: str


class Ribbon:
    """``on_jump`` gets the code of the shot at the place that was pressed."""

    def __init__(self, *, on_jump: Callable[[str], Any]) -> None:
        self._on_jump = on_jump
        self._shots: Sequence[ShotView] = ()
        self._labelled: tuple[tuple[str, int], ...] = ()
        with boundary(), Node("div", "ribbon") as self.element:
            self._cut = Node("button", "cut", type="button")
        with boundary():
            self._scale = Node("div", "ribbon-x", aria_hidden="true")
        self._cut.on(
            "click", self._jump, js_handler="(e) => emit(e.offsetX / e.currentTarget.clientWidth)"
        )

    def paint(
        self, scenes: Sequence[SceneView], shots: Sequence[ShotView], cut: Cut | None = None
    ) -> None:
        """``cut``: the drawing of these shots, where somebody has made it already."""
        self._shots = shots
        cut = cut or cut_of(shots, [flag_of_shot(shot).name for shot in shots])
        self._cut.dress({"stops": cut.stops, "skyline": cut.skyline})
        self._cut.patch(aria_label=cut.label)
        self._label(scenes)

    def _label(self, scenes: Sequence[SceneView]) -> None:
        labels = tuple((scene.id, max(1, scene.duration)) for scene in scenes)
        if labels != self._labelled:
            self._labelled = labels
            self._scale.clear()
            with self._scale:
                for name, frames in labels:
                    Node("span", text=name).dress({"d": frames})

    def _jump(self, event: GenericEventArguments) -> Any:
        if not self._shots or not isinstance(event.args, int | float):
            return None
        ends = list(accumulate(max(1, shot.duration) for shot in self._shots))
        place = event.args * ends[-1]
        for shot, end in zip(self._shots, ends, strict=True):
            if place < end:
                return self._on_jump(shot.code)
        return self._on_jump(self._shots[-1].code)


def cut_of(shots: Sequence[ShotView], flags: Sequence[FlagName]) -> Cut:
    stops, skyline = draw([(shot.scene, shot.duration) for shot in shots], flags)
    told = Counter(flags)
    label = (
        f"The whole cut: {len(shots)} shots, {told[FlagName.FAILED]} failed, "
        f"{told[FlagName.BLOCKED]} blocked. Press to jump"
    )
    return Cut(stops, skyline, label)


def draw(pieces: Sequence[tuple[str | None, int]], flags: Sequence[FlagName]) -> tuple[str, str]:
    """The gradient's colour stops and the polygon that cuts it, for (scene, frames) and flags."""
    runs = _runs(pieces, flags)
    total = sum(frames for _, frames, _ in runs) or 1
    stops: list[str] = []
    skyline = ["0% 100%"]
    at = 0
    for _, frames, flag in runs:
        left, right = 100 * at / total, 100 * (at + frames) / total
        at += frames
        stops.append(f"var(--cut-{flag}) {left:.2f}% {right:.2f}%")
        inner = min(HAIR, (right - left) / 4)
        a, b = left + inner, right - inner
        top = 100 - HEIGHT[flag]
        start = top + 40 if flag is FlagName.BLOCKED else top
        skyline += [f"{a:.2f}% 100%", f"{a:.2f}% {start}%", f"{b:.2f}% {top}%", f"{b:.2f}% 100%"]
    return ", ".join(stops), ", ".join(skyline)


def _runs(
    pieces: Sequence[tuple[str | None, int]], flags: Sequence[FlagName]
) -> list[tuple[str | None, int, FlagName]]:
    """Each shot, or neighbours as one where there are too many to tell apart anyway."""
    runs: list[tuple[str | None, int, FlagName]] = []
    for (scene, duration), flag in zip(pieces, flags, strict=True):
        frames = max(1, duration)
        if len(pieces) > FINE and runs and runs[-1][0] == scene and runs[-1][2] is flag:
            runs[-1] = (scene, runs[-1][1] + frames, flag)
        else:
            runs.append((scene, frames, flag))
    return runs
