"""Armour of leather and of plate."""

from jobs.dolls.body import SIDES, Body, Side
from jobs.dolls.cloth import EASE, inseam, seams, shade_right, shoes, sleeves, top, trousers
from jobs.dolls.lines import Point, curve, mirrored, oval
from jobs.dolls.sheet import MIDDLE, Layer, Part, Sheet

LEATHER, LEATHER_DARK, LEATHER_LIGHT = "#8e5a33", "#6f4425", "#b27a4a"
STEEL, STEEL_DARK, STEEL_LIGHT = "#a8b0b3", "#868f94", "#dbe0e0"


def leather(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.OUTFIT, "leather_armor")
    part.shape("#5b5145", *trousers(body))
    inseam(part, body)
    part.shape(
        "#d8c7a3", *sleeves(body, end=0.62, ease=EASE + 1), top(body, bottom=body.crotch_y, neck=12)
    )
    shoes(part, body, LEATHER_DARK, high=0.58, sole="#3c2616")
    _skirt(part, body, LEATHER_DARK, strips=7)
    low = body.down(0.74)
    part.shape(LEATHER, top(body, bottom=low, neck=20, ease=EASE + 2))
    shade_right(part, body, LEATHER_DARK, bottom=low, ease=EASE + 2)
    for at in (0.36, 0.5, 0.64):
        y = body.down(at)
        x = body.half(y) + 3
        part.line((MIDDLE - x, y), (MIDDLE, y + 6), (MIDDLE + x, y), width=2.4)
    for at in (0.27, 0.43, 0.57):
        y = body.down(at)
        part.line((MIDDLE - 7, y), (MIDDLE + 7, y + 8), width=2.6, colour=LEATHER_LIGHT)
        part.line((MIDDLE + 7, y), (MIDDLE - 7, y + 8), width=2.6, colour=LEATHER_LIGHT)
    _belt(part, body, LEATHER_DARK)
    for side in SIDES:
        _pauldron(part, body, side, LEATHER, LEATHER_LIGHT)
        part.shape(LEATHER, curve(body.arm_line(side, begin=0.66, end=0.93, ease=EASE)))
        line = body.arm_line(side, begin=0.74, end=0.86, ease=EASE)
        part.line(line[0], line[18], width=2.4)
        part.line(line[8], line[10], width=2.4)
    seams(part, body, sleeve=0)


def plate(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.OUTFIT, "plate_armor")
    part.shape("#6b6f70", *trousers(body, ease=EASE + 1))
    part.shape(
        STEEL, *(curve(body.leg_line(side, begin=0.08, end=0.96, ease=EASE + 2)) for side in SIDES)
    )
    inseam(part, body)
    shoes(part, body, STEEL, high=0.9, sole=STEEL_DARK)
    for side in SIDES:
        x, y = body.leg_joints(side)[1]
        part.shape(STEEL_LIGHT, oval(x, y, body.leg[1] + 6, body.leg[1] + 3))
        part.line((x - 8, y + 2), (x, y + 6), (x + 8, y + 2), width=2.2)
        shin = body.leg_line(side, begin=0.68, end=0.9)
        part.line(
            ((shin[0][0] + shin[18][0]) / 2, shin[0][1]),
            ((shin[8][0] + shin[10][0]) / 2, shin[8][1]),
            width=2.2,
            colour=STEEL_DARK,
        )
    part.shape(
        STEEL,
        *sleeves(body, end=0.98, ease=EASE + 2),
        top(body, bottom=body.crotch_y - 4, neck=6, ease=EASE + 1),
    )
    _skirt(part, body, STEEL_DARK, strips=5)
    low = body.down(0.62)
    part.shape(STEEL, top(body, bottom=low, neck=4, ease=EASE + 4))
    shade_right(part, body, STEEL_DARK, bottom=low, ease=EASE + 4)
    part.line((MIDDLE, body.shoulder_y + 4), (MIDDLE, low), width=2.4)
    glint: list[Point] = [(-0.72, 0.22), (-0.5, 0.16), (-0.54, 0.44), (-0.68, 0.46)]
    part.flat(STEEL_LIGHT, curve([(MIDDLE + x * body.chest, body.down(y)) for x, y in glint]))
    part.shape("#e3b94f", oval(MIDDLE, body.down(0.3), 8, 10), line=2.4)
    _belt(part, body, LEATHER_DARK)
    for side in SIDES:
        _pauldron(part, body, side, STEEL, STEEL_LIGHT)
        x, y = body.arm_joints(side)[1]
        part.shape(STEEL_LIGHT, oval(x, y, body.arm[1] + 4, body.arm[1] + 4))
    seams(part, body, sleeve=0.98, ease=EASE + 2)
    _gorget(part, body)


def _gorget(part: Part, body: Body) -> None:
    y = body.shoulder_y - 12
    half = body.neck + 7
    right = [
        (MIDDLE + 1, y + 20),
        (MIDDLE + half + 8, y + 11),
        (MIDDLE + half, y - 5),
        (MIDDLE + half, y - 5),
        (MIDDLE + 1, y + 2),
    ]
    part.shape(STEEL_LIGHT, curve(mirrored(right, MIDDLE)), line=2.4)


def _pauldron(part: Part, body: Body, side: Side, fill: str, light: str) -> None:
    """A cap on the shoulder, of two plates."""
    (x, y), _, _ = body.arm_joints(side)
    out = 1 if side == "left" else -1
    wide = body.arm[0] + 13
    lower = [(-wide * 0.9, 14), (wide * 0.98, 12), (wide * 1.02, 27), (0, 34), (-wide * 0.86, 26)]
    upper = [
        (-wide, 10),
        (-wide * 0.6, -14),
        (wide * 0.2, -20),
        (wide * 0.92, -6),
        (wide * 1.06, 15),
        (0, 22),
    ]
    part.shape(fill, curve([(x + out * px, y + py) for px, py in lower]))
    part.shape(fill, curve([(x + out * px, y + py) for px, py in upper]))
    part.line(
        *(
            (x + out * px, y + py)
            for px, py in ((-wide * 0.5, -8), (wide * 0.2, -13), (wide * 0.7, -3))
        ),
        width=3,
        colour=light,
    )


def _skirt(part: Part, body: Body, fill: str, *, strips: int) -> None:
    """Straps that hang from the belt over the hips."""
    above, below = body.belt_y, body.crotch_y + 0.2 * (body.knee_y - body.crotch_y)
    half, low = body.half(above) + 6, body.hip + 13
    for step in range(strips):
        first, last = (2 * step / strips - 1, 2 * (step + 1) / strips - 1)
        points = [
            (MIDDLE + first * half, above), (MIDDLE + first * half, above),
            (MIDDLE + last * half, above), (MIDDLE + last * half, above),
            (MIDDLE + last * low, below - 6), (MIDDLE + (first + last) / 2 * low, below + 6),
            (MIDDLE + first * low, below - 6),
        ]  # fmt: skip
        part.shape(fill, curve(points), line=2.6)


def _belt(part: Part, body: Body, fill: str) -> None:
    y = body.belt_y
    part.band(fill, y, body.half(y) + 8, thick=14)
    part.shape("#e3b94f", oval(MIDDLE, y + 4, 9, 8), line=2.4)
