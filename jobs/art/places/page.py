"""An insert: a written page on a dark table."""

import math

import numpy as np

from jobs.art.colour import EMBER, blend, hexed, scaled, under
from jobs.art.grid import blur, fbm
from jobs.art.pen import Point
from jobs.art.stage import Spot, Stage


def page(stage: Stage) -> tuple[Spot, ...]:
    """A written page on a dark table, a pen and a pool of lamplight."""
    plate, unit, colours = stage.plate, stage.base, stage.palette
    wood = fbm(stage.rng, stage.size, (3, 40), 4, 0.6)
    table = blend(colours.dark, under((0.34, 0.23, 0.15), colours.ambient), 0.6)
    for plane, ink in zip(plate.planes, table, strict=True):
        plane[:] = ink * (0.6 + 0.8 * wood)
    turn = stage.side * -0.14
    x, y = stage.width * 0.5, stage.height * 0.54

    def at(a: float, b: float) -> Point:
        return x + (a * math.cos(turn) - b * math.sin(turn)) * unit, y + (
            a * math.sin(turn) + b * math.cos(turn)
        ) * unit

    shadow, paper, lines, drawing = (plate.pen() for _ in range(4))
    shadow.poly([at(-0.60, -0.36), at(0.66, -0.34), at(0.68, 0.52), at(-0.60, 0.52)])
    shade = shadow.stamp()
    plate.within(shade).dim(blur(shade.alpha, unit * 0.02) * np.float32(0.6))
    paper.poly([at(-0.62, -0.40), at(-0.02, -0.42), at(0.0, 0.46), at(-0.62, 0.48)])
    paper.poly([at(0.02, -0.42), at(0.62, -0.40), at(0.62, 0.48), at(0.02, 0.46)])
    sheet = under(hexed("d8ccb0"), blend(colours.ambient, (1.0, 0.85, 0.62), 0.4))
    stamp = paper.stamp()
    stain = fbm(stage.rng, (stamp.alpha.shape[1], stamp.alpha.shape[0]), (6, 5), 4, 0.6)
    plate.press(stamp, np.stack([ink * (0.78 + 0.36 * stain) for ink in sheet]))
    for column in (-0.56, 0.08):
        for row in range(13):
            a, b = column, -0.32 + row * 0.058
            while a < column + 0.46 * (1.0 if row % 5 else 0.6):
                step = float(stage.rng.uniform(0.02, 0.075))
                lines.line(
                    [at(a, b), at(a + step * 0.5, b - 0.008), at(a + step, b + 0.004)], unit * 0.007
                )
                a += step + 0.018
    plate.press(lines.stamp(), scaled(sheet, 0.22), 0.62)
    drawing.limb(at(0.30, 0.16), at(0.78, -0.22), unit * 0.010, unit * 0.016)
    drawing.poly([at(0.28, 0.18), at(0.31, 0.145), at(0.325, 0.155)])
    plate.press(drawing.stamp(), scaled(colours.dark, 0.7))
    glow_x, glow_y = (stage.width * (0.5 - stage.side * 0.12), stage.height * 0.40)
    across, down = (plate.x - glow_x) / np.float32(unit), (plate.y - glow_y) / np.float32(unit)
    pool = np.exp(-np.sqrt(across * across + down * down) * 1.5)
    plate.planes[:] *= 0.30 + 0.95 * pool
    plate.shine(pool * np.float32(0.12), EMBER)
    return ()
