"""A studio: a soft dusk for a lens that fills the frame, a painted cloth behind a person."""

import numpy as np

from jobs.art.colour import EMBER, blend, hexed
from jobs.art.fresnel import Lens, paint_lens
from jobs.art.glow import bokeh
from jobs.art.grid import fbm
from jobs.art.stage import Spot, Stage


def dusky(stage: Stage, warm: float) -> None:
    """A soft, dark, uneven ground with the hour's own light from one side."""
    plate, colours = stage.plate, stage.palette
    cloud = fbm(stage.rng, stage.size, (round(2.5 * stage.aspect), 4), 4, every=4)
    across, down = stage.u - stage.sun_x, stage.v - 0.35
    lit = np.exp(-np.sqrt(across * across * 3 + down * down * 2) * 2.2) * (0.6 + 0.8 * cloud)
    low, high = blend(colours.dark, colours.sky[1], 0.25), blend(colours.sky[2], EMBER, warm)
    for plane, dark, light in zip(plate.planes, low, high, strict=True):
        plane[:] = dark * (0.7 + 0.5 * cloud) + (light - dark) * lit * 0.62


def lens(stage: Stage) -> tuple[Spot, ...]:
    """The lens so near that it runs out of the frame."""
    dusky(stage, 0.1)
    bokeh(stage, 10, (0.15, 0.8), [stage.palette.haze, stage.palette.light])
    x, tall = (
        (0.5 + stage.side * float(stage.rng.uniform(0.08, 0.20))) * stage.width,
        stage.base * float(stage.rng.uniform(0.66, 0.92)),
    )
    y = stage.height * float(stage.rng.uniform(0.46, 0.60))
    paint_lens(stage, Lens(x, y, tall * 0.70, tall), lit=stage.brief.lamp_lit)
    return ()


def backdrop(stage: Stage) -> tuple[Spot, ...]:
    """A painted cloth, lighter behind one shoulder, for looking at somebody."""
    plate, colours = stage.plate, stage.palette
    brush = fbm(stage.rng, stage.size, (round(5 * stage.aspect) + 1, 7), 5, 0.62)
    across, down = (stage.u - 0.5 - stage.side * 0.16) * stage.aspect, stage.v - 0.42
    pool = np.exp(-(across * across + down * down) * 2.1)
    low, high = (
        blend(hexed("232b33"), colours.dark, 0.3),
        blend(hexed("7d8683"), colours.haze, 0.35),
    )
    share = np.clip(0.10 + pool * 0.75 + (brush - 0.5) * 0.5, 0, 1)
    for plane, dark, light in zip(plate.planes, low, high, strict=True):
        plane[:] = dark + (light - dark) * share
    return ()
