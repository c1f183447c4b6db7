"""The stage one picture is painted on: its brief, its light, its plate and its dice."""

from dataclasses import dataclass

import numpy as np

from jobs.art.brief import Brief
from jobs.art.grid import Grid, Rng
from jobs.art.palette import Palette, palette
from jobs.art.plate import Plate
from jobs.art.shot import Angle, Place, Size

_ZOOM = {Size.VAST: 0.78, Size.WIDE: 1.0, Size.MEDIUM: 1.2, Size.CLOSE: 1.35}
_TILT = {Angle.LOW: 0.13, Angle.HIGH: -0.15}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody stands: feet and height in pixels."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Stage:
    brief: Brief
    palette: Palette
    plate: Plate
    rng: Rng
    sun_x: float
    sun_y: float
    side: int
    """Where the weight of the picture is: 1 right, -1 left, always away from the light."""
    coin: int
    """A small number for choices between set-ups that the seed makes."""

    @property
    def width(self) -> int:
        return self.plate.width

    @property
    def height(self) -> int:
        return self.plate.height

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    @property
    def base(self) -> float:
        """The frame's own measure in pixels, for things that do not grow with the lens."""
        return min(self.height, self.width * 0.75)

    @property
    def unit(self) -> float:
        """The measure of things on the stage: it grows with a closer shot."""
        low = 1.18 if self.brief.angle is Angle.LOW else 1.0
        return self.base * _ZOOM[self.brief.size] * low

    @property
    def u(self) -> Grid:
        out: Grid = self.plate.x / self.width
        return out

    @property
    def v(self) -> Grid:
        out: Grid = self.plate.y / self.height
        return out

    @property
    def aspect(self) -> float:
        return self.width / self.height

    def level(self, v: float) -> float:
        """A height in the frame, moved by the tilt of the camera."""
        return min(max(v + _TILT.get(self.brief.angle, 0.0), 0.28), 0.86)

    @property
    def seed_bit(self) -> bool:
        """A coin tossed once, for choices between two set-ups."""
        return bool(self.coin % 2)

    def columns(self) -> Grid:
        return np.linspace(0, 1, self.width, dtype=np.float32)


_SUN_CAP = {
    Place.DESERT: 0.40,
    Place.FOREST: 0.36,
    Place.SKYLINE: 0.46,
    Place.STREET: 0.40,
    Place.MOUNTAIN: 0.42,
}


def build(brief: Brief, seed: int, draw: bytes, width: int, height: int) -> Stage:
    rng = np.random.Generator(
        np.random.PCG64([seed & (2**63 - 1), int.from_bytes(draw[:8], "big")])
    )
    colours = palette(brief.time)
    side = 1 if draw[8] % 2 else -1
    sun_x = 0.5 - side * float(rng.uniform(0.12, 0.27))
    sun_y = min(colours.sun * float(rng.uniform(0.9, 1.02)), _SUN_CAP.get(brief.place, 0.52))
    plate = Plate.blank(width, height)
    return Stage(brief, colours, plate, rng, sun_x, sun_y, side, draw[9])
