"""Builders of small real media files."""

import io
import struct
import tempfile
import wave
import zlib
from fractions import Fraction
from typing import Any

import av
from PIL import Image
from PIL.PngImagePlugin import PngInfo

FAKE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def still(width: int = 64, height: int = 32) -> Image.Image:
    """Not symmetrical, so that a turn is seen: red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste((255, 0, 0), (0, 0, width // 2, height))
    return image


def picture(form: str = "PNG", image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (image or still()).save(out, form, **options)
    return out.getvalue()


def xmp(source: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d source="{source}"/></x:xmpmeta>'.encode()


def marked_png(source: str = FAKE, *, packed: bool = False) -> bytes:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp(source).decode(), zip=packed)
    return picture(pnginfo=info)


def sound(seconds: float = 1.0, *, comment: str = "") -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(seconds * 8000) * 2))
    data = out.getvalue()
    if not comment:
        return data
    text = comment.encode() + b"\0" * (2 - len(comment) % 2)
    info = b"INFOICMT" + struct.pack("<I", len(text)) + text
    data += b"LIST" + struct.pack("<I", len(info)) + info
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def clip(
    form: str = "mp4",
    codec: str = "libx264",
    *,
    size: tuple[int, int] = (64, 48),
    frames: int = 24,
    comment: str = "",
    tune: dict[str, str] | None = None,
) -> bytes:
    out = tempfile.NamedTemporaryFile()  # noqa: SIM115 - moving the index needs a real file
    with av.open(out.name, "w", format=form, options=tune or {}) as box:
        if comment:
            box.metadata["comment"] = comment
        stream: Any = box.add_stream(codec, rate=24)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 24)
        image = av.VideoFrame.from_image(still(*size))  # type: ignore[no-untyped-call]
        for index in range(frames):
            frame = image.reformat(format="yuv420p")
            frame.pts = index
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    with out:
        return out.read()


def audio(form: str, codec: str, seconds: float = 1.0) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=form) as box:
        stream: Any = box.add_stream(codec, rate=48000, layout="mono")
        for index in range(int(seconds * 50)):
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(bytes(1920))
            frame.rate = 48000
            frame.pts = index * 960
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few hundred bytes that say they are ``width`` by ``height``: a bomb."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
