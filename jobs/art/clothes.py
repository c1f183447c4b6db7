"""What a bust wears: a coat, its collar, a scarf."""

from jobs.art.bust import Bust
from jobs.art.colour import EMBER, scaled
from jobs.art.pen import path


def paint_shoulders(bust: Bust) -> None:
    neck = bust.stage.plate.pen()
    throat = bust.all(path("-.2 .25, .15 .3, .19 .8, -.28 .8"))
    neck.poly(throat)
    bust.outline.poly(throat)
    bust.lay(neck, bust.look.skin, shadow=0.30)
    coat = bust.stage.plate.pen()
    shape = bust.body(
        path("-.24 .62, -.46 .74, -.84 .86, -1.02 1.05, -1.1 1.6, -1.16 2.4, -1.2 4.2")
        + path("1.16 4.2, 1.1 2.4, 1.04 1.6, .94 1.06, .74 .87, .38 .74, .19 .62")
    )
    coat.blob(shape)
    bust.outline.blob(shape)
    bust.lay(coat, bust.look.coat)
    folds, dark = bust.stage.plate.pen(), bust.shaded(scaled(bust.look.coat, 0.7))
    for arm in (
        [(-0.70, 1.15), (-0.66, 1.7), (-0.74, 2.6)],
        [(0.68, 1.15), (0.66, 1.7), (0.72, 2.6)],
    ):
        folds.line(bust.body(arm), bust.head * 0.035)
    folds.line(bust.body([(0.10, 0.86), (0.14, 1.5), (0.16, 4.0)]), bust.head * 0.025)
    bust.mark(folds, dark, 0.8, 0.02)
    if not bust.flat:
        buttons = bust.stage.plate.pen()
        for row in (1.22, 1.72, 2.22, 2.72):
            (bx, by) = bust.body([(0.03, row)])[0]
            buttons.oval(bx, by, bust.head * 0.035, bust.head * 0.035)
        bust.mark(buttons, scaled(bust.lit(EMBER), 0.55), 0.9)


def paint_collar(bust: Bust) -> None:
    look, plate = bust.look, bust.stage.plate
    if not bust.flat and not look.scarf:
        lapel = plate.pen()
        lapel.poly(bust.body(path("-.3 .56, -.06 .92, -.34 1.18, -.58 .76")))
        lapel.poly(bust.body(path(".22 .56, .1 .92, .32 1.14, .48 .76")))
        bust.lay(lapel, scaled(look.coat, 0.86))
        edges = plate.pen()
        edges.line(bust.body([(-0.58, 0.76), (-0.34, 1.18), (-0.06, 0.92)]), bust.head * 0.018)
        edges.line(bust.body([(0.48, 0.76), (0.32, 1.14), (0.10, 0.92)]), bust.head * 0.018)
        bust.mark(edges, bust.shaded(look.coat), 0.7)
    if look.scarf:
        wrap = plate.pen()
        shape = bust.all(
            path("-.36 .5, -.1 .58, .2 .52, .3 .62, .28 .78, .02 .88, -.3 .84, -.44 .68")
        )
        wrap.blob(shape)
        bust.outline.blob(shape)
        tail = bust.all(path("-.08 .8, .14 .78, .2 1.3, .14 1.62, -.08 1.6, -.06 1.25"))
        if not bust.flat:
            wrap.blob(tail)
        bust.lay(wrap, look.scarf)
        folds = plate.pen()
        folds.line(bust.all([(-0.40, 0.62), (-0.1, 0.72), (0.26, 0.66)]), bust.head * 0.022)
        folds.line(bust.all([(-0.36, 0.74), (-0.05, 0.80), (0.24, 0.74)]), bust.head * 0.018)
        if not bust.flat:
            folds.line(bust.all([(0.04, 0.86), (0.07, 1.2), (0.03, 1.55)]), bust.head * 0.015)
        bust.mark(folds, bust.shaded(scaled(look.scarf, 0.7)), 0.8, 0.012)


def paint_nape(bust: Bust) -> None:
    """The back of a head: hair over a neck, an ear toward the light."""
    ear = bust.stage.plate.pen()
    ear.oval(*bust.at(0.34, 0.06), bust.head * 0.06, bust.head * 0.10)
    bust.lay(ear, bust.look.skin)
