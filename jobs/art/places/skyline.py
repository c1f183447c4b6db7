"""The city from a rooftop: rows of towers, lit faces, windows."""

import math

import numpy as np

from jobs.art.colour import blend, hexed, scaled
from jobs.art.glow import rim
from jobs.art.grid import blur, chance, smooth
from jobs.art.pen import Pen, path
from jobs.art.shot import Time
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage

Block = tuple[float, float, float, float]
"""Left, top, width, height of one building."""


def skyline(stage: Stage) -> tuple[Spot, ...]:
    horizon, unit = stage.level(0.78), stage.unit
    paint_sky(stage, horizon)
    night = stage.brief.time is Time.NIGHT
    glow = np.exp(-(((stage.v - horizon + 0.10) / 0.22) ** 2)) * np.float32(0.30 if night else 0.08)
    stage.plate.shine(glow * np.ones_like(stage.u), hexed("d98a4e"))
    paint_skyline(stage, horizon, (0.20, 0.56), 0, air=0.62)
    paint_skyline(stage, horizon + 0.05, (0.24, 0.72), 1, air=0.46)
    paint_skyline(stage, horizon + 0.13, (0.22, 0.70), 2, air=0.28)
    y = _roof(stage, max(horizon + 0.08, 0.86) * stage.height)
    x = (0.5 + stage.side * 0.06) * stage.width
    tall = unit * 0.36
    return Spot(x, y, tall), Spot(x + stage.side * tall * 0.5, y, tall * 0.97)


def paint_skyline(
    stage: Stage, base: float, tall: tuple[float, float], layer: int, *, air: float
) -> None:
    """One row of towers with lit faces and windows; layer 0 is the farthest."""
    plate, colours, rng, unit = stage.plate, stage.palette, stage.rng, stage.unit
    far = blend(plate.row(base * stage.height - unit * 0.06), colours.haze, 0.5)
    pen = plate.pen()
    blocks = _blocks(stage, pen, base * stage.height, tall, layer)
    stamp = pen.stamp()
    body = blend(far, colours.dark, (0.36, 0.64, 0.90)[layer])
    shade = np.ones(stage.width, np.float32)
    lit = np.zeros(stage.width, np.float32)
    for x, _, wide, _ in blocks:
        left, right = int(np.clip(x, 0, stage.width)), int(np.clip(x + wide, 0, stage.width))
        third = int(wide * 0.34)
        bright = (
            slice(max(left, right - third), right)
            if x + wide / 2 < stage.sun_x * stage.width
            else slice(left, min(right, left + third))
        )
        lit[bright] = (
            0.17
            * colours.strength
            * (1 - layer * 0.28)
            * math.exp(-abs((x + wide / 2) / stage.width - stage.sun_x) * 1.8)
        )
        shade[left:right] = float(rng.uniform(0.86, 1.1))
    mist = smooth(base - 0.42, base + 0.04, stage.v[stamp.rows]) * np.float32(air)
    tint = np.stack(
        [
            (ink * shade[stamp.columns] + light * lit[stamp.columns])[None, :] * (1 - mist)
            + haze * mist
            for ink, light, haze in zip(body, colours.light, far, strict=True)
        ]
    )
    plate.press(stamp, tint)
    _windows(stage, blocks, layer)


def _blocks(
    stage: Stage, pen: Pen, foot: float, tall: tuple[float, float], layer: int
) -> list[Block]:
    rng, unit = stage.rng, stage.unit
    out: list[Block] = []
    x = -unit * 0.04
    narrow, broad = ((0.045, 0.10), (0.07, 0.16), (0.11, 0.22))[layer]
    while x < stage.width + unit * 0.04:
        wide = unit * float(rng.uniform(narrow, broad))
        middle = 1 - abs((x + wide / 2) / stage.width - 0.5 - stage.side * 0.08) * 0.9
        high = (
            unit * float(rng.uniform(*tall)) * (0.5 + 0.6 * middle * float(rng.uniform(0.7, 1.25)))
        )
        top, kind = foot - high, float(rng.random())
        pen.rect(x, top, x + wide, stage.height)
        _crown(pen, x, top, wide=wide, high=high, kind=kind)
        if chance(rng, 0.25):
            pen.line([(x + wide / 2, top - high * 0.28), (x + wide / 2, top)], unit * 0.004)
        out.append((x, top, wide, high))
        x += wide + unit * float(rng.uniform(-0.004, 0.012))
    return out


def _crown(pen: Pen, x: float, top: float, *, wide: float, high: float, kind: float) -> None:
    crowns = {
        0: path(".18 0, .18 -.1, .36 -.1, .36 -.16, .64 -.16, .64 -.1, .82 -.1, .82 0"),
        1: [(0.0, 0.0), (0.5, -0.14), (1.0, 0.0)],
        2: [(0.0, 0.0), (0.0, -0.11), (1.0, 0.0)],
        3: path(".2 0, .2 -.03, .5 -.03, .5 0"),
    }
    shape = crowns.get(int(kind * 8))
    if shape:
        pen.poly([(x + a * wide, top + b * high + 1) for a, b in shape])


def _windows(stage: Stage, blocks: list[Block], layer: int) -> None:
    lamps, rng, unit = stage.palette.lamps, stage.rng, stage.unit
    cell = unit * (0.013, 0.017, 0.021)[layer]
    pens = {hue: stage.plate.pen() for hue in ("ffc878", "fff0cf", "ff6f91", "8fd0ff")}
    hues = list(pens)
    for x, top, wide, high in blocks:
        columns, rows = (
            int((wide - cell * 0.6) / cell),
            int(min(high, stage.height - top) / (cell * 1.55)),
        )
        if columns < 1 or rows < 1:
            continue
        lit = rng.random((rows, columns)) < 0.36 * (0.3 + lamps) * float(rng.uniform(0.3, 1.5))
        for row, column in zip(*np.nonzero(lit), strict=True):
            left, up = x + cell * (0.5 + float(column)), top + cell * (0.8 + 1.55 * float(row))
            hue = hues[int(rng.choice(4, p=(0.56, 0.34, 0.05, 0.05)))]
            pens[hue].rect(left, up, left + cell * 0.5, up + cell * 0.8, int(rng.uniform(90, 255)))
    for hue, pen in pens.items():
        stamp = pen.stamp()
        stage.plate.press(
            stamp, scaled(hexed(hue), 0.5 + 0.55 * lamps), lamps * (0.5, 0.75, 0.95)[layer]
        )
        if stamp.alpha.size and lamps > 1 / 2:
            stage.plate.within(stamp).shine(
                blur(stamp.alpha, unit * 0.025) * np.float32(0.30 * lamps), hexed(hue)
            )


def _roof(stage: Stage, y: float) -> float:
    """The parapet, a water tank and an aerial."""
    unit, side, pen = stage.base, stage.side, stage.plate.pen()
    pen.rect(-5, y, stage.width + 5, stage.height)
    pen.rect(-5, y - unit * 0.045, stage.width + 5, y - unit * 0.030)
    for i in range(int(stage.width / (unit * 0.15)) + 2):
        pen.rect(i * unit * 0.15, y - unit * 0.045, i * unit * 0.15 + unit * 0.010, y + 2)
    tank = (0.5 + side * 0.35) * stage.width
    pen.rect(tank - unit * 0.085, y - unit * 0.30, tank + unit * 0.085, y - unit * 0.13)
    pen.poly(
        [
            (tank - unit * 0.10, y - unit * 0.30),
            (tank, y - unit * 0.37),
            (tank + unit * 0.10, y - unit * 0.30),
        ]
    )
    for leg in (-0.07, -0.025, 0.025, 0.07):
        pen.line(
            [(tank + leg * unit, y - unit * 0.14), (tank + leg * 1.15 * unit, y)], unit * 0.010
        )
    pole = (0.5 - side * 0.33) * stage.width
    pen.line([(pole, y - unit * 0.32), (pole, y)], unit * 0.007)
    for i in range(5):
        half = unit * (0.06 - 0.009 * i)
        pen.line(
            [
                (pole - half, y - unit * (0.30 - 0.032 * i)),
                (pole + half, y - unit * (0.30 - 0.032 * i)),
            ],
            unit * 0.005,
        )
    stamp, colours = pen.stamp(), stage.palette
    stage.plate.press(stamp, scaled(colours.dark, 0.7))
    toward = ((stage.sun_x - 0.5) * stage.width, -stage.height * 0.5)
    rim(
        stage.plate,
        stamp,
        toward,
        colours.light,
        width=max(1.0, unit * 0.005),
        power=0.18 + 0.3 * colours.strength,
    )
    return y + unit * 0.03
