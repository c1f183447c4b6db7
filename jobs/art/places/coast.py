"""The far coast every sea picture has, and standing side by side on a line."""

import numpy as np

from jobs.art.colour import blend, scaled
from jobs.art.grid import Grid, ridge, smooth
from jobs.art.land import at, below
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_sailboat
from jobs.art.water import paint_water


def far_coast(stage: Stage, horizon: float) -> None:
    """Low hills on the horizon, thinner toward the light."""
    colours, u = stage.palette, stage.columns()
    for layer in range(2):
        gap = smooth(0.15 + 0.3 * layer, 0.75, np.abs(u - stage.sun_x + 0.1) * 1.9)
        line = (
            horizon * stage.height
            - (0.07 + 0.025 * layer)
            * stage.base
            * gap
            * np.maximum(0, ridge(stage.rng, stage.width, 0.5, 8) - 0.3)
            * 1.6
        )
        mask = below(stage, line) * (stage.v < horizon + 0.004)
        stage.plate.cover(mask, blend(colours.haze, colours.dark, 0.28 + 0.26 * layer))


def pair(stage: Stage, line: Grid, x: float, tall: float) -> tuple[Spot, ...]:
    beside = x - stage.side * tall * 0.5
    return Spot(x, at(line, x) + 2, tall), Spot(beside, at(line, beside) + 2, tall * 0.96)


def paint_sea_view(stage: Stage, horizon: float) -> None:
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    paint_water(stage, horizon)
    if stage.brief.says(r"boat|ship|sail"):
        x = (0.5 - stage.side * 0.13) * stage.width
        paint_sailboat(
            stage,
            x,
            (horizon + 0.03) * stage.height,
            stage.base * 0.07,
            scaled(stage.palette.dark, 0.8),
        )
