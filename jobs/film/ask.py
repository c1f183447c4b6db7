"""What a clip follows from; equal asks give equal bytes on one machine."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FilmAsk:
    frame: bytes
    """A picture of our own encoding."""
    movement: str
    seconds: float
    fps: Fraction
    aspect: Fraction
    seed: int
    voices: tuple[bytes, ...] = ()
    """WAV of one channel, 48 000 Hz, one after the other."""
    is_demo: bool = False
    """Gets the demo mark, in its pixels and its metadata."""
    is_demo_frame: bool = False
    """The frame bears the mark already, and its bars."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Film:
    mp4: bytes
    width: int
    height: int
    frames: int
