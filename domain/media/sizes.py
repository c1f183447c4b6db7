"""Picture sizes from an aspect: sides in steps of 8 around 640 x 360 pixels' area."""

import math
import re
from fractions import Fraction

AREA = 640 * 360
STEP = 8
SMALLEST, LARGEST = Fraction(1, 4), Fraction(4)

_ASPECT = re.compile(r"\s*(\d{1,5}(?:\.\d{1,5})?)\s*(?:[:/x]\s*(\d{1,5}(?:\.\d{1,5})?))?\s*")


def ratio(aspect: str) -> Fraction:
    """Width over height of ``16:9``, ``16/9``, ``2.39:1`` or ``1.85``.

    Raises ValueError for anything else and beyond 1:4 and 4:1.
    """
    match = _ASPECT.fullmatch(aspect)
    if not match or not Fraction(match[2] or 1):
        raise ValueError(f"{aspect!r} is not an aspect such as 16:9")
    value = Fraction(match[1]) / Fraction(match[2] or 1)
    if not SMALLEST <= value <= LARGEST:
        raise ValueError(f"{aspect!r} is not between 1:4 and 4:1")
    return value


def size_for(
    aspect: str, *, width: int | None = None, height: int | None = None
) -> tuple[int, int]:
    """Width and height in pixels; a side that is given stays, the other follows the aspect.

    16:9 gives 640 x 360, 1:1 480 x 480, 9:16 360 x 640. Sides are within 64..4096.
    """
    shape = ratio(aspect)
    if width is None and height is None:
        return _side(math.sqrt(AREA * shape)), _side(math.sqrt(AREA / shape))
    if width is None:
        return _side(float((height or 0) * shape)), height or 0
    return width, height if height is not None else _side(float(width / shape))


def _side(length: float) -> int:
    return min(4096, max(64, round(length / STEP) * STEP))
