"""Looking into one untrusted SVG. Runs in a child of `storage.sandbox`, nowhere else.

The child can't open a file by then (its limit is none), so neither parser nor renderer can reach
one, whatever either would do.
"""

import io
import math
from typing import Any

import resvg_py
from PIL import Image

from domain.errors import TooLarge
from storage.posters import MARK, check_size, poster
from storage.svg import check

_HIGHEST = 4
"""Times its width: a drawing that is higher gets a narrower poster."""
_THINNEST = 100


def drawing(data: bytes | bytearray, width: int) -> tuple[dict[str, Any], bytes]:
    """Facts, and a WebP: drawn, not enlarged, so ``width`` wide however small it says it is."""
    text = bytes(data)
    wide, high = check(text)
    size = max(1, math.ceil(wide)), max(1, math.ceil(high))
    check_size(*size)
    if max(wide, high) > _THINNEST * min(wide, high):
        raise TooLarge(f"An SVG may be {_THINNEST} times as long as wide.")
    marked = MARK.encode() in text
    image = _drawn(text.decode("utf-8-sig"), wide, high, width)
    facts = {"width": size[0], "height": size[1], "duration": None, "marked_fake": marked}
    return facts, poster(image, marked=marked)


def _drawn(text: str, wide: float, high: float, width: int) -> Image.Image:
    scale = min(width / wide, _HIGHEST * width / high)
    data = resvg_py.svg_to_bytes(
        svg_string=text,
        width=max(1, round(wide * scale)),
        height=max(1, round(high * scale)),
        dpi=96,
        skip_system_fonts=True,
    )
    image = Image.open(io.BytesIO(data), formats=("PNG",))
    image.load()
    return image if image.getextrema()[-1] != (255, 255) else image.convert("RGB")
