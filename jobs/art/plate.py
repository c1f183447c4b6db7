"""A plate: the picture being painted. Three planes, one a channel, changed in place.

Planes, not pixels: numpy then works along whole rows, which is several times faster than along
three channels.
"""

from dataclasses import dataclass

import numpy as np

from jobs.art.colour import Colour
from jobs.art.grid import Grid, axes, blur, pull
from jobs.art.pen import Pen, Stamp


@dataclass(frozen=True, slots=True)
class Plate:
    planes: Grid

    @classmethod
    def blank(cls, width: int, height: int, colour: Colour = (0.0, 0.0, 0.0)) -> "Plate":
        plate = cls(np.empty((3, height, width), np.float32))
        for plane, ink in zip(plate.planes, colour, strict=True):
            plane[:] = ink
        return plate

    @property
    def width(self) -> int:
        return int(self.planes.shape[2])

    @property
    def height(self) -> int:
        return int(self.planes.shape[1])

    @property
    def x(self) -> Grid:
        return axes(self.width, self.height)[0]

    @property
    def y(self) -> Grid:
        return axes(self.width, self.height)[1]

    def pen(self) -> Pen:
        return Pen(self.width, self.height)

    def row(self, y: float) -> Colour:
        """The mean colour of one row."""
        at = int(min(max(y, 0), self.height - 1))
        red, green, blue = (float(plane[at].mean()) for plane in self.planes)
        return red, green, blue

    def cover(self, mask: Grid, tint: Colour | Grid) -> None:
        """Paint over, as much as the mask says."""
        for plane, ink in zip(self.planes, tint, strict=True):
            pull(plane, ink, mask)

    def shine(self, mask: Grid, light: Colour) -> None:
        """Add light."""
        for plane, ink in zip(self.planes, light, strict=True):
            np.add(plane, mask * np.float32(ink), out=plane)

    def dim(self, mask: Grid) -> None:
        self.planes[:] *= 1 - mask

    def press(self, stamp: Stamp, tint: Colour | Grid, strength: float = 1.0) -> None:
        """Paint a stamp; a grid of tint is as large as the stamp."""
        alpha = stamp.alpha if strength == 1 else stamp.alpha * np.float32(strength)
        self.within(stamp).cover(alpha, tint)

    def within(self, stamp: Stamp) -> "Plate":
        """The part of this plate under a stamp: painting there paints here."""
        return Plate(self.planes[:, stamp.rows, stamp.columns])

    def soften(self, radius: float) -> None:
        for plane in self.planes:
            plane[:] = blur(plane, radius)

    def copy(self) -> "Plate":
        return Plate(self.planes.copy())
