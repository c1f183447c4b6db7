"""A PictureAsk: everything a demo picture follows from. Equal asks give equal pixels."""

from dataclasses import dataclass

MEDIA_TYPE = "image/jpeg"
"""What paint() and plain() return: JPEG encodes a grained 1280x720 in 6 ms where PNG takes 60."""


@dataclass(frozen=True, slots=True)
class PictureAsk:
    prompt: str
    seed: int
    width: int
    height: int
    label: str = ""
    """For example the shot code; printed small in the mark."""
    caption: str = ""
