"""The small WebP shown in place of a picture or a clip. Made in decoding children alone."""

import io

from PIL import Image

from domain.errors import TooLarge
from storage.formats import PIXELS

MARK = "digitalsourcetype/algorithmicMedia"
"""What the demo's art says of itself in its metadata (IPTC digital source type)."""

_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-synta'
    'x-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-0'
    f'2-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/{MARK}"/></rdf:RDF>'
    "</x:xmpmeta>"
)
_MAX_PROFILE = 64 * 1024


def check_size(width: int, height: int) -> None:
    if width * height > PIXELS:
        raise TooLarge(f"A picture may have {PIXELS // 1_000_000} megapixels.")


def poster(image: Image.Image, *, marked: bool) -> bytes:
    """As WebP; of its metadata only colours and the mark of a fake survive."""
    profile = image.info.get("icc_profile") or b""
    out = io.BytesIO()
    image.save(
        out,
        "WEBP",
        quality=80,
        method=2,
        exif=b"",
        xmp=_XMP.encode() if marked else b"",
        icc_profile=profile if len(profile) <= _MAX_PROFILE else b"",
    )
    return out.getvalue()


def fit(width: int, height: int, most: int) -> tuple[int, int]:
    """The size at most ``most`` wide, never enlarged."""
    return (width, height) if width <= most else (most, max(1, round(height * most / width)))
