"""The DEMO mark: burnt into the pixels of every demo picture."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from jobs.art.ask import PictureAsk
from jobs.art.provenance import SENTENCE

_AMBER, _INK, _BONE = (245, 166, 35), (20, 14, 4), (200, 195, 185)
_BAR = (7, 8, 10)
_FILM = 2.39
_LETTERBOXED = (1.55, 2.05)
"""Shapes of frame that get bars: about 16:10 to 2:1."""


def bar(width: int, height: int) -> int:
    """How many rows of letterbox the frame gets above and below its picture."""
    low, high = _LETTERBOXED
    return max(0, round((height - width / _FILM) / 2)) if low <= width / height <= high else 0


@lru_cache(maxsize=32)
def type_face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(max(size, 6))


def stamp(image: Image.Image, ask: PictureAsk, *, ghost: bool = True) -> None:
    """Burn the mark in: a plate bottom left, the sentence beside it, a faint DEMO across.

    Not the ghost where the picture below has it already.
    """
    width, height = image.size
    draw = ImageDraw.Draw(image, "RGBA")
    letterbox = bar(width, height)
    if ghost:
        _ghost(image, int(min(width / 4.2, height / 2.2)))
    if letterbox:
        draw.rectangle([0, 0, width, letterbox - 1], fill=_BAR)
        draw.rectangle([0, height - letterbox, width, height], fill=_BAR)
    strip = letterbox or max(12, round(min(width * 0.115, height * 0.10)))
    margin = round(strip * 0.16)
    size = strip - 2 * margin
    plate = round(size * 2.55)
    top = height - strip + margin
    if not letterbox:
        draw.rectangle([0, height - strip, width, height], fill=(*_BAR, 150))
    draw.rounded_rectangle(
        [margin, top, margin + plate, top + size], max(1, size // 7), fill=_AMBER
    )
    draw.text(
        (margin + plate / 2, top + size / 2),
        "DEMO",
        font=type_face(round(size * 0.80)),
        fill=_INK,
        anchor="mm",
    )
    label_wide = _label(draw, ask.label, (width - margin * 2, top + size / 2), size)
    _sentence(draw, (margin * 2 + plate, top, width - margin * 3 - label_wide, top + size))
    if ask.caption and letterbox:
        _caption(draw, ask.caption, (margin * 2, letterbox / 2), width - margin * 4, size)


def _ghost(image: Image.Image, size: int) -> None:
    """A faint word across the middle, so that no crop goes without."""
    face = type_face(size)
    left, top, right, bottom = (round(edge) for edge in face.getbbox("DEMO"))
    veil = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(veil).text((-left, -top), "DEMO", font=face, fill=24)
    spot = ((image.width - veil.width) // 2, (image.height - veil.height) // 2)
    image.paste(_BONE, (*spot, spot[0] + veil.width, spot[1] + veil.height), veil)


def _label(draw: ImageDraw.ImageDraw, label: str, spot: tuple[float, float], size: int) -> float:
    if not label:
        return 0.0
    face = type_face(round(size * 0.46))
    draw.text(spot, label, font=face, fill=_BONE, anchor="rm")
    return draw.textlength(label, font=face)


def _sentence(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    """One line if it fits, else two smaller ones; left out only where nobody could read it."""
    left, top, right, bottom = box
    middle, room, tall = (top + bottom) / 2, right - left, bottom - top
    first, second = SENTENCE.split(", ")
    for lines, share in (
        ([SENTENCE], 0.32),
        ([first + ",", second], 0.30),
        ([first + ",", second], 0.22),
    ):
        face = type_face(round(tall * share))
        if max(draw.textlength(line, font=face) for line in lines) <= room:
            for i, line in enumerate(lines):
                y = middle + (i - (len(lines) - 1) / 2) * tall * share * 1.3
                draw.text((left, y), line, font=face, fill=_BONE, anchor="lm")
            return


def _caption(
    draw: ImageDraw.ImageDraw, caption: str, spot: tuple[float, float], room: float, size: int
) -> None:
    face = type_face(round(size * 0.34))
    text = caption
    while text and draw.textlength(text, font=face) > room:
        text = text[: len(text) * 9 // 10].rstrip(" .,")
    shown = text if text == caption else text + " ..."
    draw.text(spot, shown, font=face, fill=_BONE, anchor="lm")
