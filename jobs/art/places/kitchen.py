"""The keeper's kitchen: a window on the sea, a stove, a set table, a hanging lamp."""

import numpy as np

from jobs.art.colour import BRASS, EMBER, blend, hexed, scaled, under
from jobs.art.glow import lamp
from jobs.art.pen import path
from jobs.art.places.coast import paint_sea_view
from jobs.art.places.furniture import draw_chair, draw_shelves, draw_table
from jobs.art.places.window import Box, beside, paint_window, press_dark, window_box
from jobs.art.plate import Plate
from jobs.art.stage import Spot, Stage


def kitchen(stage: Stage) -> tuple[Spot, ...]:
    """The keeper's kitchen: a window on the sea, a stove, a table, a hanging lamp."""
    box = window_box(stage, 0.24, (0.17, 0.56))
    paint_sea_view(stage, 0.44)
    paint_window(stage, box, (2, 2), blend(stage.palette.dark, (0.46, 0.40, 0.32), 0.34))
    _kitchen_things(stage, box)
    return beside(stage, box)


def _kitchen_things(stage: Stage, box: Box) -> None:
    unit, side, plate = stage.base, stage.side, stage.plate
    pen = plate.pen()
    stove = (0.5 - side * 0.37) * stage.width
    top, foot = stage.height * 0.60, stage.height * 0.93
    pen.rect(stove - unit * 0.19, top, stove + unit * 0.19, foot - unit * 0.04)
    pen.rect(stove - unit * 0.21, top - unit * 0.02, stove + unit * 0.21, top + unit * 0.015)
    for hand in (-0.16, 0.13):
        pen.rect(stove + unit * hand, foot - unit * 0.05, stove + unit * (hand + 0.03), foot)
    pen.rect(stove - unit * 0.045, -2, stove + unit * 0.045, top)
    pen.oval(stove + unit * 0.12, top - unit * 0.06, unit * 0.06, unit * 0.05)
    pen.limb(
        (stove + unit * 0.17, top - unit * 0.07),
        (stove + unit * 0.21, top - unit * 0.11),
        unit * 0.014,
        unit * 0.008,
    )
    draw_shelves(stage, pen, jars=True)
    x = (0.5 + side * 0.02) * stage.width
    y = stage.height * 0.74
    draw_table(pen, x, y, unit * 0.36, stage.height * 0.965)
    for cup in (-0.20, 0.22):
        pen.rect(x + unit * cup, y - unit * 0.055, x + unit * (cup + 0.05), y)
    pen.oval(x + unit * 0.02, y - unit * 0.012, unit * 0.09, unit * 0.022)
    draw_chair(pen, x - side * unit * 0.50, stage.height * 0.965, unit, side)
    press_dark(stage, pen, box, 0.62)
    _hook(stage)
    _fire(plate, stove, top, unit)
    hang = plate.pen()
    ly = stage.height * 0.27
    hang.line([(x, -2), (x, ly - unit * 0.08)], unit * 0.008)
    hang.poly(
        [
            (x - unit * 0.12, ly),
            (x - unit * 0.035, ly - unit * 0.085),
            (x + unit * 0.035, ly - unit * 0.085),
            (x + unit * 0.12, ly),
        ]
    )
    plate.press(hang.stamp(), scaled(under(BRASS, stage.palette.ambient), 0.6))
    if stage.palette.lamps > 1 / 4:
        lamp(
            plate, x, ly + unit * 0.02, unit * 0.34, EMBER, power=0.75 + 0.45 * stage.palette.lamps
        )
        pool = np.exp(-(((plate.x - x) / (unit * 0.42)) ** 2)) * np.exp(
            -(((plate.y - y) / (unit * 0.05)) ** 2)
        )
        plate.shine(pool * np.float32(0.28), EMBER)


def _hook(stage: Stage) -> None:
    """The oilskin on its hook: the one bright thing on the wall."""
    unit, plate = stage.base, stage.plate
    x, y = (0.5 + stage.side * 0.25) * stage.width, stage.height * 0.36
    peg, coat, fold = plate.pen(), plate.pen(), plate.pen()
    peg.line([(x - unit * 0.12, y), (x + unit * 0.12, y)], unit * 0.014)
    shape = path("-.02 .0, .03 .0, .075 .06, .10 .30, .09 .40, -.08 .41, -.095 .30, -.06 .06")
    coat.blob([(x + a * unit * 0.8, y + b * unit * 0.8) for a, b in shape])
    fold.line([(x, y + unit * 0.05), (x + unit * 0.01, y + unit * 0.32)], unit * 0.008)
    fold.line(
        [(x - unit * 0.05, y + unit * 0.12), (x - unit * 0.06, y + unit * 0.31)], unit * 0.006
    )
    colours = stage.palette
    oilskin = under(hexed("c9972a"), blend(colours.ambient, EMBER, 0.35))
    plate.press(peg.stamp(), scaled(colours.dark, 0.7))
    plate.press(coat.stamp(), blend(colours.dark, oilskin, 0.62))
    plate.press(fold.stamp(), scaled(colours.dark, 0.6), 0.6)


def _fire(plate: Plate, x: float, top: float, unit: float) -> None:
    door = plate.pen()
    for i in range(3):
        y = top + unit * (0.10 + 0.045 * i)
        door.rect(x - unit * 0.09, y, x + unit * 0.09, y + unit * 0.022)
    plate.press(door.stamp(), hexed("ff9a3c"))
    lamp(plate, x, top + unit * 0.15, unit * 0.20, hexed("ff8a34"), power=0.8)
