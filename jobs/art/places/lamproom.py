"""The lamp room: the great lens on its pedestal, gallery windows all round, the sea below."""

import math
from itertools import pairwise

import numpy as np

from jobs.art.colour import BRASS, LAMPLIGHT, blend, scaled, under
from jobs.art.fresnel import Lens, paint_lens
from jobs.art.glow import beam, lamp
from jobs.art.grid import fbm, smooth
from jobs.art.places.coast import far_coast
from jobs.art.shot import Angle
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage
from jobs.art.tower import paint_sailboat
from jobs.art.water import paint_water


def lamp_room(stage: Stage) -> tuple[Spot, ...]:
    """Seen from inside, the lens to one side, or looming in the middle from below."""
    side, unit = stage.side, stage.base
    low = stage.brief.angle is Angle.LOW
    horizon = 0.66 if low else 0.52
    paint_sky(stage, horizon)
    far_coast(stage, horizon)
    paint_water(stage, horizon)
    boat = stage.brief.says(r"\bboat|\bship|\bsail")
    if boat:
        paint_sailboat(
            stage,
            (0.5 - side * 0.22) * stage.width,
            (horizon + 0.04) * stage.height,
            unit * 0.07,
            scaled(stage.palette.dark, 0.8),
        )
        lamp(
            stage.plate,
            (0.5 - side * 0.22) * stage.width,
            (horizon + 0.03) * stage.height,
            unit * 0.02,
            LAMPLIGHT,
            power=0.8,
        )
    if stage.brief.rain:
        stage.plate.soften(unit * 0.006)
    _gallery(stage, horizon)
    top = _room(stage)
    zoom = stage.unit / stage.base
    x = (0.5 + side * (0.02 if low else float(stage.rng.uniform(0.10, 0.20)))) * stage.width
    tall = unit * 0.31 * min(zoom, 1.25) * (1.25 if low else 1.0)
    y = top - tall * (0.92 if low else 1.02)
    _pedestal(stage, x, y + tall, tall * 0.66)
    if stage.brief.lamp_lit:
        for turn in (0.06, math.pi - 0.10):
            beam(stage, x, y, turn, spread=0.10, light=LAMPLIGHT, power=0.34)
    paint_lens(stage, Lens(x, y, tall * 0.74, tall), lit=stage.brief.lamp_lit)
    if stage.brief.lamp_lit:
        _spill(stage, x, y)
    stand = x - side * unit * (0.66 if stage.width > stage.height else 0.40)
    foot = stage.height * 0.955
    return Spot(stand, foot, unit * 0.60), Spot(stand - side * unit * 0.34, foot, unit * 0.58)


def _gallery(stage: Stage, horizon: float) -> None:
    """The railing outside, then the glazing bars of a round room."""
    plate, unit, colours = stage.plate, stage.base, stage.palette
    rail = plate.pen()
    for drop in (0.06, 0.12):
        y = (horizon + drop) * stage.height
        rail.line(
            [(x * stage.width / 8, y + unit * 0.02 * abs(x - 4) / 4) for x in range(9)],
            max(0.7, unit * 0.006),
        )
    for i in range(-16, 17):
        x = stage.width / 2 + i * unit * 0.11
        rail.line(
            [(x, (horizon + 0.05) * stage.height), (x, stage.height * 0.8)], max(0.6, unit * 0.004)
        )
    plate.press(rail.stamp(), scaled(colours.dark, 0.9), 0.85)
    bars = plate.pen()
    radius, step = max(stage.width * 0.58, unit * 0.6), 0.30
    shift = float(stage.rng.uniform(-0.14, 0.14))
    stops = [stage.width / 2 + radius * math.sin(i * step + shift) for i in range(-5, 6)]
    for x in stops:
        bars.line([(x, 0), (x, stage.height)], unit * 0.013)
    for row in (0.16, 0.44):
        sag = [
            (
                x,
                stage.height * row
                + unit
                * 0.05
                * (1 - ((x - stage.width / 2) / radius) ** 2)
                * (1 if row < 1 / 4 else 0.3),
            )
            for x in np.linspace(0, stage.width, 25).tolist()
        ]
        bars.line(sag, unit * 0.009)
    if stage.brief.says(r"lattice|diamond|diagonal") or stage.seed_bit:
        for left, right in pairwise(stops):
            bars.line([(left, stage.height * 0.10), (right, stage.height * 0.80)], unit * 0.008)
            bars.line([(right, stage.height * 0.10), (left, stage.height * 0.80)], unit * 0.008)
    stamp = bars.stamp()
    plate.press(stamp, scaled(colours.dark, 0.75))


def _room(stage: Stage) -> float:
    """Dome above, iron wall and chequered floor below; give the height of the sill."""
    plate, unit, colours, v = stage.plate, stage.base, stage.palette, stage.v
    sill = 0.74
    arch = ((stage.plate.x - stage.width / 2) / (stage.width * 0.62)) ** 2
    dome = smooth(0.004, -0.004, v - 0.045 - 0.05 * (1 - arch))
    plate.cover(dome, scaled(colours.dark, 0.7))
    ribs = plate.pen()
    for i in range(-7, 8):
        ribs.line(
            [
                (stage.width / 2 + i * unit * 0.03, -unit * 0.05),
                (stage.width / 2 + i * unit * 0.24, stage.height * 0.10),
            ],
            unit * 0.01,
        )
    plate.press(ribs.stamp(), under(blend(colours.haze, BRASS, 0.4), colours.ambient), 0.30)
    grain = fbm(stage.rng, stage.size, (round(12 * stage.aspect), 20), 4)
    wall = blend(colours.dark, under((0.30, 0.36, 0.34), colours.ambient), 0.45)
    glow = np.exp(-((stage.u - stage.sun_x) ** 2) * 3) * (0.30 + 0.25 * colours.strength)
    below = smooth(sill - 0.003, sill + 0.003, v)
    plate.cover(
        below,
        np.stack(
            [
                ink * (0.6 + 0.5 * grain) + light * 0.10 * glow
                for ink, light in zip(wall, colours.light, strict=True)
            ]
        ),
    )
    parts = plate.pen()
    for i in range(-8, 9):
        x = stage.width / 2 + i * unit * 0.26
        parts.line(
            [(x, sill * stage.height), (x + i * unit * 0.008, stage.height * 0.885)],
            max(0.8, unit * 0.006),
        )
    parts.rect(0, stage.height * 0.878, stage.width, stage.height * 0.892)
    plate.press(parts.stamp(), scaled(colours.dark, 0.6), 0.9)
    _floor(stage, 0.89)
    edge = plate.pen()
    edge.rect(0, (sill - 0.008) * stage.height, stage.width, (sill + 0.014) * stage.height)
    plate.press(edge.stamp(), blend(wall, colours.light, 0.22 + 0.2 * colours.strength))
    return stage.height * (sill + 0.02)


def _floor(stage: Stage, start: float) -> None:
    depth = np.clip((stage.v - start) / (1 - start), 0, 1)
    near = 1 / (1.25 - depth)
    checks = np.sign(
        np.sin((stage.plate.x - stage.width / 2) / near / stage.base * 34) * np.sin(near * 9)
    )
    colours = stage.palette
    shine = np.exp(-((stage.u - stage.sun_x) ** 2) * 6) * 0.2
    tint = np.stack(
        [
            dark * (0.9 + 0.28 * checks) + light * shine * 0.5
            for dark, light in zip(
                blend(colours.dark, colours.haze, 0.16), colours.light, strict=True
            )
        ]
    )
    stage.plate.cover(smooth(start - 0.002, start + 0.002, stage.v), tint)


def _pedestal(stage: Stage, x: float, top: float, wide: float) -> None:
    colours, pen, plate = stage.palette, stage.plate.pen(), stage.plate
    pen.poly(
        [
            (x - wide * 0.55, top),
            (x + wide * 0.55, top),
            (x + wide * 0.42, top + wide * 0.25),
            (x + wide * 0.36, stage.height),
            (x - wide * 0.36, stage.height),
            (x - wide * 0.42, top + wide * 0.25),
        ]
    )
    pen.oval(x, top + wide * 0.02, wide * 0.72, wide * 0.09)
    stamp = pen.stamp()
    across = (plate.x[:, stamp.columns] - x) / np.float32(wide)
    turn = np.clip(0.45 - across * stage.side * 0.9, 0.05, 1)
    iron = under((0.20, 0.34, 0.30), colours.ambient)
    plate.press(
        stamp,
        np.stack(
            [
                dark + (light * 1.2 - dark) * turn * np.ones_like(stamp.alpha) * 0.7
                for dark, light in zip(scaled(colours.dark, 0.7), iron, strict=True)
            ]
        ),
    )
    bands = plate.pen()
    for y in (0.06, 0.30):
        bands.rect(x - wide * 0.45, top + wide * y, x + wide * 0.45, top + wide * (y + 0.035))
    plate.press(bands.stamp(), under(BRASS, colours.ambient), 0.8)


def _spill(stage: Stage, x: float, y: float) -> None:
    """Lamplight on the room itself."""
    across, down = (
        (stage.plate.x - x) / np.float32(stage.base),
        (stage.plate.y - y) / np.float32(stage.base),
    )
    stage.plate.shine(
        np.exp(np.sqrt(across * across + down * down) * -2.4) * np.float32(0.34), LAMPLIGHT
    )
