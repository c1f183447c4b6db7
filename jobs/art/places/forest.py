"""Ranks of pines on both sides of a path that leads to the light."""

import numpy as np

from jobs.art.colour import blend, hexed, scaled
from jobs.art.glow import fog
from jobs.art.grid import Grid, blur, ridge, smooth
from jobs.art.land import at, below, paint_mountains
from jobs.art.places.mountain import draw_pines
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage


def forest(stage: Stage) -> tuple[Spot, ...]:
    """Ranks of pines on both sides of a path that leads to the light."""
    horizon, unit, colours, plate, rng = (
        stage.level(0.66),
        stage.unit,
        stage.palette,
        stage.plate,
        stage.rng,
    )
    paint_sky(stage, horizon)
    paint_mountains(stage, horizon - 0.10, layers=3, hero=False)
    plate.cover(
        smooth(horizon - 0.30, horizon + 0.10, stage.v) * 0.6 * np.ones_like(stage.u), colours.haze
    )
    path = 0.5 + (stage.sun_x - 0.5) * 0.4
    pale = blend(colours.haze, colours.light, 0.25)
    u = stage.columns()
    line: Grid = np.full(stage.width, horizon * stage.height, np.float32)
    for rank in range(4):
        near = rank / 3
        base = (horizon - 0.02 + (0.93 - horizon) * near) * stage.height
        line = (
            base
            + unit * 0.025 * np.sin(u * (8.5 - 3.5 * near) + float(rng.uniform(0, 6)))
            - unit * 0.02 * ridge(rng, stage.width, 0.5, 6, sharp=False)
        ).astype(np.float32)
        pen = plate.pen()
        gap, tall = (
            (0.05 + 0.13 * near) * 2.2 / max(stage.aspect, 1),
            ((0.22 + 0.55 * near) * unit, (0.50 + 1.05 * near) * unit),
        )
        count = max(3, round((30 - 23 * near) * stage.aspect / 2.39))
        for start, stop in ((-0.04, path - gap), (path + gap, 1.04)):
            draw_pines(
                rng,
                pen,
                line,
                (start * stage.width, max(stop, start + 0.01) * stage.width),
                count=count,
                tall=tall,
            )
        stamp = pen.stamp()
        tone = blend(blend(colours.haze, colours.dark, 0.36), scaled(colours.dark, 0.6), near**0.75)
        for mask, cover in (
            (smooth(base - unit * 0.32, base + unit * 0.05, plate.y), 0.72 - 0.66 * near),
        ):
            mist = mask * np.float32(cover)
            body = np.stack([ink + (air - ink) * mist for ink, air in zip(tone, pale, strict=True)])
            plate.press(stamp, body[:, stamp.rows])
            plate.cover(below(stage, line), body)
        if rank < 3:  # noqa: PLR2004
            fog(stage, 0.35, 0.85, 0.36 - 0.20 * near, pale)
    _trail(stage, path, line)
    _rays(stage)
    if colours.lamps > 1 / 2:
        _fireflies(stage)
    x = path * stage.width
    tall_one = unit * 0.32
    foot = at(line, x) + unit * 0.03
    return Spot(x, foot, tall_one), Spot(x + stage.side * tall_one * 0.5, foot, tall_one * 0.96)


def _trail(stage: Stage, path: float, line: Grid) -> None:
    x, unit, pen = path * stage.width, stage.unit, stage.plate.pen()
    y, low = at(line, x) + 1, float(stage.height)
    pen.poly(
        [
            (x - unit * 0.10, y),
            (x + unit * 0.10, y),
            (x + unit * 0.34, low + 2),
            (x - unit * 0.30, low + 2),
        ]
    )
    stamp = pen.stamp()
    tone = blend(stage.palette.haze, stage.palette.dark, 0.35)
    stage.plate.within(stamp).cover(blur(stamp.alpha, unit * 0.02) * np.float32(0.55), tone)


def _rays(stage: Stage) -> None:
    across, down = (stage.u - stage.sun_x) * stage.aspect, stage.v - stage.sun_y
    turn = np.arctan2(down + 0.05, across)
    bars = stage.rng.random(90) ** 2.2
    far: Grid = np.sqrt(across * across + down * down)
    ray = np.interp(turn, np.linspace(-np.pi, np.pi, 90), bars).astype(np.float32)
    ray *= np.exp(far * -1.9) * smooth(0.02, 0.25, far)
    stage.plate.shine(
        blur(ray, stage.base * 0.012) * np.float32(0.36 * stage.palette.strength),
        stage.palette.light,
    )


def _fireflies(stage: Stage) -> None:
    flies = np.zeros((stage.height, stage.width), np.float32)
    rows = (stage.rng.uniform(0.6, 0.93, 40) * stage.height).astype(np.intp)
    flies[rows, (stage.rng.random(40) * stage.width).astype(np.intp)] = stage.rng.uniform(
        0.5, 1, 40
    )
    shine = np.clip(blur(flies, 2) * 20 + blur(flies, 8) * 50, 0, 1)
    stage.plate.shine(shine * np.float32(0.9), hexed("ffe27a"))
