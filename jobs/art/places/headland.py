"""The open coast: a lighthouse on its headland, rock at the camera's feet."""

import numpy as np

from jobs.art.colour import blend, scaled
from jobs.art.grid import Grid, ridge, smooth
from jobs.art.land import at, paint_rock, paint_strata
from jobs.art.places.coast import far_coast, pair
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_houses, paint_lighthouse, paint_sailboat
from jobs.art.water import paint_spray, paint_water


def headland(stage: Stage) -> tuple[Spot, ...]:
    """Far view: rock falling into the sea, the tower on its back."""
    horizon, side, unit = stage.level(0.60), stage.side, stage.unit
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    paint_water(stage, horizon, chop=1.6 if stage.brief.rain else 1.0)
    u, y0 = stage.columns(), horizon * stage.height
    middle = 0.5 + side * float(stage.rng.uniform(0.20, 0.30))
    reach = 0.62 / stage.aspect
    along = np.clip(side * (u - (middle - side * reach * 0.78)) / reach, 0, 1)
    line: Grid = (
        y0
        + 0.10 * unit
        - 0.40
        * unit
        * smooth(0, 1.15, along**0.8)
        * (0.82 + 0.3 * ridge(stage.rng, stage.width, 0.58, 8))
    )
    line = np.where(along <= 0, np.float32(stage.height + 10), line).astype(np.float32)
    foot: Grid = (
        y0
        + 0.10 * unit
        + (0.04 * ridge(stage.rng, stage.width, 0.6, 8) + 0.10) * unit * smooth(0, 0.55, along)
    )
    paint_strata(stage, line, foot.astype(np.float32))
    if stage.brief.rain:
        crash = (middle - side * reach * 0.55) * stage.width
        paint_spray(
            stage,
            crash,
            y0 + 0.12 * unit,
            unit * 0.16,
            blend(stage.palette.haze, stage.palette.light, 0.5),
        )
    x = (middle + side * 0.04) * stage.width
    ground = at(line, x) + unit * 0.03
    if (
        stage.brief.says(r"light ?house|light|keeper|coast|tower|beacon")
        or stage.rng.random() > 1 / 3
    ):
        house = x + side * unit * 0.12
        paint_houses(
            stage, [(house, at(line, house) + unit * 0.015, unit * 0.10)], stage.palette.haze, 0.1
        )
        paint_lighthouse(stage, x, ground, min(unit * 0.42, ground * 0.70))
    boat_x = (stage.sun_x + side * 0.05) * stage.width
    if stage.brief.says(r"boat|ship|sail") or stage.rng.random() > 1 / 2:
        paint_sailboat(
            stage,
            boat_x,
            y0 + unit * 0.075,
            unit * 0.15,
            scaled(stage.palette.dark, 0.8),
            sails=not stage.brief.rain,
        )
    return _foreground(stage)


def _foreground(stage: Stage) -> tuple[Spot, ...]:
    """Rocks at the camera's feet; who is there stands on them, on the heavier side."""
    u, side, unit = stage.columns(), stage.side, stage.unit
    heavy = smooth(0.52, 0.95, u) if side > 0 else smooth(0.48, 0.05, u)
    light = smooth(0.35, 0.0, u) if side > 0 else smooth(0.65, 1.0, u)
    rise = (
        (0.05 + 0.17 * ridge(stage.rng, stage.width, 0.5, 7)) * (heavy * 1.25 + light * 0.6) * unit
    )
    line: Grid = (stage.height * 1.03 - rise).astype(np.float32)
    paint_rock(stage, line, tone=0.6)
    x = (0.5 + side * 0.36) * stage.width
    return pair(stage, line, x, unit * 0.26)
