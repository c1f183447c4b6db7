"""A room in town: a tall window, a table, books, a lamp."""

import numpy as np

from jobs.art.colour import EMBER, blend
from jobs.art.glow import lamp
from jobs.art.places.coast import paint_sea_view
from jobs.art.places.furniture import draw_chair, draw_shelves, draw_table
from jobs.art.places.skyline import paint_skyline
from jobs.art.places.window import Box, beside, paint_window, press_dark, window_box
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage


def room(stage: Stage) -> tuple[Spot, ...]:
    """A room in town: a tall window, a table, books, a lamp."""
    box = window_box(stage, 0.52, (0.10, 0.66))
    _town_view(stage)
    paint_window(stage, box, (4, 2), blend(stage.palette.dark, (0.34, 0.33, 0.34), 0.30))
    _furnish(stage, box)
    return beside(stage, box)


def _town_view(stage: Stage) -> None:
    paint_sky(stage, 0.62)
    if stage.brief.says(r"\bsea\b|coast|ocean|harbour"):
        paint_sea_view(stage, 0.5)
    else:
        paint_skyline(stage, 0.64, (0.10, 0.36), 0, air=0.40)
    if stage.brief.rain:
        stage.plate.soften(stage.base * 0.012)


def _furnish(stage: Stage, box: Box) -> None:
    unit, side, pen = stage.base, stage.side, stage.plate.pen()
    x, y = (box[0] + box[2]) / 2 - side * unit * 0.10, stage.height * 0.76
    draw_table(pen, x, y, unit * 0.30, stage.height * 0.95)
    pen.rect(x - unit * 0.20, y - unit * 0.05, x - unit * 0.12, y)
    pen.poly(
        [
            (x + unit * 0.14, y),
            (x + unit * 0.12, y - unit * 0.10),
            (x + unit * 0.20, y - unit * 0.10),
            (x + unit * 0.18, y),
        ]
    )
    for i in range(9):
        turn = -1.57 + (i - 4) * 0.26
        tip = (
            x + unit * 0.16 + np.cos(turn) * unit * 0.13,
            y - unit * 0.10 + np.sin(turn) * unit * 0.13,
        )
        pen.limb(
            (x + unit * 0.16, y - unit * 0.09),
            (float(tip[0]), float(tip[1])),
            unit * 0.012,
            unit * 0.003,
        )
    draw_chair(pen, x - side * unit * 0.44, stage.height * 0.955, unit, side)
    draw_shelves(stage, pen)
    lx, foot = (0.5 - side * 0.43) * stage.width, stage.height * 0.93
    pen.line([(lx, stage.height * 0.42), (lx, foot)], unit * 0.010)
    pen.oval(lx, foot, unit * 0.07, unit * 0.014)
    pen.poly(
        [
            (lx - unit * 0.10, stage.height * 0.43),
            (lx - unit * 0.06, stage.height * 0.31),
            (lx + unit * 0.06, stage.height * 0.31),
            (lx + unit * 0.10, stage.height * 0.43),
        ]
    )
    press_dark(stage, pen, box)
    if stage.palette.lamps > 1 / 2:
        lamp(stage.plate, lx, stage.height * 0.40, unit * 0.30, EMBER, power=0.85)
