"""On deck: the bow of a boat from behind its wheel, sea ahead."""

import numpy as np

from jobs.art.colour import EMBER, LAMPLIGHT, Colour, blend, hexed, scaled, under
from jobs.art.glow import lamp
from jobs.art.grid import Grid, fbm
from jobs.art.land import below
from jobs.art.places.coast import far_coast
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_lighthouse
from jobs.art.water import paint_spray, paint_swell, paint_water


def deck(stage: Stage) -> tuple[Spot, ...]:
    horizon, side, unit = stage.level(0.46), stage.side, stage.unit
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    rough = stage.brief.rain or stage.brief.says(r"wave|swell|rough")
    if stage.brief.says(r"light ?house|\blight\b|beam|coast|tower|home|village"):
        x = (0.5 + side * 0.28) * stage.width
        mound: Grid = (
            horizon * stage.height
            - unit * 0.08 * np.exp(-(((stage.columns() - x / stage.width) / 0.10) ** 2))
        ).astype(np.float32)
        stage.plate.cover(
            below(stage, mound) * (stage.v < horizon + 0.004),
            blend(stage.palette.haze, stage.palette.dark, 0.65),
        )
        paint_lighthouse(stage, x, horizon * stage.height - unit * 0.055, unit * 0.21)
    paint_water(stage, horizon, chop=1.5 if rough else 1.0)
    if rough:
        paint_swell(stage, horizon + 0.13, 0.11, tone=0.45)
        paint_spray(
            stage,
            stage.width * (0.5 - side * 0.22),
            stage.height * 0.74,
            unit * 0.26,
            blend(stage.palette.haze, stage.palette.light, 0.5),
        )
    return _hull(stage)


def _hull(stage: Stage) -> tuple[Spot, ...]:
    plate, unit, colours = stage.plate, stage.base, stage.palette
    x, tip, low = stage.width * (0.5 - stage.side * 0.04), stage.height * 0.66, stage.height * 1.02
    wide = max(stage.width * 0.44, unit * 0.8)
    wood = blend(colours.dark, under(hexed("9a7a55"), colours.ambient), 0.62)
    floor = plate.pen()
    floor.blob(
        [
            (x, tip),
            (x + wide * 0.42, stage.height * 0.80),
            (x + wide, low),
            (x + wide * 0.8, low * 1.4),
            (x - wide * 0.8, low * 1.4),
            (x - wide, low),
            (x - wide * 0.42, stage.height * 0.80),
        ]
    )
    stamp = floor.stamp()
    grain = fbm(stage.rng, (stamp.alpha.shape[1], stamp.alpha.shape[0]), (60, 4), 3)
    tint = np.stack([ink * (0.72 + 0.56 * grain) for ink in wood])
    plate.press(stamp, tint)
    seams = plate.pen()
    for i in range(-7, 8):
        seams.line(
            [(x + i * unit * 0.012, tip + unit * 0.06), (x + i * wide * 0.16, low)],
            max(0.7, unit * 0.004),
        )
    plate.press(seams.stamp(), scaled(colours.dark, 0.5), 0.75)
    _rail(stage, x, tip, low=low, wide=wide, wood=wood)
    foot = stage.height * 0.94
    _rigging(stage, x, tip)
    walk = x + stage.side * unit * 0.24
    return Spot(walk, foot, unit * 0.56), Spot(walk - stage.side * unit * 0.40, foot, unit * 0.54)


def _rail(stage: Stage, x: float, tip: float, *, low: float, wide: float, wood: Colour) -> None:
    unit, plate = stage.base, stage.plate
    board, cap = plate.pen(), plate.pen()
    for hand in (-1, 1):
        inner = [
            (x, tip + unit * 0.02),
            (x + hand * wide * 0.40, stage.height * 0.815),
            (x + hand * wide * 0.98, low),
        ]
        outer = [
            (x + hand * wide * 1.14, low * 0.99 - unit * 0.14),
            (x + hand * wide * 0.46, stage.height * 0.80 - unit * 0.115),
            (x, tip - unit * 0.10),
        ]
        board.poly([*inner, (x + hand * wide * 1.3, low), *outer])
        cap.line(outer, unit * 0.022)
    board.limb((x, tip - unit * 0.15), (x, tip), unit * 0.014, unit * 0.02)
    plate.press(board.stamp(), scaled(wood, 0.55))
    plate.press(cap.stamp(), blend(wood, stage.palette.light, 0.10 + 0.12 * stage.palette.strength))


def _rigging(stage: Stage, x: float, tip: float) -> None:
    unit, plate = stage.base, stage.plate
    pen = plate.pen()
    mast = x - stage.side * unit * 0.16
    foot = stage.height * 0.90
    pen.poly(
        [
            (mast - unit * 0.022, foot),
            (mast - unit * 0.015, -10),
            (mast + unit * 0.015, -10),
            (mast + unit * 0.022, foot),
        ]
    )
    for far in (-0.95, -0.55, 0.55, 0.95):
        pen.line(
            [(mast, -unit * 0.5), (mast + far * unit, stage.height * 0.97)], max(0.8, unit * 0.005)
        )
    pen.line([(mast, 0), (x, tip - unit * 0.14)], max(0.8, unit * 0.005))
    plate.press(pen.stamp(), scaled(stage.palette.dark, 0.75))
    light = plate.pen()
    y = stage.height * 0.38
    light.rect(mast - unit * 0.025, y, mast + unit * 0.025, y + unit * 0.06)
    plate.press(
        light.stamp(),
        blend(EMBER, LAMPLIGHT, 0.4)
        if stage.palette.lamps > 1 / 4
        else scaled(stage.palette.dark, 1.2),
    )
    if stage.palette.lamps > 1 / 4:
        lamp(plate, mast, y + unit * 0.03, unit * 0.14, EMBER, power=0.85)
