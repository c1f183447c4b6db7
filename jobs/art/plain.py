"""A plain card: the demo picture when nobody looks. Flat, marked, made in milliseconds."""

import hashlib
import io

from PIL import Image, ImageDraw

from jobs.art.ask import PictureAsk
from jobs.art.mark import stamp, type_face
from jobs.art.provenance import xmp


def plain(ask: PictureAsk) -> bytes:
    """A colour and a code that follow from the whole ask, under the same mark as painted art."""
    told = (ask.prompt, ask.seed, ask.width, ask.height, ask.label)
    digest = hashlib.sha256("\0".join(map(str, told)).encode()).hexdigest()
    red, green, blue = (48 + int(digest[i : i + 2], 16) // 2 for i in (0, 2, 4))
    image = Image.new("RGB", (ask.width, ask.height), (red, green, blue))
    draw = ImageDraw.Draw(image)
    face = type_face(max(8, min(ask.width // 14, ask.height // 7)))
    middle = ask.width / 2, ask.height * 0.38
    draw.text(middle, digest[:12], font=face, fill=(236, 232, 222), anchor="mm")
    stamp(image, ask)
    out = io.BytesIO()
    # The whole digest rides along, so that no two asks can ever share their bytes.
    image.save(out, "JPEG", quality=80, xmp=xmp(), comment=digest.encode())
    return out.getvalue()
