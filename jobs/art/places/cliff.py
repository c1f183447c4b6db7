"""Under the lighthouse: the tower large against the sky, steps winding up to its door."""

import numpy as np

from jobs.art.colour import blend, scaled
from jobs.art.grid import Grid, ridge, smooth
from jobs.art.land import at, paint_rock
from jobs.art.places.coast import far_coast, pair
from jobs.art.shot import Angle
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_houses, paint_lighthouse
from jobs.art.water import paint_water


def cliff(stage: Stage) -> tuple[Spot, ...]:
    """Near view: the tower large against the sky, a path with steps winding up to its door."""
    horizon, side, unit = stage.level(0.70), stage.side, stage.unit
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    paint_water(stage, horizon, chop=1.5 if stage.brief.rain else 1.0)
    u = stage.columns()
    crest = 0.5 + side * 0.26
    near = np.clip(side * (u - (crest - side * 0.52)) / 0.56, 0, 1)
    line: Grid = stage.height * (1.04 - 0.50 * smooth(0, 1.0, near)) - unit * 0.05 * ridge(
        stage.rng, stage.width, 0.5, 7
    )
    line = line.astype(np.float32)
    paint_rock(stage, line, tone=1.0, grassy=1.0)
    x = crest * stage.width
    tall = unit * (0.86 if stage.brief.angle is Angle.LOW else 0.66)
    house = x + side * unit * 0.19
    if 0 < house < stage.width:
        paint_houses(
            stage, [(house, at(line, house) + unit * 0.02, unit * 0.17)], stage.palette.haze, 0.05
        )
    paint_lighthouse(stage, x, at(line, x) + unit * 0.03, min(tall, at(line, x) * 0.80))
    _path(stage, line, x)
    walk = (crest - side * 0.26) * stage.width
    return pair(stage, line, walk, unit * 0.28)


def _path(stage: Stage, line: Grid, door: float) -> None:
    """Steps from the lower edge of the frame to the door, wider as they come nearer."""
    pen, risers, unit = stage.plate.pen(), stage.plate.pen(), stage.unit
    top, start = at(line, door) + unit * 0.03, door - stage.side * stage.width * 0.10
    count = 15
    for i in range(count):
        t = i / (count - 1)
        y = top + (stage.height - top) * t**1.25
        x = door + (start - door) * t + np.sin(t * 4.6) * unit * 0.10 * stage.side
        half, thick = unit * (0.018 + 0.12 * t), unit * (0.006 + 0.022 * t)
        pen.poly(
            [
                (x - half, y),
                (x + half, y),
                (x + half * 1.05, y + thick),
                (x - half * 1.05, y + thick),
            ]
        )
        risers.rect(x - half * 1.05, y + thick, x + half * 1.05, y + thick * 1.9)
    tone = blend(
        stage.palette.dark,
        blend(stage.palette.haze, stage.palette.light, 0.4),
        0.30 + 0.15 * stage.palette.strength,
    )
    stage.plate.press(pen.stamp(), tone, 0.9)
    stage.plate.press(risers.stamp(), scaled(stage.palette.dark, 0.6), 0.85)
