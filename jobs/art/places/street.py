"""Down the middle of a street: walls converging, wet ground taking the lights."""

import numpy as np

from jobs.art.colour import EMBER, Colour, blend, hexed, scaled
from jobs.art.glow import fog, lamp
from jobs.art.grid import Grid, blur, chance, smooth
from jobs.art.places.skyline import paint_skyline
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage

_NEON = ("ff6f91", "8fd0ff", "ffc878", "7fe0c0")


def street(stage: Stage) -> tuple[Spot, ...]:
    """Down the middle of a street, walls converging, wet ground taking the lights."""
    horizon, unit = stage.level(0.60), stage.unit
    paint_sky(stage, horizon)
    x, y = stage.sun_x * stage.width * 0.5 + stage.width * 0.25, horizon * stage.height
    paint_skyline(stage, horizon + 0.01, (0.08, 0.22), 0, air=0.5)
    _pavement(stage, x, y)
    for hand in (-1, 1):
        _facades(stage, x, y, hand)
    fog(stage, horizon - 0.3, horizon + 0.05, 0.30)
    _reflect(stage, y)
    foot = stage.height * 0.93
    tall = unit * 0.46
    return Spot(x - stage.side * unit * 0.10, foot, tall), Spot(
        x + stage.side * unit * 0.12, foot, tall * 0.97
    )


def _pavement(stage: Stage, x: float, y: float) -> None:
    colours = stage.palette
    depth = np.clip((stage.plate.y - y) / (stage.height - y), 0, 1)
    tone = blend(colours.dark, colours.haze, 0.30)
    far = blend(stage.plate.row(y - 3), colours.haze, 0.4)
    glow = np.exp(-(((stage.plate.x - x) / (stage.base * (0.1 + 0.5 * depth))) ** 2)) * 0.4
    mask = np.clip(stage.plate.y - y + 0.5, 0, 1)
    stage.plate.cover(
        mask,
        np.stack(
            [
                f + (t - f) * (0.35 + 0.65 * depth) + f * glow * 0.6
                for t, f in zip(tone, far, strict=True)
            ]
        ),
    )


def _facades(stage: Stage, x: float, y: float, hand: int) -> None:
    """Houses from far to near along one side."""
    colours, rng, unit = stage.palette, stage.rng, stage.unit
    reach = max(stage.width * 0.62, unit * 0.9)
    stops = [0.07, 0.11, 0.17, 0.27, 0.42, 0.66, 1.05]
    for near in range(len(stops) - 1):
        a, b = stops[near], stops[near + 1]
        high = float(rng.uniform(1.05, 1.75))
        x0, x1 = x + hand * reach * a, x + hand * reach * b
        drop = (stage.height - y) * 0.95
        t0, t1, b0, b1 = (y - a * high * unit, y - b * high * unit, y + a * drop, y + b * drop)
        wall = stage.plate.pen()
        wall.poly([(x0, t0), (x1, t1), (x1, b1), (x0, b0)])
        tone = blend(
            blend(colours.haze, colours.dark, min(1, 0.35 + near * 0.13)), (0.3, 0.25, 0.22), 0.08
        )
        stage.plate.press(wall.stamp(), scaled(tone, float(rng.uniform(0.85, 1.1))))
        panes, sign = stage.plate.pen(), stage.plate.pen()
        for column in range(4):
            for row in range(6):
                if not chance(rng, 0.20 + 0.42 * colours.lamps):
                    continue
                u0, v0 = (column + 0.22) / 4, (row + 0.25) / 6.4
                u1, v1 = u0 + 0.13, v0 + 0.085
                panes.poly(
                    [
                        (
                            x0 + (x1 - x0) * u,
                            (t0 + (t1 - t0) * u) + ((b0 - t0) + ((b1 - t1) - (b0 - t0)) * u) * v,
                        )
                        for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1))
                    ],
                    int(rng.uniform(80, 240)),
                )
        stage.plate.press(
            panes.stamp(),
            blend(scaled(colours.haze, 0.7), EMBER, colours.lamps),
            0.35 + 0.6 * colours.lamps,
        )
        if chance(rng, 0.6) and near > 1:
            side = x0 + (x1 - x0) * 0.3
            up = y - b * unit * float(rng.uniform(0.30, 0.55))
            sign.rect(
                side - hand * unit * b * 0.05,
                up,
                side + hand * unit * b * 0.10,
                up + b * unit * 0.20,
            )
            neon: Colour = hexed(_NEON[int(rng.integers(len(_NEON)))])
            stage.plate.press(sign.stamp(), scaled(neon, 0.35 + 0.7 * colours.lamps), 0.9)
            if colours.lamps > 1 / 2:
                lamp(stage.plate, side, up + b * unit * 0.1, unit * 0.16 * b + 2, neon, power=0.7)


def _reflect(stage: Stage, y: float) -> None:
    """A wet road: everything over the curb, smeared downwards."""
    top = int(y)
    count = stage.height - top
    if count < 2 or top < 2:  # noqa: PLR2004
        return
    rows = np.clip(top - 1 - np.arange(count) * top // max(count * 2, 1), 0, top - 1)
    share = (0.42 if stage.brief.rain else 0.22) * smooth(
        0, 0.3, np.linspace(0, 1, count, dtype=np.float32)
    )[:, None]
    for plane in stage.plate.planes:
        seen: Grid = blur(plane[rows], stage.base * 0.012)
        plane[top:] += seen * share
