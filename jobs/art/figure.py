"""A figure: somebody full length in a wide shot, in their own colours, feet on the ground."""

from jobs.art.colour import BRASS, EMBER, Colour, blend, hexed, scaled, under
from jobs.art.glow import lamp, rim
from jobs.art.look import Hat, Look
from jobs.art.pen import Pen, Point, path
from jobs.art.stage import Spot, Stage

_HEADS = 7.4
_CHILD_HEADS = 5.9


def paint_figure(stage: Stage, look: Look, spot: Spot, facing: int) -> None:
    """Paint one person standing or walking; facing is 1 to the right."""
    body = _Body(stage, look, spot, facing)
    body.shadow()
    body.legs()
    body.coat()
    body.head()
    body.finish()


class _Body:
    """The parts of one person, in units of a head, painted from the feet up."""

    def __init__(self, stage: Stage, look: Look, spot: Spot, facing: int) -> None:
        self.stage, self.look, self.facing = stage, look, facing
        self.x, self.foot = spot.x, spot.y
        tall = spot.height * (0.74 if look.child else 0.96 if look.long_hair else 1.0)
        self.unit = tall / (_CHILD_HEADS if look.child else _HEADS)
        # A child is all head: the body is drawn in the grown-up's proportions, but shorter.
        self.stretch = (_CHILD_HEADS - 1) / (_HEADS - 1) if look.child else 1.0
        self.outline = stage.plate.pen()

    def at(self, a: float, b: float) -> Point:
        return self.x + a * self.unit * self.facing, self.foot - b * self.unit * self.stretch

    def tone(self, own: Colour, share: float = 0.62) -> Colour:
        """A thing's colour in this light: half of it stays silhouette."""
        colours = self.stage.palette
        return blend(scaled(colours.dark, 0.6), under(own, colours.ambient), share)

    def _limb(self, pen: Pen, a: Point, b: Point, thick: float, thin: float) -> None:
        for each in (pen, self.outline):
            each.limb(self.at(*a), self.at(*b), thick * self.unit, thin * self.unit)

    def _poly(self, pen: Pen, points: list[Point]) -> None:
        placed = [self.at(*point) for point in points]
        pen.poly(placed)
        self.outline.poly(placed)

    def _press(self, pen: Pen, own: Colour, share: float = 0.62) -> None:
        self.stage.plate.press(pen.stamp(), self.tone(own, share))

    def shadow(self) -> None:
        """A soft contact shadow, so that nobody floats."""
        pen = self.stage.plate.pen()
        away = 1 if self.stage.sun_x * self.stage.width < self.x else -1
        pen.oval(self.x + away * self.unit * 0.7, self.foot, self.unit * 1.7, self.unit * 0.17, 150)
        pen.oval(self.x, self.foot, self.unit * 0.8, self.unit * 0.13, 220)
        self.stage.plate.press(pen.stamp(), scaled(self.stage.palette.dark, 0.35), 0.75)

    def legs(self) -> None:
        pen = self.stage.plate.pen()
        if self.look.walks:
            self._limb(pen, (0.05, 3.4), (0.58, 1.9), 0.33, 0.24)
            self._limb(pen, (0.58, 1.9), (0.74, 0.24), 0.22, 0.14)
            self._limb(pen, (0.74, 0.15), (1.06, 0.1), 0.15, 0.11)
            self._limb(pen, (-0.05, 3.4), (-0.28, 1.85), 0.33, 0.24)
            self._limb(pen, (-0.28, 1.85), (-0.90, 0.6), 0.21, 0.14)
            self._limb(pen, (-0.90, 0.52), (-0.78, 0.22), 0.14, 0.11)
        else:
            for hip, heel, toe in ((-0.2, -0.24, -0.06), (0.22, 0.32, 0.54)):
                self._limb(pen, (hip, 3.4), (heel, 0.2), 0.30, 0.17)
                self._limb(pen, (heel, 0.14), (toe, 0.1), 0.15, 0.11)
        self._press(pen, hexed("33343a"), 0.35)

    def coat(self) -> None:
        pen = self.stage.plate.pen()
        if self.look.walks:
            self._poly(
                pen,
                path(
                    "-.58 6.1, -.2 6.4, .3 6.38, .58 6.05, .58 4.9, .66 3.6, .8 2.3, "
                    ".2 2.1, -.3 2.3, -.98 2.1, -.74 3.6, -.58 4.9"
                ),
            )
            self._limb(pen, (-0.42, 5.95), (-0.80, 4.8), 0.21, 0.17)
            self._limb(pen, (-0.80, 4.8), (-0.68, 3.9), 0.17, 0.14)
        else:
            self._poly(
                pen,
                path(
                    "-.74 5.9, -.58 6.2, -.16 6.42, .16 6.42, .58 6.2, .74 5.9, "
                    ".64 4.9, .68 3.7, .86 2.3, .05 2.14, -.84 2.3, -.68 3.7, -.64 4.9"
                ),
            )
            self._limb(pen, (-0.66, 5.9), (-0.84, 4.8), 0.20, 0.17)
            self._limb(pen, (-0.84, 4.8), (-0.72, 3.85), 0.17, 0.13)
        hand = self._fore_arm(pen)
        self._press(pen, self.look.coat)
        fold = self.stage.plate.pen()
        fold.line([self.at(0.05, 6.1), self.at(0.08, 4.4), self.at(0.12, 2.3)], self.unit * 0.05)
        fold.line([self.at(-0.6, 4.35), self.at(0.62, 4.35)], self.unit * 0.06)
        self.stage.plate.press(fold.stamp(), scaled(self.stage.palette.dark, 0.5), 0.5)
        self._hand(hand)

    def _fore_arm(self, pen: Pen) -> Point:
        """The arm nearer to where they look: it carries a lantern if there is one."""
        if self.look.lantern:
            self._limb(pen, (0.60, 5.9), (0.95, 4.95), 0.20, 0.17)
            self._limb(pen, (0.95, 4.95), (1.62, 5.05), 0.16, 0.13)
            return 1.76, 5.05
        stride = 0.46 if self.look.walks else 0.76
        self._limb(pen, (0.58, 5.9), (0.20 if self.look.walks else 0.86, 4.8), 0.20, 0.17)
        self._limb(pen, (0.20 if self.look.walks else 0.86, 4.8), (stride, 3.9), 0.16, 0.13)
        return stride, 3.74

    def _hand(self, hand: Point) -> None:
        pen = self.stage.plate.pen()
        x, y = self.at(*hand)
        pen.oval(x, y, self.unit * 0.15, self.unit * 0.17)
        self._press(pen, self.look.skin, 0.7)

    def head(self) -> None:
        look, unit, face = self.look, self.unit, self.facing
        x, neck = self.at(0.04, 6.35)
        top = neck - unit * 0.70
        skin, hair = self.stage.plate.pen(), self.stage.plate.pen()
        skin.limb((x, neck), (x, top), unit * 0.17, unit * 0.17)
        skin.oval(x + 0.07 * unit * face, top, 0.34 * unit, 0.43 * unit)
        hair.oval(x - 0.05 * unit * face, top - 0.14 * unit, 0.37 * unit, 0.36 * unit)
        if look.long_hair:
            hair.limb(
                (x - 0.2 * unit * face, top),
                (x - 0.34 * unit * face, top + 0.95 * unit),
                0.27 * unit,
                0.13 * unit,
            )
        self.outline.oval(x, top - 0.04 * unit, 0.38 * unit, 0.44 * unit)
        self._press(skin, look.skin, 0.7)
        self._press(hair, look.hair)
        if look.hat is not Hat.NONE:
            hat = self.stage.plate.pen()
            hat.oval(x, top - 0.30 * unit, 0.40 * unit, 0.26 * unit)
            wide = {Hat.CAP: 0.45, Hat.BEANIE: 0.38, Hat.BRIM: 0.72, Hat.SOUWESTER: 0.62}[look.hat]
            hat.oval(
                x + (0.08 if look.hat is Hat.CAP else -0.04) * unit * face,
                top - 0.18 * unit,
                wide * unit,
                0.09 * unit,
            )
            self._press(hat, look.hat_colour)
        if look.scarf:
            scarf = self.stage.plate.pen()
            scarf.oval(x, neck - 0.05 * unit, 0.36 * unit, 0.18 * unit)
            back = x - 0.3 * unit * face
            scarf.poly(
                [
                    (back, neck - 0.1 * unit),
                    (back - 1.05 * unit * face, neck + 0.30 * unit),
                    (back - 0.95 * unit * face, neck + 0.62 * unit),
                    (back + 0.1 * unit * face, neck + 0.16 * unit),
                ]
            )
            self._press(scarf, look.scarf, 0.8)

    def finish(self) -> None:
        """Rim the figure from the light and hang the lantern."""
        stage, stamp = self.stage, self.outline.stamp()
        middle = self.foot - self.unit * 3
        toward = (stage.sun_x * stage.width - self.x, stage.sun_y * stage.height - middle)
        power = 0.28 + 0.36 * stage.palette.strength
        rim(
            stage.plate,
            stamp,
            toward,
            stage.palette.light,
            width=max(1.2, self.unit * 0.10),
            power=power,
        )
        if self.look.lantern:
            x, y = self.at(1.78, 4.75)
            pen = stage.plate.pen()
            pen.line([(x, y - 0.35 * self.unit), (x, y)], self.unit * 0.05)
            pen.rect(x - 0.2 * self.unit, y, x + 0.2 * self.unit, y + 0.62 * self.unit)
            stage.plate.press(pen.stamp(), scaled(BRASS, 0.5))
            lamp(stage.plate, x, y + 0.3 * self.unit, self.unit * 2.4, EMBER, power=1.15)
