"""A boat among waves, the coast and its light far behind."""

import numpy as np

from jobs.art.colour import LAMPLIGHT, blend, scaled
from jobs.art.glow import lamp
from jobs.art.grid import Grid
from jobs.art.land import below
from jobs.art.places.coast import far_coast
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_lighthouse, paint_sailboat
from jobs.art.water import paint_spray, paint_swell, paint_water


def boat(stage: Stage) -> tuple[Spot, ...]:
    """A boat among waves, the coast and its light far behind."""
    horizon, side, unit = stage.level(0.50), stage.side, stage.unit
    rough = stage.brief.rain or stage.brief.says(r"wave|swell|rough")
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    if stage.brief.says(r"light ?house|\blight\b|keeper|coast|tower|beam"):
        x = (0.5 + side * 0.34) * stage.width
        line: Grid = horizon * stage.height - unit * 0.10 * np.exp(
            -(((stage.columns() - x / stage.width) / 0.13) ** 2)
        ).astype(np.float32)
        stage.plate.cover(
            below(stage, line) * (stage.v < horizon + 0.004),
            blend(stage.palette.haze, stage.palette.dark, 0.7),
        )
        paint_lighthouse(stage, x, horizon * stage.height - unit * 0.07, unit * 0.20)
    paint_water(stage, horizon, chop=1.5 if rough else 1.0)
    lean = -side * float(stage.rng.uniform(0.10, 0.22)) if rough else 0.02
    x, water = (
        (0.5 - side * 0.10) * stage.width,
        (horizon + (0.24 if rough else 0.20)) * stage.height,
    )
    tone = blend(scaled(stage.palette.dark, 0.8), stage.palette.haze, 0.06)
    if rough:
        paint_swell(stage, horizon + 0.12, 0.09, tone=0.35)
    paint_sailboat(stage, x, water, unit * 0.50, tone, sails=not rough, lean=lean)
    from_lamp = stage.palette.lamps
    if from_lamp > 0.5 or rough:  # noqa: PLR2004
        lamp(stage.plate, x - unit * 0.06, water - unit * 0.11, unit * 0.05, LAMPLIGHT, power=0.9)
    if rough:
        paint_swell(stage, horizon + 0.30, 0.16, tone=0.55)
        paint_spray(
            stage,
            x + unit * 0.20,
            water + unit * 0.02,
            unit * 0.12,
            blend(stage.palette.haze, stage.palette.light, 0.5),
        )
        paint_swell(stage, 0.98, 0.22, tone=0.85, foam=0.8)
    return Spot(x - unit * 0.10, water - unit * 0.03, unit * 0.17), Spot(
        x + unit * 0.09, water - unit * 0.03, unit * 0.16
    )
