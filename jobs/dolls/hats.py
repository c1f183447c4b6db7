"""What is worn on the head, over the hair."""

from collections.abc import Callable

from jobs.dolls.body import Body
from jobs.dolls.lines import Point, curve, oval, poly
from jobs.dolls.sheet import MIDDLE, Layer, Sheet

RED = "#b8402f"
GOLD, GOLD_DARK = "#e3b94f", "#b98d2c"
LEATHER, LEATHER_DARK = "#7a4d2b", "#5c391f"


def crown(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.HEAD, "crown")
    rx, ry = body.head
    low, high = body.face_y - ry * 0.62, body.face_y - ry * 1.5
    half = rx * 0.98
    points: list[Point] = [
        (-half, low - 6),
        (-half * 1.1, high + 10),
        (-half * 0.52, low - 26),
        (0, high - 4),
        (half * 0.52, low - 26),
        (half * 1.1, high + 10),
        (half, low - 6),
        (half * 0.5, low + 4),
        (0, low + 7),
        (-half * 0.5, low + 4),
    ]
    part.shape(GOLD, poly([(MIDDLE + x, y) for x, y in points]))
    part.line(
        (MIDDLE - half * 0.97, low - 16),
        (MIDDLE, low - 5),
        (MIDDLE + half * 0.97, low - 16),
        width=2.4,
        colour=GOLD_DARK,
    )
    for x, y, fill in ((0.0, -13.0, RED), (-0.55, -16.0, "#3f8f86"), (0.55, -16.0, "#3f8f86")):
        part.shape(fill, oval(MIDDLE + x * half, low + y + 8, 5.2, 6), line=1.8)
    for x, y in ((-half * 1.1, high + 8), (0.0, high - 6), (half * 1.1, high + 8)):
        part.shape("#f6efe2", oval(MIDDLE + x, y, 5.4), line=2.2)


def hat(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.HEAD, "hat")
    rx, ry = body.head
    y = body.face_y - ry * 0.52
    part.shape(LEATHER_DARK, oval(MIDDLE, y - 2, rx * 1.72, 15))
    bulk: list[Point] = [
        (-rx * 1.06, y - 5),
        (-rx * 1.02, y - 5),
        (-rx * 0.9, y - 46),
        (-rx * 0.45, y - 60),
        (0, y - 52),
        (rx * 0.45, y - 60),
        (rx * 0.9, y - 46),
        (rx * 1.02, y - 5),
        (rx * 1.06, y - 5),
        (0, y + 6),
    ]
    part.shape(LEATHER, curve([(MIDDLE + px, py) for px, py in bulk]))
    band: list[Point] = [
        (-rx * 1.04, y - 6),
        (-rx * 1.01, y - 18),
        (0, y - 8),
        (rx * 1.01, y - 18),
        (rx * 1.04, y - 6),
        (0, y + 5),
    ]
    part.flat(RED, curve([(MIDDLE + px, py) for px, py in band]))
    part.line(
        (MIDDLE - rx * 1.01, y - 19), (MIDDLE, y - 9), (MIDDLE + rx * 1.01, y - 19), width=2.2
    )
    part.shape(
        "#f6efe2",
        curve(
            [
                (MIDDLE + rx * 0.7, y - 10),
                (MIDDLE + rx * 1.0, y - 50),
                (MIDDLE + rx * 1.5, y - 84),
                (MIDDLE + rx * 1.42, y - 48),
                (MIDDLE + rx * 1.0, y - 14),
            ]
        ),
        line=2.6,
    )
    part.line(
        (MIDDLE + rx * 0.86, y - 16),
        (MIDDLE + rx * 1.12, y - 48),
        (MIDDLE + rx * 1.38, y - 72),
        width=2,
    )


HATS: dict[str, Callable[[Body, Sheet], None]] = {"hat": hat, "crown": crown}
