"""Frame rates and durations; a duration is kept in frames at the project's rate."""

import re
from fractions import Fraction
from math import floor

LONGEST_SECONDS = 24 * 60 * 60
SLOWEST, FASTEST = 1, 240

_FPS = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:/\s*(\d{1,6}))?\s*")
_NTSC = {
    name: Fraction(whole * 1000, 1001)
    for whole, spellings in {
        24: ("23.976", "23.98"),
        30: ("29.97",),
        48: ("47.952", "47.95"),
        60: ("59.94",),
        120: ("119.88",),
    }.items()
    for name in spellings
}
_DURATION = re.compile(r"\s*(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(ms|s|sec|m|min)\s*")
_UNITS = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "sec": Fraction(1),
    "m": Fraction(60),
    "min": Fraction(60),
}


def frame_rate(fps: str) -> Fraction:
    """Frames a second of ``24``, ``23.976`` (meaning 24000/1001) or ``24000/1001``.

    Raises ValueError for anything else and beyond 1..240.
    """
    text = fps.strip()
    if text in _NTSC:
        return _NTSC[text]
    match = _FPS.fullmatch(text)
    if not match or not int(match[2] or 1):
        raise ValueError(f"{fps!r} is no frame rate; write 24, 23.976 or 24000/1001")
    rate = Fraction(match[1]) / int(match[2] or 1)
    if not SLOWEST <= rate <= FASTEST:
        raise ValueError(f"{fps!r} is not between {SLOWEST} and {FASTEST} frames a second")
    return rate


def frames(duration: str, rate: Fraction) -> int:
    """Frames, at least one, of ``4.5s``, ``4500ms`` or ``1.5min``, the half rounded up.

    Raises ValueError for anything else, for nothing, and beyond a day.
    """
    match = _DURATION.fullmatch(duration)
    if not match:
        raise ValueError(f"{duration!r} is no duration; write 4.5s, 4500ms or frames: 108")
    seconds = Fraction(match[1]) * _UNITS[match[2]]
    if not 0 < seconds <= LONGEST_SECONDS:
        raise ValueError(f"{duration!r} is not between a frame and a day; write 4.5s")
    return max(1, floor(seconds * rate + Fraction(1, 2)))


def most_frames(rate: Fraction) -> int:
    """A day at a rate."""
    return floor(LONGEST_SECONDS * rate)
