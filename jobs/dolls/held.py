"""What a hand can hold, a back can bear or a belt can carry. Drawn upright, the grip at (0, 0)."""

from jobs.dolls.lines import Place, Point, curve, oval, poly
from jobs.dolls.sheet import Part

STEEL, STEEL_LIGHT, STEEL_DARK = "#c3cacb", "#edf0ee", "#98a2a6"
GOLD, GOLD_DARK = "#e3b94f", "#b98d2c"
WOOD, WOOD_DARK = "#8a5a34", "#6b4325"


def sword(part: Part, place: Place) -> None:
    blade: list[Point] = [(-9, -24), (-8, -188), (0, -212), (8, -188), (9, -24)]
    part.shape(STEEL, poly(place(blade)))
    part.flat(STEEL_LIGHT, poly(place([(-9, -24), (-8, -188), (0, -212), (0, -24)])))
    part.line(*place([(0, -30), (0, -170)]), width=2.2, colour=STEEL_DARK)
    part.rod(WOOD_DARK, *place([(0, -18), (0, 28)]), width=9)
    part.shape(
        GOLD, curve(place([(-34, -27), (0, -31), (34, -27), (36, -20), (0, -18), (-36, -20)]))
    )
    part.shape(GOLD, oval(*place([(0, 34)])[0], 9))


def staff(part: Part, place: Place, *, below: float = 240) -> None:
    part.rod(WOOD, *place([(2, -190), (-2, -60), (2, 60), (0, below)]), width=11)
    part.rod(WOOD, *place([(2, -186), (-20, -206), (-14, -238), (8, -246)]), width=8)
    part.rod(WOOD, *place([(2, -186), (20, -204), (22, -222)]), width=8)
    part.shape("#5aa8a0", oval(*place([(3, -220)])[0], 15))
    part.flat("#bfe6df", oval(*place([(-2, -226)])[0], 4.5))
    for y in (-150, -140, -130):
        part.line(*place([(-7, y), (8, y + 3)]), width=3, colour=GOLD)


def bow(part: Part, place: Place) -> None:
    part.line(*place([(-34, -156), (-36, 0), (-34, 156)]), width=2.2, alone=True)
    part.rod(
        WOOD,
        *place([(-34, -158), (-6, -120), (6, -58), (0, 0), (6, 58), (-6, 120), (-34, 158)]),
        width=9,
    )
    part.rod("#b8402f", *place([(2, -20), (0, 0), (2, 20)]), width=10)
    for y in (-92, 92):
        part.line(*place([(-3, y), (9, y * 0.98)]), width=3.4, colour=GOLD)


def shield(part: Part, place: Place) -> None:
    face: list[Point] = [
        (0, -74),
        (34, -66),
        (60, -70),
        (60, -70),
        (62, -10),
        (44, 44),
        (0, 86),
        (0, 86),
        (-44, 44),
        (-62, -10),
        (-60, -70),
        (-60, -70),
        (-34, -66),
    ]
    part.shape(STEEL, curve(place(face)))
    inner = [(x * 0.82, (y - 2) * 0.84) for x, y in face]
    part.shape("#b8402f", curve(place(inner)), line=2)
    shaded = [
        (0, -60),
        (0, -60),
        (27, -54),
        (47, -56),
        (47, -56),
        (48, -10),
        (34, 36),
        (0, 66),
        (0, 66),
    ]
    part.flat("#973121", curve(place(shaded)))
    part.rod(GOLD, *place([(0, -54), (0, 60)]), width=9)
    part.rod(GOLD, *place([(-44, -14), (0, -12), (44, -14)]), width=9)
    part.shape(GOLD, oval(*place([(0, -12)])[0], 15))
    part.flat(STEEL_LIGHT, oval(*place([(-4, -16)])[0], 4))


def lantern(part: Part, place: Place) -> None:
    part.line(*place([(-17, 34), (-12, 8), (0, 0), (12, 8), (17, 34)]), width=4, alone=True)
    part.shape(GOLD_DARK, poly(place([(-9, 24), (9, 24), (22, 40), (-22, 40)])))
    part.shape("#ffd98a", poly(place([(-19, 40), (19, 40), (19, 86), (-19, 86)])))
    part.flat("#fff3cf", oval(*place([(0, 66)])[0], 10, 14))
    part.shape("#f08a2c", curve(place([(0, 48), (7, 64), (0, 76), (-7, 64)])), line=1.6)
    part.line(*place([(-19, 40), (-19, 86)]), width=3)
    part.line(*place([(19, 40), (19, 86)]), width=3)
    part.shape(GOLD_DARK, poly(place([(-24, 86), (24, 86), (20, 97), (-20, 97)])))


def potion(part: Part, place: Place) -> None:
    """A round bottle; the grip is its neck."""
    glass: list[Point] = [
        (-7, -14),
        (7, -14),
        (7, -14),
        (8, 4),
        (22, 20),
        (25, 36),
        (14, 52),
        (0, 55),
        (-14, 52),
        (-25, 36),
        (-22, 20),
        (-8, 4),
        (-7, -14),
    ]
    part.shape("#e8efe9", curve(place(glass)))
    part.flat(
        "#d3372c",
        curve(
            place([(-22, 24), (0, 28), (22, 24), (22, 36), (13, 49), (0, 52), (-13, 49), (-22, 36)])
        ),
    )
    part.flat("#f08a7c", curve(place([(-15, 30), (-10, 30), (-11, 42), (-16, 40)])))
    part.flat("#fffaf0", oval(*place([(0, 39)])[0], 4, 9), oval(*place([(0, 39)])[0], 9, 4))
    part.shape(WOOD, poly(place([(-8, -26), (8, -26), (7, -13), (-7, -13)])), line=2.4)
