"""A beach: wet sand running into the sea, a line of foam."""

import numpy as np

from jobs.art.colour import blend, scaled
from jobs.art.grid import Grid, smooth
from jobs.art.land import below
from jobs.art.places.coast import far_coast
from jobs.art.shot import Size
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_lighthouse, paint_sailboat
from jobs.art.water import paint_water


def shore(stage: Stage) -> tuple[Spot, ...]:
    """A beach: wet sand running into the sea, a line of foam, rocks."""
    horizon, side, unit = stage.level(0.52), stage.side, stage.unit
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    paint_water(stage, horizon)
    u = stage.columns()
    sweep = side * (u - 0.5)
    edge: Grid = stage.height * (0.90 - 0.24 * smooth(-0.5, 0.5, sweep)) + unit * 0.012 * np.sin(
        u * 21 + float(stage.rng.uniform(0, 6))
    )
    edge = edge.astype(np.float32)
    sand = blend(blend(stage.palette.dark, (0.55, 0.44, 0.32), 0.35), stage.palette.haze, 0.18)
    wet = np.clip((stage.plate.y - edge) / (unit * 0.30), 0, 1)
    grain = 0.86 + 0.28 * stage.rng.random((stage.height, stage.width), dtype=np.float32) * wet
    tint = np.stack([s * (0.75 + 0.35 * wet) * grain for s in sand])
    stage.plate.cover(below(stage, edge) * (0.72 + 0.28 * wet), tint)
    foam = np.exp(-(((stage.plate.y - edge) / np.float32(unit * 0.010)) ** 2)) + 0.5 * np.exp(
        -(((stage.plate.y - edge + unit * 0.05) / np.float32(unit * 0.006)) ** 2)
    )
    stage.plate.cover(
        np.clip(foam, 0, 1) * 0.6, blend(stage.palette.haze, stage.palette.light, 0.6)
    )
    if stage.brief.says(r"light ?house|keeper|tower"):
        x = (0.5 + side * 0.40) * stage.width
        paint_lighthouse(stage, x, horizon * stage.height + 2, unit * 0.24)
    if stage.brief.says(r"boat|ship|sail"):
        paint_sailboat(
            stage,
            (0.5 - side * 0.12) * stage.width,
            horizon * stage.height + unit * 0.05,
            unit * 0.13,
            scaled(stage.palette.dark, 0.8),
        )
    x = (0.5 + side * 0.14) * stage.width
    y = stage.height * 0.93
    tall = unit * (0.40 if stage.brief.size is Size.WIDE else 0.28)
    return Spot(x, y, tall), Spot(x - side * tall * 0.55, y + 2, tall * 0.96)
