"""The great lens of a lighthouse: prisms stacked in a beehive, a bull's-eye, brass ribs."""

import math
from dataclasses import dataclass

from jobs.art.colour import BRASS, LAMPLIGHT, Colour, blend, hexed, scaled, under
from jobs.art.glow import lamp
from jobs.art.pen import Pen, Point
from jobs.art.stage import Stage

_ROWS = 17
_PANELS = range(-3, 4)
_RIBS = (-1.0, -0.9, -0.43, 0.43, 0.9, 1.0)
_RINGS = (0.50, 0.43, 0.35, 0.27, 0.19, 0.11, 0.05)


@dataclass(frozen=True, slots=True)
class Lens:
    """Where the lens stands: its middle, half its width, half its height."""

    x: float
    y: float
    wide: float
    tall: float

    def at(self, across: float, down: float) -> Point:
        """A point of the beehive, both from -1 to 1; rows sag like rings seen at an angle."""
        girth = 1 - 0.50 * abs(down) ** 3.0
        sag = 0.05 * down * math.sqrt(max(0.0, 1 - across * across))
        return self.x + across * girth * self.wide, self.y + (down + sag) * self.tall

    def outline(self) -> list[Point]:
        right = [self.at(1, i / 12 - 1) for i in range(25)]
        return right + [self.at(-1, 1 - i / 12) for i in range(25)]


def paint_lens(stage: Stage, lens: Lens, *, lit: bool) -> None:
    plate, colours = stage.plate, stage.palette
    tones = _glass(stage, lit=lit)
    shell = plate.pen()
    shell.poly(lens.outline())
    plate.press(shell.stamp(), scaled(tones[0], 0.8))
    pens, edge = [plate.pen() for _ in tones], plate.pen()
    for row in range(_ROWS):
        low, high = row / _ROWS * 2 - 0.988, (row + 1) / _ROWS * 2 - 1.012
        for panel in _PANELS:
            _draw_prism(pens[_tone(row, panel * -stage.side)], lens, panel, (low, high))
        edge.line([lens.at(a / 10, low) for a in range(-10, 11)], max(0.5, lens.tall * 0.006))
    for pen, tone in zip(pens, tones, strict=True):
        plate.press(pen.stamp(), tone, 0.74)
    bright = LAMPLIGHT if lit else blend(tones[2], colours.light, 0.6)
    plate.press(edge.stamp(), bright, 0.5)
    _paint_eye(stage, lens, tones, lit=lit)
    _paint_brass(stage, lens)
    if lit:
        lamp(plate, lens.x, lens.y, lens.wide * 0.75, LAMPLIGHT, power=1.2)
        lamp(plate, lens.x, lens.y, lens.wide * 1.6, LAMPLIGHT, power=0.6)


def _glass(stage: Stage, *, lit: bool) -> tuple[Colour, Colour, Colour]:
    if lit:
        return hexed("7d5628"), hexed("d9a95a"), hexed("ffe9ae")
    colours = stage.palette
    return (
        blend(colours.dark, under(hexed("2f6264"), colours.ambient), 0.60),
        blend(under(hexed("5f938f"), colours.ambient), colours.sky[2], 0.35),
        blend(colours.haze, colours.light, 0.40),
    )


def _draw_prism(pen: Pen, lens: Lens, panel: int, rows: Point) -> None:
    left, right = (math.sin((panel + edge) * math.pi / 7) for edge in (-0.47, 0.47))
    top = [lens.at(left + (right - left) * i / 4, rows[0]) for i in range(5)]
    pen.poly(top + [lens.at(right + (left - right) * i / 4, rows[1]) for i in range(5)])


def _tone(row: int, turn: int) -> int:
    """A fixed glitter: brighter panels toward the light, bright rows among dark ones."""
    sparkle = 0.8 if (row * 5 + turn * 3) % 7 in {0, 1} else 0.0
    return min(2, max(0, round(0.62 + turn * 0.34 + sparkle - (row % 2) * 0.3)))


def _paint_eye(
    stage: Stage, lens: Lens, tones: tuple[Colour, Colour, Colour], *, lit: bool
) -> None:
    for i, share in enumerate(_RINGS):
        pen = stage.plate.pen()
        pen.oval(lens.x, lens.y, lens.wide * share, lens.wide * share)
        tone = tones[(0, 2, 0, 1, 0, 2, 1)[i]]
        if lit:
            tone = blend(tones[i % 2], LAMPLIGHT, 0.15 + 0.14 * i)
        stage.plate.press(pen.stamp(), tone, 0.85)
    glint = stage.plate.pen()
    spot = lens.x - stage.side * lens.wide * 0.20, lens.y - lens.wide * 0.22
    glint.oval(*spot, lens.wide * 0.08, lens.wide * 0.045)
    stage.plate.press(glint.stamp(), stage.palette.light, 0.7)


def _paint_brass(stage: Stage, lens: Lens) -> None:
    colours, ribs, shine = stage.palette, stage.plate.pen(), stage.plate.pen()
    brass = blend(scaled(colours.dark, 0.8), under(BRASS, colours.ambient), 0.8)
    for turn in _RIBS:
        points = [lens.at(turn, i / 12 - 1) for i in range(25)]
        if abs(turn) < 1 / 2:  # the inner ribs part around the bull's-eye
            points = [*points[:9], (lens.x + turn * lens.wide * 1.30, lens.y), *points[16:]]
        ribs.line(points, lens.wide * 0.035)
        shine.line([(a - lens.wide * 0.008, b) for a, b in points], max(0.5, lens.wide * 0.008))
    for down in (-1.0, 1.0):
        ribs.oval(*lens.at(0, down), lens.wide * 0.54, lens.tall * 0.045)
    top = lens.y - lens.tall
    ribs.poly(
        [
            (lens.x - lens.wide * 0.14, top),
            (lens.x, top - lens.tall * 0.16),
            (lens.x + lens.wide * 0.14, top),
        ]
    )
    stage.plate.press(ribs.stamp(), brass)
    stage.plate.press(shine.stamp(), blend(brass, colours.light, 0.6), 0.8)
