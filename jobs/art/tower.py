"""Things people built by the sea: a lighthouse tower, gabled houses, boats."""

import math

import numpy as np

from jobs.art.colour import EMBER, LAMPLIGHT, Colour, blend, hexed, scaled, under
from jobs.art.glow import beam, lamp
from jobs.art.grid import Rng, chance
from jobs.art.pen import Pen
from jobs.art.stage import Stage

_RED = hexed("8f3a32")
_PLASTER = hexed("d9d2c2")


def paint_lighthouse(
    stage: Stage, x: float, foot: float, tall: float, *, beams: bool = True
) -> None:
    """A tapered, banded tower with a gallery and a lantern, dark or burning."""
    colours, plate = stage.palette, stage.plate
    wide, top = tall * 0.115, foot - tall
    pen = plate.pen()
    pen.poly([(x - wide, foot), (x - wide * 0.58, top), (x + wide * 0.58, top), (x + wide, foot)])
    stamp = pen.stamp()
    across = (stage.plate.x[:, stamp.columns] - x) / np.float32(wide)
    toward = 1 if stage.sun_x * stage.width > x else -1
    round_ = np.clip(0.46 + 0.52 * across * toward, 0, 1) ** 1.3
    down = (plate.y[stamp.rows] - top) / np.float32(tall)
    band = (np.floor(down * 5) % 2 == 1).astype(np.float32)
    lit, paint = (
        blend(under(_PLASTER, colours.ambient), colours.light, 0.22),
        under(_RED, colours.ambient),
    )
    shade = blend(scaled(colours.dark, 1.0), colours.haze, 0.22)
    tint = np.stack([
        s + (w + (r - w) * band - s) * (0.12 + 0.86 * round_ * min(1.0, colours.strength + 0.42))
        for s, w, r in zip(shade, lit, paint, strict=True)
    ])  # fmt: skip
    plate.press(stamp, tint)
    iron = plate.pen()
    for row in (0.22, 0.5, 0.76):
        iron.rect(x - wide * 0.10, top + tall * row, x + wide * 0.08, top + tall * (row + 0.05))
    iron.rect(x - wide * 0.95, top - tall * 0.022, x + wide * 0.95, top + tall * 0.012)
    for i in range(9):
        rail = x + wide * (-0.92 + 0.23 * i)
        iron.line([(rail, top - tall * 0.075), (rail, top)], max(0.5, wide * 0.035))
    iron.line(
        [(x - wide * 0.95, top - tall * 0.075), (x + wide * 0.95, top - tall * 0.075)],
        max(0.6, wide * 0.05),
    )
    iron.poly(
        [
            (x - wide * 0.62, top - tall * 0.165),
            (x, top - tall * 0.255),
            (x + wide * 0.62, top - tall * 0.165),
        ]
    )
    iron.oval(x, top - tall * 0.26, wide * 0.13, wide * 0.13)
    iron.line([(x, top - tall * 0.33), (x, top - tall * 0.26)], max(0.6, wide * 0.05))
    glass = plate.pen()
    glass.rect(x - wide * 0.5, top - tall * 0.165, x + wide * 0.5, top - tall * 0.015)
    sky = blend(colours.sky[2], colours.dark, 0.45)
    plate.press(glass.stamp(), LAMPLIGHT if stage.brief.lamp_lit else sky)
    for i in range(5):
        bar = x + wide * (-0.5 + 0.25 * i)
        iron.line([(bar, top - tall * 0.165), (bar, top)], max(0.5, wide * 0.05))
    plate.press(iron.stamp(), scaled(colours.dark, 0.9))
    if stage.brief.lamp_lit:
        _burn(stage, x, top - tall * 0.09, tall, beams=beams)


def _burn(stage: Stage, x: float, y: float, tall: float, *, beams: bool) -> None:
    dark = stage.palette.lamps
    lamp(stage.plate, x, y, tall * 0.30, LAMPLIGHT, power=0.5 + 0.8 * dark)
    if beams and dark > 0:
        away = math.pi if stage.sun_x * stage.width < x else 0.0
        sweep = float(stage.rng.uniform(0.03, 0.12))
        for turn, power in (
            (away - sweep * math.cos(away), 0.62),
            (math.pi - away + sweep * math.cos(away), 0.42),
        ):
            beam(
                stage,
                x,
                y,
                -turn if turn > 0 else turn,
                spread=0.045,
                light=LAMPLIGHT,
                power=power * (0.25 + 0.75 * dark),
            )


def draw_house(
    pens: tuple[Pen, Pen, Pen], rng: Rng, x: float, foot: float, *, wide: float, tall: float
) -> None:
    """Draw one gabled house with three pens: wall, roof, lit windows."""
    wall, roof, light = pens
    top, half = foot - tall, wide / 2
    wall.rect(x - half, top, x + half, foot + tall * 0.6)
    if chance(rng, 0.5):
        peak = top - wide * 0.55
        wall.poly([(x - half, top), (x, peak), (x + half, top)])
        roof.line(
            [(x - half * 1.12, top + wide * 0.05), (x, peak), (x + half * 1.12, top + wide * 0.05)],
            wide * 0.07,
        )
    else:
        roof.poly(
            [
                (x - half * 1.1, top),
                (x - half * 0.8, top - wide * 0.38),
                (x + half * 0.8, top - wide * 0.38),
                (x + half * 1.1, top),
            ]
        )
    chimney = x + float(rng.uniform(-0.3, 0.2)) * wide
    roof.rect(chimney, top - wide * 0.62, chimney + wide * 0.14, top - wide * 0.1)
    floors = max(1, round(tall / (wide * 0.55)))
    for floor in range(floors):
        for column in (-0.27, 0.0, 0.27):
            if chance(rng, 0.62):
                wx, wy = x + column * wide, top + tall * (floor + 0.35) / floors
                light.rect(
                    wx - wide * 0.065,
                    wy,
                    wx + wide * 0.065,
                    wy + wide * 0.19,
                    int(rng.uniform(90, 255)),
                )


def paint_houses(
    stage: Stage, spots: list[tuple[float, float, float]], air: Colour, share: float
) -> None:
    """Paint a row of houses at (x, foot, width), with some air in front of them."""
    plate, colours, rng = stage.plate, stage.palette, stage.rng
    washes = [hexed(code) for code in ("b9ad98", "8d6a58", "7e8a8c", "a98f72")]
    groups = [(plate.pen(), plate.pen(), plate.pen()) for _ in washes]
    for x, foot, wide in spots:
        group = groups[int(rng.integers(len(groups)))]
        draw_house(group, rng, x, foot, wide=wide, tall=wide * float(rng.uniform(0.7, 1.25)))
    for wash, (wall, roof, _) in zip(washes, groups, strict=True):
        body = blend(blend(colours.dark, under(wash, colours.ambient), 0.55), air, share)
        plate.press(wall.stamp(), body)
        plate.press(roof.stamp(), blend(scaled(body, 0.45), air, share * 0.6))
    for _, _, light in groups:
        plate.press(
            light.stamp(),
            blend(scaled(colours.dark, 0.7), scaled(EMBER, 1.15), 0.25 + 0.75 * colours.lamps),
            0.92,
        )


def paint_sailboat(
    stage: Stage,
    x: float,
    water: float,
    tall: float,
    tint: Colour,
    *,
    sails: bool = True,
    lean: float = 0.0,
) -> None:
    pen = stage.plate.pen()

    def at(a: float, b: float) -> tuple[float, float]:
        return x + (a * math.cos(lean) + b * math.sin(lean)) * tall, water + (
            a * math.sin(lean) - b * math.cos(lean)
        ) * tall

    pen.poly(
        [
            at(-0.46, 0.11),
            at(-0.30, 0.09),
            at(0.25, 0.09),
            at(0.52, 0.16),
            at(0.36, -0.06),
            at(-0.36, -0.06),
        ]
    )
    pen.line([at(0, 0.05), at(0, 1.0)], max(0.7, tall * 0.014))
    if sails:
        pen.poly([at(0.04, 0.95), at(0.04, 0.17), at(0.46, 0.14)])
        pen.poly([at(-0.04, 0.86), at(-0.04, 0.17), at(-0.35, 0.15)])
    else:
        pen.poly([at(-0.32, 0.10), at(-0.32, 0.33), at(-0.08, 0.33), at(-0.06, 0.10)])
        pen.line([at(0, 0.95), at(0.5, 0.16)], max(0.5, tall * 0.006))
        pen.line([at(0, 0.95), at(-0.44, 0.12)], max(0.5, tall * 0.006))
    stage.plate.press(pen.stamp(), tint)
