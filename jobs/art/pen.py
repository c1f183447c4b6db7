"""A pen: shapes drawn twice as fine as the plate, then pressed into a soft-edged stamp."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from jobs.art.grid import Grid

Point = tuple[float, float]
_Stroke = Callable[[ImageDraw.ImageDraw, Callable[[Iterable[Point]], list[Point]]], None]
_FINE = 2


@dataclass(frozen=True, slots=True)
class Stamp:
    """Cover from 0 to 1 for one rectangle of a plate."""

    alpha: Grid
    left: int
    top: int

    @property
    def rows(self) -> slice:
        return slice(self.top, self.top + self.alpha.shape[0])

    @property
    def columns(self) -> slice:
        return slice(self.left, self.left + self.alpha.shape[1])

    def on(self, width: int, height: int) -> Grid:
        """The same cover as a whole plane."""
        whole: Grid = np.zeros((height, width), np.float32)
        whole[self.rows, self.columns] = self.alpha
        return whole


@dataclass(frozen=True, slots=True)
class Pen:
    width: int
    height: int
    _strokes: list[_Stroke] = field(default_factory=list)
    _bounds: list[Point] = field(default_factory=list)

    def poly(self, points: Sequence[Point], ink: int = 255) -> None:
        self._bounds.extend(points)
        self._strokes.append(lambda draw, to: draw.polygon(to(points), fill=ink))

    def blob(self, points: Sequence[Point], ink: int = 255) -> None:
        """A closed round shape through the points."""
        self.poly(rounded(points), ink)

    def line(self, points: Sequence[Point], thick: float, ink: int = 255) -> None:
        self._bounds.extend((x + e, y + e) for x, y in points for e in (-thick, thick))
        wide = max(1, round(thick * _FINE))
        self._strokes.append(
            lambda draw, to: draw.line(to(points), fill=ink, width=wide, joint="curve")
        )

    def rect(self, x0: float, y0: float, x1: float, y1: float, ink: int = 255) -> None:
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ink)

    def oval(self, x: float, y: float, rx: float, ry: float, ink: int = 255) -> None:
        corners = [(x - rx, y - ry), (x + rx, y + ry)]
        self._bounds.extend(corners)
        self._strokes.append(lambda draw, to: draw.ellipse(to(corners), fill=ink))

    def limb(self, start: Point, stop: Point, thick: float, thin: float, ink: int = 255) -> None:
        """A rounded bar that tapers from one half-width to another."""
        turn = math.atan2(stop[1] - start[1], stop[0] - start[0]) + math.pi / 2
        c, s = math.cos(turn), math.sin(turn)
        (x0, y0), (x1, y1) = start, stop
        near = [(x0 + c * thick, y0 + s * thick), (x1 + c * thin, y1 + s * thin)]
        far = [(x1 - c * thin, y1 - s * thin), (x0 - c * thick, y0 - s * thick)]
        self.poly(near + far, ink)
        self.oval(x0, y0, thick, thick, ink)
        self.oval(x1, y1, thin, thin, ink)

    def stamp(self) -> Stamp:
        if not self._bounds:
            return Stamp(np.zeros((0, 0), np.float32), 0, 0)
        xs, ys = [p[0] for p in self._bounds], [p[1] for p in self._bounds]
        left, top = (max(0, math.floor(min(axis)) - 1) for axis in (xs, ys))
        right = min(self.width, math.ceil(max(xs)) + 2)
        bottom = min(self.height, math.ceil(max(ys)) + 2)
        if right <= left or bottom <= top:
            return Stamp(np.zeros((0, 0), np.float32), 0, 0)
        fine = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE), 0)
        draw = ImageDraw.Draw(fine)

        def place(points: Iterable[Point]) -> list[Point]:
            return [((x - left) * _FINE, (y - top) * _FINE) for x, y in points]

        for stroke in self._strokes:
            stroke(draw, place)
        alpha = np.asarray(fine.reduce(_FINE), np.float32) * np.float32(1 / 255)
        return Stamp(alpha, left, top)


def path(text: str) -> list[Point]:
    """Read points written "x y, x y": a table of them stays a table."""
    pairs = (pair.split() for pair in text.split(","))
    return [(float(x), float(y)) for x, y in pairs]


def rounded(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """Bend a closed polygon into a Catmull-Rom curve through its corners."""
    out: list[Point] = []
    count = len(points)
    for i in range(count):
        before, start, stop, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            weights = (
                -0.5 * t + t * t - 0.5 * t**3,
                1 - 2.5 * t * t + 1.5 * t**3,
                0.5 * t + 2 * t * t - 1.5 * t**3,
                -0.5 * t * t + 0.5 * t**3,
            )
            four = (before, start, stop, after)
            x, y = (sum(w * p[k] for w, p in zip(weights, four, strict=True)) for k in (0, 1))
            out.append((x, y))
    return out
