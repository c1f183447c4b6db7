"""Light that lies over things: lamps, beams, rims along edges, shafts of dust."""

import math

import numpy as np

from jobs.art.colour import Colour
from jobs.art.grid import Grid, blur, fbm, smooth
from jobs.art.pen import Point, Stamp
from jobs.art.plate import Plate
from jobs.art.stage import Stage


def lamp(
    plate: Plate, x: float, y: float, reach: float, light: Colour, *, power: float = 1.0
) -> None:
    """A point that burns and spills a soft halo as far as its reach."""
    near = reach * 4
    left, top = max(0, int(x - near)), max(0, int(y - near))
    right, bottom = min(plate.width, int(x + near) + 1), min(plate.height, int(y + near) + 1)
    if right <= left or bottom <= top:
        return
    across, down = plate.x[:, left:right] - x, plate.y[top:bottom] - y
    far: Grid = np.sqrt(across * across + down * down) / np.float32(reach)
    edge = np.clip(4 - far, 0, 1)
    halo = (np.exp(far * -5) * 0.9 + np.exp(far * -1.3) * 0.32) * edge * np.float32(power)
    Plate(plate.planes[:, top:bottom, left:right]).shine(halo, light)


def beam(
    stage: Stage, x: float, y: float, turn: float, *, spread: float, light: Colour, power: float
) -> None:
    """A lighthouse beam from a point, at an angle in radians."""
    plate = stage.plate
    c, s = math.cos(turn), math.sin(turn)
    across, down = plate.x - x, plate.y - y
    along = across * np.float32(c) + down * np.float32(s)
    aside = down * np.float32(c) - across * np.float32(s)
    wide = np.maximum(along, 0) * np.float32(spread) + np.float32(stage.base * 0.008)
    ray = np.exp(-((aside / wide) ** 2)) * np.exp(
        np.maximum(along, 0) * np.float32(-1.15 / stage.base)
    )
    ray *= smooth(0, stage.base * 0.05, along) * np.float32(power)
    plate.shine(ray, light)


def rim(
    plate: Plate, stamp: Stamp, toward: Point, light: Colour, *, width: float, power: float
) -> None:
    """Light the edge of a stamp on the side the light is; the plate's own edges stay dark."""
    if not stamp.alpha.size:
        return
    pad = math.ceil(width) + 1
    wide = np.pad(stamp.alpha, pad, "edge")
    far = math.hypot(*toward) or 1.0
    dx, dy = round(toward[0] / far * width), round(toward[1] / far * width)
    if not dx and not dy:
        dx = 1 if toward[0] > 0 else -1
    height, across = stamp.alpha.shape
    moved = wide[pad + dy : pad + dy + height, pad + dx : pad + dx + across]
    edge: Grid = np.clip(stamp.alpha - moved, 0, 1)
    edge = edge * 0.8 + blur(edge, width * 1.2) * stamp.alpha * 0.8
    plate.within(stamp).shine(edge * np.float32(power), light)


def shafts(stage: Stage, quads: list[list[Point]], power: float) -> None:
    """Light falling in through openings, with dust in it."""
    pen = stage.plate.pen()
    for quad in quads:
        pen.poly(quad)
    cover = pen.stamp().on(*stage.size)
    fall = smooth(stage.height * 1.05, stage.height * 0.1, stage.plate.y)
    dust = 0.7 + 0.6 * fbm(stage.rng, stage.size, (8, 6), 4, every=4)
    stage.plate.shine(
        blur(cover * fall, stage.base * 0.022) * dust * np.float32(power), stage.palette.light
    )
    specks = np.zeros(stage.size[::-1], np.float32)
    count = 140
    rows = stage.rng.integers(0, stage.height, count)
    columns = stage.rng.integers(0, stage.width, count)
    specks[rows, columns] = stage.rng.uniform(0.3, 1, count)
    stage.plate.shine(specks * cover * 0.35, stage.palette.light)


def fog(stage: Stage, start: float, stop: float, power: float, tint: Colour | None = None) -> None:
    """Drifting haze, thicker from one share of the height down to another."""
    drift = fbm(stage.rng, stage.size, (round(2.2 * stage.aspect), 6), 5, every=4)
    stage.plate.cover(
        drift * smooth(start, stop, stage.v) * np.float32(power), tint or stage.palette.haze
    )


def bokeh(stage: Stage, count: int, rows: tuple[float, float], tints: list[Colour]) -> None:
    """Out-of-focus lamps, between two shares of the height."""
    rng = stage.rng
    for tint in tints:
        pen = stage.plate.pen()
        for _ in range(max(1, count // len(tints))):
            x, y = float(rng.uniform(0, stage.width)), float(rng.uniform(*rows)) * stage.height
            radius = float(rng.uniform(0.016, 0.05)) * stage.base
            pen.oval(x, y, radius, radius, int(rng.uniform(70, 150)))
            pen.oval(x, y, radius * 0.86, radius * 0.86, int(rng.uniform(40, 100)))
        stamp = pen.stamp()
        stage.plate.within(stamp).shine(stamp.alpha * np.float32(0.6), tint)
