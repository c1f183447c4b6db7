"""Looking into one untrusted file. Runs in a child of `storage.sandbox`, nowhere else."""

import io
import warnings
from typing import Any

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from storage.decoding_svg import drawing
from storage.formats import PIXELS
from storage.posters import MARK, check_size, fit, poster

_PLUGINS = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}


def look(
    data: bytes | bytearray, *, decoder: str, width: int = 0, wave: bool = False
) -> tuple[dict[str, Any], bytes]:
    """Facts, and a WebP at most ``width`` wide; any exception means that it does not decode.

    With ``wave`` no facts, and the sound as WAV.
    """
    if wave:
        from storage.decoding_wave import sound  # noqa: PLC0415 - for clips that get a voice

        return {}, sound(data, decoder)
    if decoder.isupper():
        return _picture(data, decoder, width)
    if decoder == "svg":
        return drawing(data, width)
    from storage.decoding_av import clip  # noqa: PLC0415 - a hundred megabytes, for clips alone

    return clip(data, decoder, width)


def warm() -> None:
    """Do all once, so that no child has to import or set up anything."""
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    for form in ("PNG", "JPEG", "WEBP"):
        out = io.BytesIO()
        Image.new("RGB", (8, 8)).save(out, form)
        _picture(out.getvalue(), form, 4)
    drawing(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>', 4)


def _picture(data: bytes | bytearray, decoder: str, width: int) -> tuple[dict[str, Any], bytes]:
    try:
        image = Image.open(io.BytesIO(data), formats=(decoder,))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        check_size(PIXELS, 2)
        raise
    check_size(*image.size)
    turn = image.getexif().get(_ORIENTATION, 1) if decoder in {"JPEG", "PNG", "WEBP"} else 1
    shown = image.size[::-1] if turn in _SIDEWAYS else image.size
    small = fit(*shown, width)
    stored = small[::-1] if turn in _SIDEWAYS else small
    image.draft(None, stored)  # JPEG alone knows it: all is still read, at half the work
    image.load()
    marked = MARK.encode() in data or any(map(_says, image.info.values()))
    plain = _plain(image)
    if plain.size != stored:
        plain = plain.resize(stored, Image.Resampling.BICUBIC, reducing_gap=1.0)
    if turn in _TURNS:
        plain = plain.transpose(_TURNS[turn])
    facts = {"width": shown[0], "height": shown[1], "duration": None, "marked_fake": marked}
    return facts, poster(plain, marked=marked)


def _plain(image: Image.Image) -> Image.Image:
    """As RGB or RGBA; where the channels were others their colour profile no longer fits."""
    if image.mode in {"RGB", "RGBA"}:
        return image
    if image.mode.startswith("I"):  # 16 bits a channel, which a plain conversion would clip
        return image.convert("F").point(lambda value: value * (255 / 65535)).convert("RGB")
    alpha = image.mode in {"LA", "PA"} or "transparency" in image.info
    plain = image.convert("RGBA" if alpha else "RGB")
    if image.mode not in {"P", "PA"}:
        plain.info.pop("icc_profile", None)
    return plain


def _says(value: object) -> bool:
    """Whether this piece of metadata, unpacked by now, carries the mark."""
    if isinstance(value, bytes):
        return MARK.encode() in value
    return isinstance(value, str) and MARK in value
