"""Lines and outlines: points in, path data out. Numbers are rounded, so bytes are the same."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Place = Callable[[Sequence[Point]], list[Point]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed shape as path data; all run the same way round, so that they join without holes."""

    data: str


def curve(points: Sequence[Point]) -> Outline:
    """Closed and smooth through its points; a point given twice in a row is a corner."""
    return Outline(_smooth(_same_way(points), closed=True) + "z")


def poly(points: Sequence[Point]) -> Outline:
    """Closed, straight from point to point."""
    first, *others = _same_way(points)
    pen = _Pen(first)
    for point in others:
        pen.go("l", point)
    return Outline(pen.data + "z")


def oval(x: float, y: float, rx: float, ry: float | None = None) -> Outline:
    high = rx if ry is None else ry
    turns = [math.tau * step / 12 for step in range(12)]
    return curve([(x + rx * math.cos(turn), y + high * math.sin(turn)) for turn in turns])


def stroke(points: Sequence[Point]) -> str:
    """Path data of an open, smooth line."""
    return _smooth(list(points), closed=False)


def placed(x: float, y: float, *, turn: float = 0, flip: bool = False, scale: float = 1) -> Place:
    """Puts what is drawn upright around (0, 0) to its place; ``turn`` in degrees, clockwise."""
    cos, sin = scale * math.cos(math.radians(turn)), scale * math.sin(math.radians(turn))
    side = -1 if flip else 1

    def place(points: Sequence[Point]) -> list[Point]:
        return [(x + side * (px * cos - py * sin), y + px * sin + py * cos) for px, py in points]

    return place


def mirrored(points: Sequence[Point], middle: float) -> list[Point]:
    """A right half, from its top to its bottom, completed by its left half."""
    return [*points, *((2 * middle - x, y) for x, y in reversed(points))]


def limb(
    joints: tuple[Point, Point, Point],
    widths: tuple[float, float, float],
    *,
    begin: float = 0.0,
    end: float = 1.0,
    ease: float = 0.0,
) -> list[Point]:
    """The outline of an arm or a leg, or a part of it; widths are half ones, at each joint."""
    right: list[Point] = []
    left: list[Point] = []
    steps = 8
    for step in range(steps + 1):
        t = begin + (end - begin) * step / steps
        (x, y), (dx, dy) = along(joints, t)
        width = _between(widths, t) + ease
        right.append((x - dy * width, y + dx * width))
        left.append((x + dy * width, y - dx * width))
    first = _cap(left[0], right[0], 0.08 if begin else 0.42)
    last = _cap(right[-1], left[-1], 0.08 if end < 1 else 0.42)
    return [*right, last, *reversed(left), first]


def along(joints: tuple[Point, Point, Point], t: float) -> tuple[Point, Point]:
    """(where, in which direction) after ``t`` of the way; half way is the middle joint."""
    (ax, ay), (bx, by), (cx, cy) = joints
    kx, ky = 2 * bx - (ax + cx) / 2, 2 * by - (ay + cy) / 2
    u = 1 - t
    x, y = (u * u * a + 2 * u * t * k + t * t * c for a, k, c in ((ax, kx, cx), (ay, ky, cy)))
    dx, dy = (2 * u * (k - a) + 2 * t * (c - k) for a, k, c in ((ax, kx, cx), (ay, ky, cy)))
    long = math.hypot(dx, dy) or 1.0
    return (x, y), (dx / long, dy / long)


def _between(values: tuple[float, float, float], t: float) -> float:
    first, middle, last = values
    return first + (middle - first) * t * 2 if t < 1 / 2 else middle + (last - middle) * (t * 2 - 1)


def _cap(a: Point, b: Point, high: float) -> Point:
    """The tip of an end between two edges: round where the limb ends, nearly flat at a cut."""
    (ax, ay), (bx, by) = a, b
    return (ax + bx) / 2 - (by - ay) * high, (ay + by) / 2 + (bx - ax) * high


def _same_way(points: Sequence[Point]) -> list[Point]:
    area = sum(
        ax * by - bx * ay
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True)
    )
    return list(points) if area >= 0 else list(reversed(points))


def _smooth(points: list[Point], *, closed: bool) -> str:
    """Catmull-Rom through the points, as cubic Béziers."""
    count = len(points)
    pen = _Pen(points[0])
    for at in range(count if closed else count - 1):
        here, there = points[at], points[(at + 1) % count]
        if here == there:
            continue
        before = points[at - 1] if closed or at else here
        after = points[(at + 2) % count] if closed or at + 2 < count else there
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        pen.go("c", first, second, there)
    return pen.data


class _Pen:
    """Writes path data in steps from where it is, in whole tenths: short, and never adrift."""

    def __init__(self, start: Point) -> None:
        self._x, self._y = _tenths(start)
        self.data = f"M{_shown(self._x)} {_shown(self._y)}"

    def go(self, how: str, *points: Point) -> None:
        steps = [_tenths(point) for point in points]
        numbers = [
            number for x, y in steps for number in (_shown(x - self._x), _shown(y - self._y))
        ]
        self.data += how + " ".join(numbers).replace(" -", "-")
        self._x, self._y = steps[-1]


def _tenths(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def _shown(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}" + (f".{rest}" if rest else "")
