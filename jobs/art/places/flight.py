"""Iron stairs winding round a column, from the side, with a shaft of light."""

import math

import numpy as np

from jobs.art.colour import blend, scaled, under
from jobs.art.glow import lamp, shafts
from jobs.art.grid import fbm, smooth
from jobs.art.pen import Point
from jobs.art.stage import Spot, Stage

_STONE = (0.56, 0.53, 0.47)


_IRON = (0.20, 0.23, 0.25)


def flight(stage: Stage) -> tuple[Spot, ...]:
    """Iron treads winding round a column against a curved brick wall."""
    x = (0.5 + stage.side * 0.10) * stage.width
    window = ((0.5 - stage.side * 0.27) * stage.width, stage.height * 0.30)
    _wall(stage, x, window)
    _window(stage, *window)
    spots = _treads(stage, x)
    w, unit = window, stage.base
    fall = stage.side * unit * 0.95
    quad: list[Point] = [
        (w[0] - unit * 0.06, w[1] - unit * 0.12),
        (w[0] + unit * 0.06, w[1] - unit * 0.14),
        (w[0] + unit * 0.34 + fall, stage.height),
        (w[0] - unit * 0.02 + fall, stage.height),
    ]
    shafts(stage, [quad], 0.11 * stage.palette.strength + 0.05)
    return spots


def _wall(stage: Stage, x: float, window: Point) -> None:
    plate, unit, colours = stage.plate, stage.base, stage.palette
    radius = max(stage.width * 0.56, unit * 0.8)
    across = np.clip((plate.x - x) / np.float32(radius), -1, 1)
    turn = np.arcsin(across)
    brick = _bricks(stage, turn)
    form = np.clip(np.cos(turn), 0, 1) ** 0.7
    far = ((plate.x - window[0]) / np.float32(unit)) ** 2 + (
        (plate.y - window[1]) / np.float32(unit)
    ) ** 2
    light = np.exp(far * -1.7) * np.float32(0.34 + 0.3 * colours.strength)
    stone = under(_STONE, colours.ambient)
    for plane, ink, dark, ray in zip(plate.planes, stone, colours.dark, colours.light, strict=True):
        plane[:] = (
            dark * 0.8 + ink * (0.13 + 0.24 * form) * brick + np.float32(ray) * light * brick * 0.85
        )


def _bricks(stage: Stage, turn: np.ndarray) -> np.ndarray:
    """Whitewashed courses with mortar lines and worn patches."""
    unit = stage.base
    row = stage.plate.y / np.float32(unit * 0.062) + (turn**2) * 2.2
    index = np.floor(row)
    column = turn * 9.5 + (index % 2) * 0.5
    mortar = smooth(0.10, 0.02, np.abs(row - index - 0.5) * -1 + 0.5) + smooth(
        0.06, 0.015, np.abs(column - np.floor(column) - 0.5) * -1 + 0.5
    )
    tone = np.sin(np.floor(column) * 12.9 + index * 78.2) * 0.10
    patch = fbm(stage.rng, stage.size, (round(5 * stage.aspect), 7), 5, 0.6) - 0.5
    return 1.0 + tone + patch * 0.9 - np.clip(mortar, 0, 1) * 0.30


def _window(stage: Stage, x: float, y: float) -> None:
    """A small deep window with the sky behind it."""
    unit, plate, colours = stage.base, stage.plate, stage.palette
    for grow, tint in (
        (1.45, scaled(under(_STONE, colours.ambient), 0.22)),
        (1.18, blend(under(_STONE, colours.ambient), colours.light, 0.55)),
        (1.0, blend(colours.sky[3], colours.light, 0.55)),
    ):
        pen = plate.pen()
        half, up = unit * 0.062 * grow, unit * 0.12 * grow
        pen.rect(x - half, y - up * 0.5, x + half, y + up)
        pen.oval(x, y - up * 0.5, half, half)
        plate.press(pen.stamp(), tint)
    bars = plate.pen()
    bars.line([(x, y - unit * 0.14), (x, y + unit * 0.12)], unit * 0.008)
    bars.line([(x - unit * 0.065, y), (x + unit * 0.065, y)], unit * 0.008)
    plate.press(bars.stamp(), scaled(colours.dark, 0.8))
    lamp(plate, x, y, unit * 0.24, colours.light, power=0.28 + 0.3 * colours.strength)


def _treads(stage: Stage, x: float) -> tuple[Spot, ...]:
    """Steps from behind the column round to its front; the far half first."""
    unit = stage.unit
    inner, outer, squash = unit * 0.075, unit * 0.66, 0.26
    step, climb = 0.30, unit * 0.073
    mirror = 0.0 if stage.side > 0 else math.pi
    # The near half turn starts low behind the heavy side and leaves the frame half way up.
    turns = [
        (mirror + stage.side * i * step, stage.height * 0.99 - (i * climb)) for i in range(-14, 21)
    ]
    back = [t for t in turns if round(math.sin(t[0]), 6) < 0]
    front = [t for t in turns if round(math.sin(t[0]), 6) >= 0]
    _steps(stage, x, back, (inner, outer, squash), near=False)
    _column(stage, x, inner)
    _steps(stage, x, front, (inner, outer, squash), near=True)
    stand = mirror + stage.side * step * 3.5
    far = outer * 0.70
    spot = x + math.cos(stand) * far, stage.height * 0.99 - 3.5 * climb
    foot = spot[1] + math.sin(stand) * far * squash
    next_to = Spot(spot[0] + stage.side * unit * 0.20, foot + climb, unit * 0.44)
    return Spot(spot[0], foot, unit * 0.46), next_to


def _steps(
    stage: Stage, x: float, turns: list[Point], ring: tuple[float, float, float], *, near: bool
) -> None:
    plate, colours, unit = stage.plate, stage.palette, stage.unit
    inner, outer, squash = ring

    def at(turn: float, far: float, y: float) -> Point:
        return x + math.cos(turn) * far, y + math.sin(turn) * far * squash

    top, face, rail = plate.pen(), plate.pen(), plate.pen()
    hand: list[Point] = []
    runs = [hand]
    for turn, y in sorted(turns, key=lambda t: -t[1]):
        corners = [
            at(turn, inner, y),
            at(turn, outer, y),
            at(turn + 0.34, outer, y),
            at(turn + 0.34, inner, y),
        ]
        thick = unit * 0.020
        top.poly(corners)
        edge = corners[:2] if near else corners[2:]
        face.poly([*edge, *((a, b + thick) for a, b in reversed(edge))])
        rim_edge = [corners[1], corners[2]]
        face.poly([*rim_edge, *((a, b + thick) for a, b in reversed(rim_edge))])
        a, b = at(turn + 0.17, outer * 0.97, y)
        rail.line([(a, b), (a, b - unit * 0.25)], unit * 0.008)
        if hand and abs(hand[-1][1] - (b - unit * 0.25)) > unit / 2:
            hand = []
            runs.append(hand)
        hand.append((a, b - unit * 0.25))
    for run in runs:
        if len(run) > 1:
            rail.line(run, unit * 0.016)
    iron = under(_IRON, colours.ambient)
    fade = 1.0 if near else 0.45
    tread = blend(
        blend(colours.dark, iron, 0.7), colours.light, (0.20 + 0.20 * colours.strength) * fade
    )
    plate.press(face.stamp(), blend(scaled(colours.dark, 0.55), iron, 0.25))
    plate.press(top.stamp(), tread)
    plate.press(
        rail.stamp(), blend(scaled(colours.dark, 0.7), colours.haze, 0.04 if near else 0.16)
    )


def _column(stage: Stage, x: float, radius: float) -> None:
    plate, colours = stage.plate, stage.palette
    pen = plate.pen()
    pen.rect(x - radius, -2, x + radius, stage.height + 2)
    stamp = pen.stamp()
    across = np.clip((plate.x[:, stamp.columns] - x) / np.float32(radius), -1, 1)
    lit = np.clip(0.45 - across * stage.side * 0.6, 0, 1) ** 1.5 * np.ones_like(stamp.alpha)
    base, ray = under((0.30, 0.36, 0.36), colours.ambient), colours.light
    plate.press(
        stamp,
        np.stack(
            [
                d * 0.7 + (b * 0.8 + r * 0.22) * lit
                for d, b, r in zip(colours.dark, base, ray, strict=True)
            ]
        ),
    )
