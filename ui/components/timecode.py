"""Frames as people read them."""

from fractions import Fraction


def seconds(frames: int, fps: str) -> float:
    """``fps`` as the script writes it: ``24`` or ``24000/1001``."""
    return float(frames / Fraction(fps))


def length(frames: int, fps: str) -> str:
    """A shot's length: ``4.5 s``; nothing for none."""
    return f"{seconds(frames, fps):.1f} s" if frames else ""


def running_time(frames: int, fps: str) -> str:
    """A scene's or a film's length: ``1:46``, ``1:02:09``."""
    return clock(seconds(frames, fps))


def clock(told: float) -> str:
    """Seconds, to the nearest whole one: ``1:46``, ``1:02:09``."""
    whole = round(told)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def timecode(frames: int, fps: str) -> str:
    """A place in the film, frames included: ``01:46:12`` is one minute, 46 seconds, 12 frames."""
    rate = max(1, round(Fraction(fps)))
    whole, rest = divmod(frames, rate)
    minutes, secs = divmod(whole, 60)
    return f"{minutes:02}:{secs:02}:{rest:02}"
