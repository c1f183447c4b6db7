"""Heads: skull and face."""

from jobs.dolls.body import SIDES, Body
from jobs.dolls.hair import back_hair, front_hair
from jobs.dolls.lines import Point, curve, oval
from jobs.dolls.sheet import INK, MIDDLE, Layer, Part, Sheet


def draw_head(body: Body, sheet: Sheet) -> None:
    back_hair(body, sheet)
    part = sheet.part(Layer.HEAD, body.name)
    rx, y = body.head[0], body.face_y
    ears = [oval(body.side(side, rx - 1), y + 10, 8, 12) for side in SIDES]
    part.shape(body.skin, *ears, curve(_skull(body)))
    _face(part, body)
    front_hair(part, body)


def _skull(body: Body) -> list[Point]:
    rx, ry = body.head
    y = body.face_y
    right = [
        (0, -ry),
        (rx * 0.72, -ry * 0.78),
        (rx, -ry * 0.12),
        (rx * 0.93, ry * 0.38),
        (rx * 0.6, ry * 0.83),
        (0, ry),
    ]
    points = [(MIDDLE + px, y + py) for px, py in right]
    return [*points, *((2 * MIDDLE - px, py) for px, py in reversed(points[1:-1]))]


def _face(part: Part, body: Body) -> None:
    rx, ry = body.head
    y = body.face_y + ry * 0.12
    for side in SIDES:
        x = body.side(side, rx * 0.42)
        out = 1 if side == "left" else -1
        part.flat(body.shade, oval(body.side(side, rx * 0.58), y + 19, 9, 5.5))
        part.flat("#fffaf0", oval(x, y, 7.6, 6.6))
        part.flat(INK, oval(x, y + 0.6, 4.6, 5.4))
        part.flat("#fffaf0", oval(x - 1.4, y - 1.4, 1.4))
        part.line((x - 9, y - 3.5), (x, y - 7.6), (x + 9, y - 3.5), width=2.8)
        part.line(
            (x - out * 9, y - 17), (x, y - 20), (x + out * 9, y - 16), width=3.6, colour=_brow(body)
        )
        if body.style == "beard":
            part.line((x + out * 12, y + 3), (x + out * 17, y + 1), width=1.6)
            part.line((x + out * 12, y + 6), (x + out * 17, y + 8), width=1.6)
    part.line((MIDDLE + 1, y + 4), (MIDDLE + 5, y + 13), (MIDDLE - 1, y + 15), width=2.4)
    mouth = y + 27
    part.line((MIDDLE - 10, mouth), (MIDDLE, mouth + 4), (MIDDLE + 10, mouth - 1), width=2.8)
    if body.style == "bob":
        for step in (-9, -3, 4, 10):
            part.flat(body.shade, oval(MIDDLE + step * 1.4, y + 14 + abs(step) * 0.2, 1.4))


def _brow(body: Body) -> str:
    return "#a69c8d" if body.style == "beard" else body.hair
