"""Hair, a style for each body: a back behind it, a front over the forehead.

Points are in head measures, from the middle of the face: (1, 1) is the cheek's width and the
chin's height.
"""

from jobs.dolls.body import SIDES, Body
from jobs.dolls.lines import Point, curve, mirrored, oval
from jobs.dolls.sheet import MIDDLE, Layer, Part, Sheet

# fmt: off
TAIL: list[Point] = [
    (0.5, -0.8), (1.25, -0.9), (1.6, -0.2), (1.55, 0.7), (1.75, 1.5), (1.25, 1.2), (1.1, 0.4),
    (0.8, -0.2),
]
TIE: list[Point] = [(0.78, -0.86), (1.05, -0.95), (1.12, -0.55), (0.88, -0.5)]
LONG: list[Point] = [
    (0.1, -1.12), (0.9, -0.9), (1.22, 0), (1.2, 0.8), (1.42, 1.6), (1.05, 2.0), (0.4, 1.8),
]
BOB: list[Point] = [
    (0.1, -1.15), (0.95, -0.9), (1.22, 0), (1.2, 0.6), (0.95, 0.9), (0.4, 0.7),
]
CURLS: list[Point] = [
    (-1.0, -0.2), (-1.0, -0.55), (-0.75, -0.85), (-0.35, -1.02), (0.1, -1.06), (0.5, -0.98),
    (0.85, -0.75), (1.02, -0.42), (1.0, -0.1), (-0.5, -0.72), (0, -0.78), (0.5, -0.7),
]
BEARD: list[Point] = [
    (-1.0, 0.22), (-0.86, 0.86), (-0.4, 1.28), (0, 1.42), (0.4, 1.28), (0.86, 0.86), (1.0, 0.22),
    (0.7, 0.52), (0.36, 0.47), (0, 0.54), (-0.36, 0.47), (-0.7, 0.52),
]
TEMPLE: list[Point] = [
    (1.03, 0.25), (1.14, -0.25), (0.98, -0.62), (0.86, -0.2), (0.92, 0.1),
]
FRINGES: dict[str, list[Point]] = {
    "tail": [
        (-1.04, 0.05), (-1.1, -0.5), (-0.7, -1.06), (0, -1.16), (0.7, -1.06), (1.1, -0.5),
        (1.04, 0.05), (0.9, -0.3), (0.55, -0.62), (0.1, -0.72), (-0.25, -0.62), (-0.72, -0.42),
    ],
    "long": [
        (-1.12, 0.5), (-1.14, -0.4), (-0.75, -1.05), (0, -1.16), (0.75, -1.05), (1.14, -0.4),
        (1.12, 0.5), (0.96, 0.1), (0.75, -0.42), (0.15, -0.74), (0.05, -0.74), (-0.5, -0.5),
        (-0.95, 0.05),
    ],
    "puffs": [
        (-1.03, 0), (-1.05, -0.5), (-0.7, -1.0), (0, -1.1), (0.7, -1.0), (1.05, -0.5), (1.03, 0),
        (0.85, -0.42), (0.4, -0.66), (0, -0.7), (-0.4, -0.66), (-0.85, -0.42),
    ],
    "short": [
        (-1.03, 0.12), (-1.1, -0.45), (-0.8, -1.02), (-0.2, -1.2), (0.5, -1.18), (1.0, -0.85),
        (1.1, -0.4), (1.03, 0.12), (0.93, -0.25), (0.7, -0.6), (0.2, -0.55), (-0.3, -0.68),
        (-0.75, -0.56), (-0.93, -0.25),
    ],
    "parted": [
        (-1.04, 0.15), (-1.13, -0.4), (-0.85, -1.0), (-0.2, -1.2), (0.55, -1.14), (1.08, -0.75),
        (1.12, -0.2), (1.04, 0.2), (0.9, -0.2), (0.5, -0.42), (-0.1, -0.55), (-0.5, -0.82),
        (-0.72, -0.5), (-0.92, -0.2),
    ],
    "bob": [
        (-1.14, 0.55), (-1.16, -0.3), (-0.8, -1.02), (0, -1.2), (0.8, -1.02), (1.16, -0.3),
        (1.14, 0.55), (0.95, 0.2), (0.86, -0.3), (0.4, -0.4), (0, -0.36), (-0.45, -0.4),
        (-0.86, -0.3), (-0.95, 0.2),
    ],
}
# fmt: on
_SHEENS = {"#1f1713": "#4a3a31", "#b4562a": "#dd8a52", "#8c3f22": "#b96540", "#c9973f": "#ecd08c"}
_SHEEN = "#6b4632"


def back_hair(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.BACK, "hair")
    rx, ry = body.head
    match body.style:
        case "tail":
            part.shape(body.hair, curve(_on(body, TAIL)))
            part.shape("#b8402f", curve(_on(body, TIE)), line=2.4)
        case "long":
            part.shape(body.hair, curve(mirrored(_on(body, LONG), MIDDLE)))
        case "bob":
            part.shape(body.hair, curve(mirrored(_on(body, BOB), MIDDLE)))
        case "puffs":
            y = body.face_y - ry * 0.82
            part.shape(body.hair, *(oval(body.side(one, rx * 0.86), y, 27, 26) for one in SIDES))
        case "short" | "curls" | "parted" | "beard":
            pass  # nothing of it is seen from the front


def front_hair(part: Part, body: Body) -> None:
    if body.style == "curls":
        part.shape(body.hair, *(oval(x, y, 14, 13) for x, y in _on(body, CURLS)))
    elif body.style == "beard":
        temple = _on(body, TEMPLE)
        part.shape(body.hair, curve(temple), curve([(2 * MIDDLE - x, y) for x, y in temple]))
        part.shape(body.hair, curve(_on(body, BEARD)))
        for x in (-0.35, 0, 0.35):
            part.line(*_on(body, [(x, 0.95), (x * 0.8, 1.18)]), width=2)
        part.line(*_on(body, [(-0.2, 0.68), (0, 0.73), (0.2, 0.67)]))
    else:
        part.shape(body.hair, curve(_on(body, FRINGES[body.style])))
        sheen = _on(body, [(-0.6, -0.86), (-0.2, -0.98), (0.25, -0.98)])
        part.line(*sheen, width=2, colour=_SHEENS.get(body.hair, _SHEEN))


def _on(body: Body, points: list[Point]) -> list[Point]:
    rx, ry = body.head
    return [(MIDDLE + x * rx, body.face_y + y * ry) for x, y in points]
