"""The measures of a body, and where things are worn on it or held by it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from jobs.dolls.lines import Point, limb
from jobs.dolls.sheet import GROUND, MIDDLE

Side = Literal["right", "left"]
"""Of the doll, so its right is on the left of the sheet."""
SIDES: tuple[Side, Side] = ("right", "left")
Style = Literal["tail", "long", "puffs", "short", "curls", "parted", "bob", "beard"]
"""Of the hair."""
Joints = tuple[Point, Point, Point]
Widths = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Body:
    """Half widths and heights; y grows downwards. Poses follow from what is in the hands."""

    name: str
    crown: float
    head: tuple[float, float]
    neck: float
    shoulder: float
    chest: float
    waist: float
    hip: float
    arm: Widths
    leg: Widths
    skin: str
    shade: str
    hair: str
    style: Style
    holds: frozenset[Side] = frozenset()
    boots: bool = False

    @property
    def scale(self) -> float:
        """Of what is made for a grown person."""
        return max(0.78, min(1.0, (GROUND - self.crown) / 660))

    @property
    def face_y(self) -> float:
        return self.crown + self.head[1]

    @property
    def chin_y(self) -> float:
        return self.crown + 2 * self.head[1]

    @property
    def shoulder_y(self) -> float:
        return self.chin_y + 0.32 * self.head[1]

    @property
    def crotch_y(self) -> float:
        return self.shoulder_y + 0.42 * (GROUND - self.shoulder_y)

    def down(self, share: float) -> float:
        """A height on the torso: 0 at the shoulders, 1 at the crotch."""
        return self.shoulder_y + share * (self.crotch_y - self.shoulder_y)

    @property
    def chest_y(self) -> float:
        return self.down(0.28)

    @property
    def waist_y(self) -> float:
        return self.down(0.56)

    @property
    def hip_y(self) -> float:
        return self.down(0.84)

    @property
    def belt_y(self) -> float:
        return self.down(0.66)

    @property
    def knee_y(self) -> float:
        return self.crotch_y + 0.48 * (GROUND - self.crotch_y)

    def side(self, which: Side, x: float) -> float:
        """The x that lies ``x`` from the middle on that side."""
        return MIDDLE - x if which == "right" else MIDDLE + x

    def half(self, y: float) -> float:
        """Half the width of the torso at that height, arms left out."""
        stations = (
            (self.shoulder_y + 18, self.shoulder - 5),
            (self.chest_y - 10, self.chest + 1),
            (self.chest_y + 8, self.chest),
            (self.waist_y, self.waist),
            (self.hip_y, self.hip),
            (self.crotch_y, self.hip * 0.98),
        )
        if y <= stations[0][0]:
            return stations[0][1]
        for (y0, w0), (y1, w1) in pairwise(stations):
            if y <= y1:
                t = (y - y0) / (y1 - y0)
                return w0 + (w1 - w0) * t * t * (3 - 2 * t)
        return stations[-1][1]

    def arm_joints(self, which: Side) -> Joints:
        """Shoulder, elbow, wrist: hanging, or bent outwards where the hand holds something."""
        long = self.crotch_y - self.shoulder_y - 4
        x, y = self.shoulder - self.arm[0] + 3, self.shoulder_y + 21
        if which in self.holds:
            elbow = (self.shoulder + 0.09 * long, y + 0.47 * long)
            wrist = (elbow[0] + 0.36 * long, elbow[1] + 0.02 * long)
            bend = (elbow[0] - 2, elbow[1] - 0.03 * long)
        else:
            bend = (self.shoulder + 0.08 * long, y + 0.46 * long)
            wrist = (self.shoulder + 0.17 * long, y + 0.94 * long)
        points = [(x, y), bend, wrist]
        first, second, third = ((self.side(which, px), py) for px, py in points)
        return first, second, third

    def hand(self, which: Side) -> Point:
        """The middle of the palm: where a shaft goes through a fist."""
        (_, _), (bx, by), (wx, wy) = self.arm_joints(which)
        if which in self.holds:
            return wx + (13 if wx > bx else -13), wy
        long = ((wx - bx) ** 2 + (wy - by) ** 2) ** 0.5
        return wx + (wx - bx) / long * 17, wy + (wy - by) / long * 17

    def leg_joints(self, which: Side) -> Joints:
        x = self.hip - self.leg[0] - 1
        points = ((x, self.crotch_y - 26), (x + 1, self.knee_y), (x + 3, GROUND - 24))
        first, second, third = ((self.side(which, px), py) for px, py in points)
        return first, second, third

    def foot(self, which: Side) -> Point:
        """Of the sole, below the ankle."""
        return self.leg_joints(which)[2][0], GROUND

    def arm_line(
        self, which: Side, *, begin: float = 0, end: float = 1, ease: float = 0
    ) -> list[Point]:
        return limb(self.arm_joints(which), self.arm, begin=begin, end=end, ease=ease)

    def leg_line(
        self, which: Side, *, begin: float = 0, end: float = 1, ease: float = 0
    ) -> list[Point]:
        return limb(self.leg_joints(which), self.leg, begin=begin, end=end, ease=ease)
