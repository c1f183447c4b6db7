"""An eye: white, iris, a spark of the light, lid and brow."""

from jobs.art.bust import Bust
from jobs.art.colour import blend, hexed, scaled
from jobs.art.look import Kind

_INK = hexed("1c1618")


def paint_eye(bust: Bust, x: float, wide: float) -> None:
    pen, child = bust.stage.plate.pen, bust.look.child
    half, tall = (0.062 if child else 0.058) * wide, 0.034 if child else 0.024
    y = -0.015 if child else -0.03
    white = pen()
    white.blob(
        bust.all([(x - half, y + 0.006), (x, y - tall), (x + half, y), (x, y + tall * 0.72)])
    )
    bust.mark(white, scaled(bust.lit(hexed("d8d2c6")), 0.72 if wide == 1 else 0.80), 1.0)
    iris = pen()
    iris.oval(
        *bust.at(x + 0.014, y - 0.001),
        bust.head * 0.027 * (0.5 + wide / 2),
        bust.head * (tall * 0.86),
    )
    bust.mark(iris, blend(hexed("33261e"), bust.stage.palette.dark, 0.4), 1.0)
    spark = pen()
    spark.oval(*bust.at(x + 0.024, y - 0.010), bust.head * 0.008, bust.head * 0.008)
    bust.mark(spark, bust.stage.palette.light, 0.9)
    lid = pen()
    lid.line(
        bust.all(
            [
                (x - half - 0.006, y + 0.004),
                (x - half * 0.5, y - tall * 0.85),
                (x + half * 0.3, y - tall),
                (x + half + 0.006, y - 0.004),
            ]
        ),
        bust.head * (0.016 if bust.look.long_hair else 0.012),
    )
    bust.mark(lid, _INK, 0.85)
    brow = pen()
    up = y - tall - (0.055 if child else 0.048)
    thick = {Kind.MAN: 0.030, Kind.WOMAN: 0.018, Kind.BOY: 0.020, Kind.GIRL: 0.016}[bust.look.kind]
    inner = 1 if x < 0 else -1
    brow.poly(
        bust.all(
            [
                (x - half * 1.25 * inner, up + 0.012),
                (x, up - 0.022),
                (x + half * 1.1 * inner, up - 0.004),
                (x + half * 1.1 * inner, up - 0.004 + thick),
                (x, up - 0.022 + thick * 0.9),
            ]
        )
    )
    bust.mark(brow, scaled(bust.shaded(bust.look.hair), 0.9), 0.85, 0.006)
