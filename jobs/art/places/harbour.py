"""The village harbour: houses up a hillside, masts, a stone quay to stand on."""

import numpy as np

from jobs.art.colour import BRASS, EMBER, blend, scaled
from jobs.art.glow import fog, lamp
from jobs.art.grid import Grid, ridge, smooth
from jobs.art.land import at, below, paint_rock
from jobs.art.places.coast import far_coast
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_houses, paint_lighthouse, paint_sailboat
from jobs.art.water import paint_water


def harbour(stage: Stage) -> tuple[Spot, ...]:
    horizon, side, unit = stage.level(0.56), stage.side, stage.unit
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    _far_light(stage, horizon)
    _village(stage, horizon)
    fog(stage, horizon - 0.25, horizon, 0.22)
    paint_water(stage, horizon, chop=0.75)
    _boats(stage, horizon)
    y = _quay(stage)
    x = (0.5 - side * 0.20) * stage.width
    tall = unit * 0.36
    return Spot(x, y, tall), Spot(x + side * tall * 0.55, y + unit * 0.005, tall * 0.96)


def _far_light(stage: Stage, horizon: float) -> None:
    x, unit = (0.5 - stage.side * 0.38) * stage.width, stage.unit
    bump = np.exp(-(((stage.columns() - x / stage.width) / (0.26 / stage.aspect)) ** 2)).astype(
        np.float32
    )
    line: Grid = (
        horizon * stage.height
        + 3
        - unit * 0.10 * bump
        - unit * 0.02 * ridge(stage.rng, stage.width, 0.5, 7) * bump
    ).astype(np.float32)
    stage.plate.cover(
        below(stage, line) * (stage.v < horizon + 0.004),
        blend(stage.palette.haze, stage.palette.dark, 0.55),
    )
    paint_lighthouse(stage, x, at(line, x) + 2, unit * 0.19)


def _village(stage: Stage, horizon: float) -> None:
    """Three terraces of houses on a hill, farther ones higher and paler."""
    rng, unit, side, colours = stage.rng, stage.unit, stage.side, stage.palette
    u = stage.columns()
    rise = smooth(-0.06, 0.50, side * (u - 0.5))
    for terrace in range(3):
        far = 1 - terrace / 2
        line: Grid = (
            horizon * stage.height
            + 4
            - unit * (0.10 + 0.34 * far) * rise
            - unit * 0.03 * ridge(rng, stage.width, 0.5, 6) * rise
        ).astype(np.float32)
        if not terrace:
            line -= (unit * 0.10 * rise * ridge(rng, stage.width, 0.5, 7)).astype(np.float32)
        tone = blend(blend(colours.dark, (0.20, 0.22, 0.14), 0.3), colours.haze, 0.12 + 0.26 * far)
        stage.plate.cover(below(stage, line) * (stage.v < horizon + 0.006) * (rise > 0), tone)
        houses = []
        x = stage.width * (0.5 + side * 0.02)
        while 0 < x < stage.width:
            wide = unit * float(rng.uniform(0.075, 0.115)) * (1.15 - 0.35 * far)
            houses.append((x, at(line, x) + unit * 0.028, wide))
            x += side * wide * float(rng.uniform(1.02, 1.5))
        paint_houses(stage, houses, colours.haze, 0.10 + 0.22 * far)


def _boats(stage: Stage, horizon: float) -> None:
    rng, unit, side = stage.rng, stage.unit, stage.side
    for i in range(4):
        x = (0.5 + side * (0.02 + 0.13 * i) + float(rng.uniform(-0.03, 0.03))) * stage.width
        y = (horizon + 0.06 + 0.045 * (i % 3)) * stage.height
        tone = blend(scaled(stage.palette.dark, 0.8), stage.palette.haze, 0.12 - 0.03 * (i % 3))
        paint_sailboat(stage, x, y, unit * float(rng.uniform(0.17, 0.26)), tone, sails=False)
        pen = stage.plate.pen()
        pen.poly(
            [
                (x - unit * 0.07, y + unit * 0.02),
                (x + unit * 0.08, y + unit * 0.02),
                (x + unit * 0.04, y + unit * 0.09),
                (x - unit * 0.05, y + unit * 0.09),
            ],
            120,
        )
        stage.plate.press(pen.stamp(), scaled(stage.palette.dark, 0.8), 0.6)


def _quay(stage: Stage) -> float:
    """Paving in perspective with bollards and a lamp post; give the line to stand on."""
    plate, unit, side, colours = stage.plate, stage.unit, stage.side, stage.palette
    top = stage.height * 0.86
    line: Grid = np.full(stage.width, top, np.float32)
    paint_rock(stage, line, tone=0.95)
    joints = plate.pen()
    for row in (0.25, 0.6):
        y = top + (stage.height - top) * row
        joints.line([(0, y), (stage.width, y)], max(0.7, unit * 0.003))
    for i in range(-14, 15):
        x = stage.width / 2 + i * unit * 0.15
        joints.line(
            [(x, top), (stage.width / 2 + i * unit * 0.24, stage.height)], max(0.6, unit * 0.003)
        )
    plate.press(joints.stamp(), scaled(colours.dark, 0.5), 0.7)
    lip = plate.pen()
    lip.rect(0, top - 1, stage.width, top + unit * 0.010)
    plate.press(lip.stamp(), blend(colours.dark, colours.light, 0.28 + 0.2 * colours.strength), 0.7)
    iron = plate.pen()
    for u in (0.12, 0.42, 0.78):
        x = (u if side > 0 else 1 - u) * stage.width
        iron.poly(
            [
                (x - unit * 0.022, top + unit * 0.03),
                (x - unit * 0.014, top - unit * 0.045),
                (x + unit * 0.014, top - unit * 0.045),
                (x + unit * 0.022, top + unit * 0.03),
            ]
        )
        iron.oval(x, top - unit * 0.048, unit * 0.026, unit * 0.013)
    post = (0.5 - side * 0.40) * stage.width
    iron.line([(post, top + unit * 0.02), (post, top - unit * 0.50)], unit * 0.010)
    iron.poly(
        [
            (post - unit * 0.035, top - unit * 0.575),
            (post, top - unit * 0.62),
            (post + unit * 0.035, top - unit * 0.575),
        ]
    )
    for i in range(3):
        x, y = (0.5 + side * (0.34 + 0.055 * i)) * stage.width, top + unit * 0.025
        iron.rect(x - unit * 0.045, y - unit * (0.075 + 0.03 * (i % 2)), x + unit * 0.045, y)
    plate.press(iron.stamp(), scaled(colours.dark, 0.7))
    glass = plate.pen()
    glass.poly(
        [
            (post - unit * 0.028, top - unit * 0.575),
            (post + unit * 0.028, top - unit * 0.575),
            (post + unit * 0.018, top - unit * 0.50),
            (post - unit * 0.018, top - unit * 0.50),
        ]
    )
    plate.press(glass.stamp(), EMBER if colours.lamps > 1 / 2 else scaled(BRASS, 0.6))
    if colours.lamps > 1 / 2:
        lamp(plate, post, top - unit * 0.54, unit * 0.16, EMBER, power=1.0)
    return top + unit * 0.035
