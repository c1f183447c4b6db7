"""A bust: head and shoulders for medium shots, close-ups and character looks, lit from one side."""

from dataclasses import dataclass

import numpy as np

from jobs.art.colour import Colour, blend, scaled, under
from jobs.art.grid import blur, fbm
from jobs.art.look import Kind, Look
from jobs.art.pen import Pen, Point
from jobs.art.stage import Stage


@dataclass(frozen=True, slots=True)
class Bust:
    """Where a bust is and how it is lit. Local points: 1 is a head, x grows where they look."""

    stage: Stage
    look: Look
    x: float
    y: float
    """Between the eyes and the ears: the middle of the head."""
    head: float
    facing: int
    outline: Pen
    flat: bool = False
    """A dark shape in the foreground: no face, hardly any light."""

    def at(self, a: float, b: float) -> Point:
        return self.x + a * self.head * self.facing, self.y + b * self.head

    def all(self, points: list[Point]) -> list[Point]:
        return [self.at(*point) for point in points]

    def body(self, points: list[Point]) -> list[Point]:
        """Points under the chin: shoulders are narrower on a child, wider on a man."""
        wide = {Kind.MAN: 1.06, Kind.WOMAN: 0.90, Kind.BOY: 0.80, Kind.GIRL: 0.76}[self.look.kind]
        short = 0.88 if self.look.child else 1.0
        return [self.at(a * wide, 0.5 + (b - 0.5) * short) for a, b in points]

    def lit(self, own: Colour) -> Colour:
        """A colour where the light falls; a face is exposed for, whatever the hour."""
        colours = self.stage.palette
        lamp = blend(colours.ambient, colours.light, 0.40 + 0.25 * min(1.0, colours.strength))
        return scaled(under(own, lamp), 0.50 if self.flat else 1.28)

    def shaded(self, own: Colour) -> Colour:
        colours = self.stage.palette
        cool = blend(colours.ambient, colours.sky[1], 0.45)
        return blend(scaled(under(own, cool), 0.40 if self.flat else 0.62), colours.dark, 0.30)

    def lay(self, pen: Pen, own: Colour, *, shadow: float = 0.0) -> None:
        """Paint a part: its own colour, turning to shade away from the light, with brush grain."""
        stamp = pen.stamp()
        if not stamp.alpha.size:
            return
        light, dark = self.lit(own), self.shaded(own)
        across = (
            np.arange(stamp.alpha.shape[1], dtype=np.float32) + stamp.left - self.x
        ) * np.float32(self.facing / self.head)
        down = (
            np.arange(stamp.alpha.shape[0], dtype=np.float32) + stamp.top - self.y
        ) / np.float32(self.head)
        turn = (
            np.clip(0.56 - across * 0.62, 0, 1)[None, :]
            + np.clip((down - 0.55) * 0.16, 0, 0.3)[:, None]
        )
        size = stamp.alpha.shape[::-1]
        brush = (
            fbm(self.stage.rng, (max(2, size[0]), max(2, size[1])), (5, 9), 4, 0.6) - 0.5
        ) * 0.5
        share = np.clip(turn + brush + shadow, 0, 1)
        tint = np.stack([a + (b - a) * share for a, b in zip(light, dark, strict=True)])
        self.stage.plate.press(stamp, tint)

    def mark(self, pen: Pen, tint: Colour, strength: float, soft: float = 0.0) -> None:
        """Paint a detail flat, or softened by a share of the head."""
        stamp = pen.stamp()
        if not stamp.alpha.size:
            return
        cover = blur(stamp.alpha, soft * self.head) if soft * self.head > 1 else stamp.alpha
        self.stage.plate.within(stamp).cover(cover * np.float32(strength), tint)
