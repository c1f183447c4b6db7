"""Which media is taken, told by its first bytes alone, and how much of it."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from domain.errors import Invalid, TooLarge, Unsupported
from domain.media.staging import MediaType

IMAGE_BYTES = 40_000_000
SVG_BYTES = 2_000_000
SOUND_BYTES = 60_000_000
VIDEO_BYTES = 500_000_000
PIXELS = 40_000_000
SOUND_SECONDS = 600.0
VIDEO_SECONDS = 1800.0

Decoder = Literal[
    "PNG", "JPEG", "WEBP", "GIF", "AVIF", "svg", "wav", "mp3", "ogg", "flac", "mp4", "webm"
]


class Format(NamedTuple):
    """``decoder`` is the only one that is ever let at the bytes."""

    decoder: Decoder
    mime: str
    extension: str
    media_type: MediaType
    limit: int

    @property
    def is_picture(self) -> bool:
        return self.media_type.is_picture

    def as_sound(self) -> "Format":
        """What a clip is that turned out to have no picture."""
        mime, extension = _SOUND_ONLY.get(self.extension, (self.mime, self.extension))
        return Format(self.decoder, mime, extension, MediaType.VOICE, SOUND_BYTES)


def sniff(data: bytes) -> Format:
    """The format of ``data``; its name and what a client declared are never looked at.

    Sound is VOICE here: only the slot it fills knows whether it is music.
    """
    if not data:
        raise Invalid("The file is empty.", code="empty_file")
    found = _match(data[:64]) or _drawing(data[:_SEARCHED])
    if found is None:
        raise Unsupported(
            "This is no media that is taken: PNG, JPEG, WebP, GIF, AVIF, SVG, WAV, MP3, Ogg, FLAC, "
            "M4A, MP4, MOV or WebM."
        )
    if len(data) > found.limit:
        raise TooLarge(f"Files of this type may have {found.limit // 1_000_000} MB.")
    return found


def _match(head: bytes) -> Format | None:
    for offset, magic, found in _MAGIC:
        if head.startswith(magic, offset):
            return found(head) if callable(found) else found
    return None


def _drawing(head: bytes) -> Format | None:
    """SVG has no magic: what counts is the first element behind what may stand before it."""
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while rest.startswith((b"<?", b"<!")) and not rest[:9].lower().startswith(b"<!doctype"):
        rest = rest.partition(b"-->" if rest.startswith(b"<!--") else b">")[2].lstrip()
    name = _ROOT.match(rest)
    return _SVG if name is not None else None


def _riff(head: bytes) -> Format | None:
    return {b"WEBP": _image("WEBP", "webp"), b"WAVE": _sound("wav", "audio/wav")}.get(head[8:12])


def _matroska(head: bytes) -> Format | None:
    return _video("webm", "video/webm", "webm") if b"webm" in head else None


def _boxes(head: bytes) -> Format | None:
    brand = head[8:12]
    if brand in {b"avif", b"avis"}:
        return _image("AVIF", "avif")
    if brand == b"qt  ":
        return _video("mp4", "video/quicktime", "mov")
    if brand in {b"M4A ", b"M4B "}:
        return _MP4.as_sound()
    if brand[:3] in {b"iso", b"mp4", b"avc", b"das", b"M4V", b"3gp", b"MSN", b"f4v", b"cmf"}:
        return _MP4
    return None


def _image(decoder: Decoder, extension: str) -> Format:
    return Format(decoder, f"image/{decoder.lower()}", extension, MediaType.IMAGE, IMAGE_BYTES)


def _sound(decoder: Decoder, mime: str) -> Format:
    return Format(decoder, mime, decoder, MediaType.VOICE, SOUND_BYTES)


def _video(decoder: Decoder, mime: str, extension: str) -> Format:
    return Format(decoder, mime, extension, MediaType.VIDEO, VIDEO_BYTES)


_SOUND_ONLY = {
    "mp4": ("audio/mp4", "m4a"),
    "mov": ("audio/mp4", "m4a"),
    "webm": ("audio/webm", "weba"),
}
_SEARCHED = 4096
_ROOT = re.compile(rb"<(?:!doctype\s+|\w{1,40}:)?svg[\s/>]", re.IGNORECASE)
_SVG = Format("svg", "image/svg+xml", "svg", MediaType.VECTOR, SVG_BYTES)
_MP4 = _video("mp4", "video/mp4", "mp4")
_MP3 = _sound("mp3", "audio/mpeg")
_MAGIC: tuple[tuple[int, bytes, Format | Callable[[bytes], Format | None]], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", _image("PNG", "png")),
    (0, b"\xff\xd8\xff", _image("JPEG", "jpg")),
    (0, b"GIF87a", _image("GIF", "gif")),
    (0, b"GIF89a", _image("GIF", "gif")),
    (0, b"RIFF", _riff),
    (4, b"ftyp", _boxes),
    (0, b"\x1aE\xdf\xa3", _matroska),
    (0, b"OggS", _sound("ogg", "audio/ogg")),
    (0, b"fLaC", _sound("flac", "audio/flac")),
    (0, b"ID3", _MP3),
    *((0, bytes((0xFF, second)), _MP3) for second in (0xFB, 0xFA, 0xF3, 0xF2)),
)
