"""Furniture, as silhouettes: tables, chairs, shelves."""

from jobs.art.grid import chance
from jobs.art.pen import Pen
from jobs.art.stage import Stage


def draw_table(pen: Pen, x: float, y: float, half: float, foot: float) -> None:
    pen.rect(x - half, y, x + half, y + half * 0.08)
    for hand in (-0.9, 0.84):
        pen.rect(x + half * hand, y, x + half * (hand + 0.06), foot)


def draw_chair(pen: Pen, x: float, foot: float, unit: float, side: int) -> None:
    """A ladder-back chair, turned a little to one side."""
    seat, back = foot - unit * 0.22, x - side * unit * 0.02
    pen.poly(
        [
            (x - unit * 0.10, seat),
            (x + unit * 0.10, seat),
            (x + unit * 0.115, seat + unit * 0.025),
            (x - unit * 0.115, seat + unit * 0.025),
        ]
    )
    for hand in (-1, 1):
        post = back + hand * unit * 0.085
        pen.line([(post, seat - unit * 0.27), (post + side * unit * 0.012, foot)], unit * 0.014)
        pen.line([(x + hand * unit * 0.105, seat), (x + hand * unit * 0.11, foot)], unit * 0.014)
    for up in (0.25, 0.17, 0.09):
        pen.rect(
            back - unit * 0.085, seat - unit * up, back + unit * 0.085, seat - unit * (up - 0.03)
        )


def draw_shelves(stage: Stage, pen: Pen, *, jars: bool = False) -> None:
    unit, rng = stage.base, stage.rng
    x = (0.5 + stage.side * 0.42) * stage.width
    for row in (0.24, 0.42):
        y, at = row * stage.height, x - unit * 0.20
        pen.rect(x - unit * 0.23, y, x + unit * 0.23, y + unit * 0.014)
        while at < x + unit * 0.17:
            wide, tall = (
                float(rng.uniform(0.016, 0.036)) * unit,
                float(rng.uniform(0.08, 0.14)) * unit,
            )
            if jars:
                wide, tall = wide * 1.7, tall * 0.62
                pen.rect(at + wide * 0.2, y - tall * 1.16, at + wide * 0.72, y - tall * 1.06)
            pen.rect(at, y - tall, at + wide * 0.92, y)
            at += wide + (unit * 0.05 if jars or chance(rng, 0.15) else 0)
