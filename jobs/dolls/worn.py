"""Accessories that are put on: around the neck, over the shoulders, on hands, feet and head."""

from collections.abc import Callable

from jobs.dolls.bodies import hand_outlines
from jobs.dolls.body import SIDES, Body
from jobs.dolls.cloth import EASE, boot
from jobs.dolls.lines import Point, curve, mirrored, oval, poly
from jobs.dolls.sheet import MIDDLE, Layer, Part, Sheet

RED, RED_DARK = "#b8402f", "#95301f"
GOLD, GOLD_DARK = "#e3b94f", "#b98d2c"
LEATHER, LEATHER_DARK = "#7a4d2b", "#5c391f"
GLOVE = "#5c4330"


def amulet(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.WORN, "amulet")
    y = body.down(0.3)
    x = body.neck + 5
    for side in SIDES:
        part.line(
            (body.side(side, x), body.shoulder_y - 8),
            (body.side(side, x * 0.8), body.down(0.14)),
            (MIDDLE, y - 8),
            width=3.4,
            colour=GOLD_DARK,
        )
    part.shape(GOLD, oval(MIDDLE, y + 2, 12, 13), line=2.6)
    part.shape("#3f8f86", oval(MIDDLE, y + 2, 6.5, 7.5), line=1.6)


def backpack(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.BACK, "backpack")
    top, low, half = body.shoulder_y - 20, body.belt_y, body.shoulder + 20
    roll = [(half * 0.96, top - 6), (half, top + 8), (half * 0.96, top + 22)]
    part.shape(
        LEATHER,
        curve(
            mirrored(
                [
                    (MIDDLE + 1, top + 4),
                    (MIDDLE + half - 8, top + 6),
                    (MIDDLE + half, top + 40),
                    (MIDDLE + half, low - 16),
                    (MIDDLE + half - 16, low),
                    (MIDDLE + 1, low),
                ],
                MIDDLE,
            )
        ),
    )
    part.shape(
        "#8a8f6a",
        curve(
            mirrored(
                [
                    (MIDDLE + 1, top - 10),
                    *((MIDDLE + x, y) for x, y in roll),
                    (MIDDLE + 1, top + 24),
                ],
                MIDDLE,
            )
        ),
    )
    for side in SIDES:
        x = body.side(side, half * 0.66)
        part.line((x, top - 8), (x, top + 22), width=6, colour=LEATHER_DARK)
    straps = sheet.part(Layer.WORN, "backpack")
    for side in SIDES:
        first = (body.side(side, body.shoulder * 0.58), body.shoulder_y - 2)
        last = (body.side(side, body.half(body.waist_y) + 2), body.waist_y - 10)
        straps.rod(
            LEATHER, first, (body.side(side, body.shoulder * 0.62), body.chest_y - 6), last, width=9
        )


def belt(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.BELT, "belt")
    strap(part, body)
    x, y = MIDDLE - body.half(body.belt_y) * 0.62, body.belt_y + 6
    part.shape(
        LEATHER,
        curve(
            [
                (x - 13, y),
                (x - 13, y),
                (x + 13, y),
                (x + 13, y),
                (x + 14, y + 22),
                (x, y + 29),
                (x - 14, y + 22),
            ]
        ),
        line=2.6,
    )
    part.line((x - 13, y + 9), (x, y + 14), (x + 13, y + 9), width=2.2)


def strap(part: Part, body: Body) -> None:
    """A belt alone, for what has to hang somewhere."""
    y = body.belt_y
    part.band(LEATHER_DARK, y, body.half(y) + 8, thick=14)
    part.shape(
        GOLD,
        poly(
            [
                (MIDDLE - 10, y - 4),
                (MIDDLE + 10, y - 4),
                (MIDDLE + 10, y + 13),
                (MIDDLE - 10, y + 13),
            ]
        ),
        line=2.4,
    )
    part.flat(
        LEATHER_DARK,
        poly([(MIDDLE - 5, y + 1), (MIDDLE + 5, y + 1), (MIDDLE + 5, y + 8), (MIDDLE - 5, y + 8)]),
    )


def boots(body: Body, sheet: Sheet) -> None:
    """Without an outfit; with one they take the place of its shoes (`cloth.shoes`)."""
    boot(sheet.part(Layer.WORN, "boots"), body)


def cape(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.BACK, "cape")
    low = body.foot("left")[1] - 60
    wide = body.shoulder + 52
    right: list[Point] = [
        (MIDDLE + 2, body.shoulder_y - 8), (MIDDLE + body.shoulder * 0.9, body.shoulder_y),
        (MIDDLE + wide * 0.84, body.waist_y), (MIDDLE + wide, low), (MIDDLE + wide, low),
        (MIDDLE + wide * 0.66, low - 12), (MIDDLE + wide * 0.34, low + 6), (MIDDLE + 2, low - 8),
    ]  # fmt: skip
    part.shape(RED, curve(mirrored(right, MIDDLE)))
    for side in SIDES:
        part.line(
            (body.side(side, wide * 0.62), body.waist_y + 30),
            (body.side(side, wide * 0.74), low - 30),
            width=2.6,
            colour=RED_DARK,
        )
    front = sheet.part(Layer.WORN, "cape")
    for side in SIDES:
        s = 1 if side == "left" else -1
        yoke = [
            (body.neck + 2, -17),
            (body.neck + 2, -17),
            (body.shoulder * 0.6, -2),
            (body.shoulder + 2, 9),
            (body.shoulder - 6, 24),
            (body.shoulder * 0.45, 16),
            (body.neck - 2, 4),
        ]
        front.shape(RED, curve([(MIDDLE + s * x, body.shoulder_y + y) for x, y in yoke]))
        front.shape(
            GOLD, oval(MIDDLE + s * body.shoulder * 0.5, body.shoulder_y + 11, 7.5), line=2.2
        )
    x, y = body.shoulder * 0.5, body.shoulder_y + 12
    front.line(
        (MIDDLE - x + 6, y + 2),
        (MIDDLE, y + 13),
        (MIDDLE + x - 6, y + 2),
        width=3.6,
        colour=GOLD_DARK,
    )


def gloves(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.WORN, "gloves")
    for side in SIDES:
        part.shape(
            GLOVE,
            *hand_outlines(body, side, ease=2),
            curve(body.arm_line(side, begin=0.86, end=0.99, ease=EASE)),
        )
        line = body.arm_line(side, begin=0.86, end=0.88, ease=EASE + 3)
        part.shape("#7a5b42", curve([line[0], line[8], line[10], line[18]]), line=2.4)


def scarf(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.WORN, "scarf")
    y, half = body.shoulder_y, body.neck + 20
    x = MIDDLE + half * 0.45
    tail: list[Point] = [
        (x - 13, y),
        (x + 13, y - 2),
        (x + 17, y + 60),
        (x + 15, y + 104),
        (x + 15, y + 104),
        (x - 13, y + 106),
        (x - 13, y + 106),
        (x - 10, y + 50),
    ]
    part.shape(RED_DARK, curve(tail))
    for step in (-7, 0, 7):
        part.line((x + step + 1, y + 92), (x + step + 1, y + 104), width=2.2)
    right: list[Point] = [
        (MIDDLE + 1, y - 14),
        (MIDDLE + half * 0.7, y - 20),
        (MIDDLE + half, y - 4),
        (MIDDLE + half * 0.8, y + 14),
        (MIDDLE + 1, y + 21),
    ]
    part.shape(RED, curve(mirrored(right, MIDDLE)))
    part.line(
        (MIDDLE - half * 0.8, y - 2), (MIDDLE, y + 8), (MIDDLE + half * 0.85, y - 3), width=2.4
    )
    part.line((MIDDLE - half * 0.5, y + 11), (MIDDLE + half * 0.1, y + 15), width=2.2)


WORN: dict[str, Callable[[Body, Sheet], None]] = {
    "backpack": backpack,
    "cape": cape,
    "boots": boots,
    "gloves": gloves,
    "amulet": amulet,
    "scarf": scarf,
    "belt": belt,
}
"""In the order they are put on."""


def hand_colour(body: Body, accessories: frozenset[str]) -> str:
    return GLOVE if "gloves" in accessories else body.skin
