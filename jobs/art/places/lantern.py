"""An insert: two hands round a storm lantern."""

import math

import numpy as np

from jobs.art.casting import looks
from jobs.art.colour import BRASS, EMBER, LAMPLIGHT, blend, scaled, under
from jobs.art.glow import bokeh, lamp, rim
from jobs.art.grid import fbm
from jobs.art.look import Look
from jobs.art.pen import Point
from jobs.art.places.studio import dusky
from jobs.art.stage import Spot, Stage


def lantern(stage: Stage) -> tuple[Spot, ...]:
    """Two hands holding a storm lantern, sleeves in the colour of whoever's they are."""
    dusky(stage, 0.35)
    bokeh(stage, 9, (0.1, 0.7), [EMBER, stage.palette.haze])
    unit = stage.base
    x, y = (0.5 + stage.side * 0.06) * stage.width, stage.height * 0.52
    who = stage.brief.people[0] if stage.brief.people else looks("a woman")[0]
    dark = stage.brief.says(r"\b(?:out|unlit|dark|dead|cold|empty)\b") and not stage.brief.says(
        r"match|lights|burn|glow"
    )
    _sleeves(stage, who, x, y)
    _storm_lantern(stage, x, y, lit=not dark)
    _hands(stage, who, x, y, lit=not dark)
    if not dark:
        lamp(stage.plate, x, y, unit * 0.42, EMBER, power=1.0)
    return ()


def _storm_lantern(stage: Stage, x: float, y: float, *, lit: bool) -> None:
    plate, unit, colours = stage.plate, stage.base, stage.palette
    metal = blend(scaled(colours.dark, 0.8), under(BRASS, colours.ambient), 0.7 if not lit else 0.8)
    glass, body, wire = plate.pen(), plate.pen(), plate.pen()
    glass.blob(
        [
            (x - unit * 0.085, y - unit * 0.17),
            (x + unit * 0.085, y - unit * 0.17),
            (x + unit * 0.15, y),
            (x + unit * 0.10, y + unit * 0.17),
            (x - unit * 0.10, y + unit * 0.17),
            (x - unit * 0.15, y),
        ]
    )
    plate.press(
        glass.stamp(),
        blend(EMBER, LAMPLIGHT, 0.4) if lit else blend(colours.sky[2], colours.dark, 0.3),
        0.85,
    )
    if lit:
        flame = plate.pen()
        flame.blob(
            [
                (x, y - unit * 0.13),
                (x + unit * 0.040, y + unit * 0.03),
                (x + unit * 0.022, y + unit * 0.10),
                (x - unit * 0.022, y + unit * 0.10),
                (x - unit * 0.036, y + unit * 0.03),
            ]
        )
        plate.press(flame.stamp(), (1.3, 1.2, 0.95))
    body.poly(
        [
            (x - unit * 0.16, y + unit * 0.17),
            (x + unit * 0.16, y + unit * 0.17),
            (x + unit * 0.20, y + unit * 0.33),
            (x - unit * 0.20, y + unit * 0.33),
        ]
    )
    body.poly(
        [
            (x - unit * 0.10, y - unit * 0.17),
            (x + unit * 0.10, y - unit * 0.17),
            (x + unit * 0.075, y - unit * 0.27),
            (x - unit * 0.075, y - unit * 0.27),
        ]
    )
    body.oval(x, y - unit * 0.29, unit * 0.05, unit * 0.035)
    for hand in (-1, 1):
        wire.line(
            [
                (x + hand * unit * 0.17, y + unit * 0.20),
                (x + hand * unit * 0.20, y),
                (x + hand * unit * 0.15, y - unit * 0.22),
                (x + hand * unit * 0.08, y - unit * 0.25),
            ],
            unit * 0.018,
        )
    arc: list[Point] = [
        (x + math.cos(a) * unit * 0.20, y - unit * 0.20 + math.sin(a) * unit * 0.28)
        for a in np.linspace(math.pi, 2 * math.pi, 20).tolist()
    ]
    wire.line(arc, unit * 0.012)
    for pen in (body, wire):
        stamp = pen.stamp()
        plate.press(stamp, metal)
        rim(
            plate,
            stamp,
            (-stage.side, -0.6),
            blend(colours.light, EMBER, 0.6 if lit else 0.1),
            width=max(1.5, unit * 0.008),
            power=0.4,
        )


def _sleeves(stage: Stage, who: Look, x: float, y: float) -> None:
    unit, colours = stage.base, stage.palette
    cloth = blend(
        scaled(colours.dark, 0.7), under(who.coat, blend(colours.ambient, EMBER, 0.35)), 0.75
    )
    for hand in (-1, 1):
        pen = stage.plate.pen()
        pen.limb(
            (x + hand * unit * 0.34, y + unit * 0.34),
            (x + hand * unit * 0.92, y + unit * 0.80),
            unit * 0.115,
            unit * 0.25,
        )
        stamp = pen.stamp()
        fold = (
            fbm(stage.rng, (stamp.alpha.shape[1], stamp.alpha.shape[0]), (5, 6), 4, 0.6)
            if stamp.alpha.size
            else stamp.alpha
        )
        stage.plate.press(stamp, np.stack([ink * (0.45 + 1.0 * fold) for ink in cloth]))
        rim(stage.plate, stamp, (-hand, -0.8), EMBER, width=max(2.0, unit * 0.016), power=0.30)
        cuff = stage.plate.pen()
        cuff.limb(
            (x + hand * unit * 0.315, y + unit * 0.37),
            (x + hand * unit * 0.385, y + unit * 0.29),
            unit * 0.05,
            unit * 0.05,
        )
        stage.plate.press(cuff.stamp(), scaled(cloth, 0.6))


def _hands(stage: Stage, who: Look, x: float, y: float, *, lit: bool) -> None:
    """Fingers wrapped round the base; lit from within."""
    unit, colours = stage.base, stage.palette
    lamp_tone = blend(colours.ambient, (1.0, 0.78, 0.5), 0.6 if lit else 0.0)
    skin = blend(scaled(colours.dark, 0.6), under(who.skin, lamp_tone), 0.85)
    for hand in (-1, 1):
        palm = stage.plate.pen()
        palm.blob(
            [
                (x + hand * a * unit, y + b * unit)
                for a, b in (
                    (0.16, 0.19),
                    (0.25, 0.17),
                    (0.35, 0.27),
                    (0.37, 0.37),
                    (0.27, 0.42),
                    (0.17, 0.38),
                )
            ]
        )
        stamp = palm.stamp()
        stage.plate.press(stamp, scaled(skin, 0.72))
        for i in range(4):
            finger = stage.plate.pen()
            row = y + unit * (0.205 + 0.052 * i)
            knuckle, tip = (
                (x + hand * unit * (0.235 - 0.006 * i), row),
                (x + hand * unit * (0.055 + 0.012 * i), row + unit * 0.012),
            )
            finger.limb(knuckle, tip, unit * 0.030, unit * 0.023)
            shape = finger.stamp()
            stage.plate.press(shape, scaled(skin, 1.0 - 0.10 * i))
            rim(
                stage.plate,
                shape,
                (-hand * 0.3, -1),
                blend(colours.light, EMBER, 0.7),
                width=max(1.5, unit * 0.010),
                power=0.34 if lit else 0.16,
            )
            line = stage.plate.pen()
            line.line(
                [(knuckle[0], row + unit * 0.028), (tip[0], row + unit * 0.036)],
                max(0.8, unit * 0.005),
            )
            stage.plate.press(line.stamp(), scaled(skin, 0.32), 0.8)
        thumb = stage.plate.pen()
        thumb.limb(
            (x + hand * unit * 0.27, y + unit * 0.20),
            (x + hand * unit * 0.155, y + unit * 0.115),
            unit * 0.036,
            unit * 0.024,
        )
        shape = thumb.stamp()
        stage.plate.press(shape, skin)
        rim(
            stage.plate,
            shape,
            (-hand, -0.6),
            blend(colours.light, EMBER, 0.7),
            width=max(1.5, unit * 0.010),
            power=0.34 if lit else 0.16,
        )
