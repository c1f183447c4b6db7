"""A mountain valley, with somebody on a near ridge."""

import numpy as np

from jobs.art.colour import scaled
from jobs.art.grid import Grid, Rng, ridge
from jobs.art.land import at, below, paint_mountains
from jobs.art.pen import Pen
from jobs.art.shot import Time
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage


def mountain(stage: Stage) -> tuple[Spot, ...]:
    horizon, unit, side = stage.level(0.62), stage.unit, stage.side
    paint_sky(stage, horizon)
    snow = stage.brief.snow or stage.brief.time in {Time.DAWN, Time.DAY, Time.NIGHT}
    paint_mountains(stage, horizon, layers=6, snow=snow)
    u = stage.columns()
    mound = np.exp(-(((u - 0.5 - side * 0.10) * stage.aspect / 0.36) ** 2))
    line: Grid = stage.height * (
        0.885 + 0.035 * np.sin(u * 3.2 + float(stage.rng.uniform(0, 6)))
    ) - unit * (0.04 * ridge(stage.rng, stage.width, 0.5, 6, sharp=False) + 0.13 * mound)
    line = line.astype(np.float32)
    pen = stage.plate.pen()
    for start, stop, count in ((-0.02, 0.34, 14), (0.72, 1.02, 12)):
        flip = (start, stop) if side > 0 else (1 - stop, 1 - start)
        draw_pines(
            stage.rng,
            pen,
            line,
            (flip[0] * stage.width, flip[1] * stage.width),
            count=count,
            tall=(0.14 * unit, 0.46 * unit),
        )
    tone = scaled(stage.palette.dark, 0.85)
    stage.plate.press(pen.stamp(), tone)
    stage.plate.cover(below(stage, line), tone)
    edge = np.exp(np.abs(stage.plate.y - line - 1) * np.float32(-60 / unit)) * below(stage, line)
    stage.plate.shine(
        edge
        * np.exp(np.abs(stage.u - stage.sun_x) * -2)
        * np.float32(0.16 * stage.palette.strength),
        stage.palette.light,
    )
    x = (0.5 + side * 0.10) * stage.width
    tall = unit * 0.25
    beside = x + side * tall * 0.5
    return Spot(x, at(line, x) + 2, tall), Spot(beside, at(line, beside) + 2, tall * 0.96)


def draw_pines(
    rng: Rng,
    pen: Pen,
    line: Grid,
    across: tuple[float, float],
    *,
    count: int,
    tall: tuple[float, float],
) -> None:
    """Draw ragged conifers along a ground line."""
    for x in np.sort(rng.uniform(*across, count)).tolist():
        high, foot = float(rng.uniform(*tall)), at(line, x) + 4
        wide, tiers = high * float(rng.uniform(0.15, 0.21)), int(8 + min(high, 400) / 16)
        lean = float(rng.uniform(-0.02, 0.02)) * high
        pen.poly(
            [
                (x - high * 0.014 - 0.6, foot + 6),
                (x, foot - high * 1.06),
                (x + high * 0.014 + 0.6, foot + 6),
            ]
        )
        for tier, (spread, droop, left) in enumerate(
            rng.uniform((0.72, 0.8, 0.8), (1.12, 1.5, 1.2), (tiers, 3)).tolist()
        ):
            t = (tier + 0.35) / tiers
            y, half, drop = (
                foot - high * (1 - t * 0.92),
                wide * t**0.85 * spread + 1,
                high * 0.055 * droop,
            )
            middle = x + lean * (1 - t)
            right, low = middle + half, y + drop
            pen.poly([(middle, y - high * 0.035), (right, low), (middle, y + drop * 0.65)])
            pen.poly(
                [
                    (middle, y - high * 0.035),
                    (2 * middle - right, y + drop * left),
                    (middle, y + drop * 0.65),
                ]
            )
