"""A colour: three floats, red green blue, where 1.0 is paper white and light may go above."""

from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]


def hexed(code: str) -> Colour:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def blend(one: Colour, two: Colour, share: float) -> Colour:
    """Give `one` where share is 0, `two` where it is 1."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, two, strict=True))
    return red, green, blue


def scaled(one: Colour, by: float) -> Colour:
    return one[0] * by, one[1] * by, one[2] * by


def under(one: Colour, lamp: Colour) -> Colour:
    """Look at a surface colour under a coloured light."""
    return one[0] * lamp[0], one[1] * lamp[1], one[2] * lamp[2]


BRASS = hexed("c79a4b")
EMBER = hexed("ffb25c")
LAMPLIGHT = hexed("fff0b8")
WHITE = (1.0, 1.0, 1.0)
