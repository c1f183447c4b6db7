"""Camera movements over a still: from words to a window that glides. Pure, no picture needed."""

import math
import re
from dataclasses import dataclass

GLIDE = 0.16
"""How far a pan or tilt goes, in parts of the picture."""
NEARER = 0.80
"""What a push in leaves of the picture."""
SWAY = 0.012
TILTED_DEGREES = 5.0
_TEMPO = {"slow": 0.6, "slight": 0.5, "gentle": 0.6, "fast": 1.3, "quick": 1.3, "whip": 1.5}
_STILL = r"\b(static|locked|still|fixed|none)\b"
_LEFT = r"\b(pan|truck|track(ing)?|dolly|slide|whip)\b.*\bleft\b"
_RIGHT = r"\b(pan|truck|track(ing)?|dolly|slide|whip)\b.*\bright\b"
_UP = r"\b(tilt|pedestal|crane|boom|jib)\b.*\bup\b"
_DOWN = r"\b(tilt|pedestal|crane|boom|jib)\b.*\bdown\b"
_IN = r"\b(push|dolly|zoom|track|move|creep)(ing)?[ -]?in\b"
_OUT = r"\b(pull|dolly|zoom|track|move)(ing)?[ -]?(out|back)\b"
_ALONG = r"\b(track(ing)?|follow(ing)?|truck)\b"
_SHAKY = r"\b(hand-?held|shaky|steadicam)\b"
_ROLLING = r"\b(roll|dutch|rotat\w+)\b"


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a picture that is seen; middle and width in parts of the picture's own."""

    x: float = 0.5
    y: float = 0.5
    width: float = 1.0
    degrees: float = 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """From one window to another, eased, and how much the hand shakes."""

    begin: Window
    end: Window
    sway: float = 0.0

    @property
    def is_still(self) -> bool:
        return self.begin == self.end and not self.sway

    def at(self, share: float, seconds: float, phase: float = 0.0) -> Window:
        """The window when ``share`` 0..1 of the clip and so many seconds of it are over."""
        along = eased(share)

        def between(name: str) -> float:
            first: float = getattr(self.begin, name)
            last: float = getattr(self.end, name)
            return first + (last - first) * along

        sway_x = self.sway * (math.sin(seconds * 2.1 + phase) + 0.5 * math.sin(seconds * 4.7))
        sway_y = self.sway * (math.sin(seconds * 2.7 + phase * 2) + 0.4 * math.sin(seconds * 5.3))
        return Window(
            between("x") + sway_x, between("y") + sway_y, between("width"), between("degrees")
        )


def eased(share: float) -> float:
    """From rest to rest: as a hand on a tripod does it."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))


def read_move(movement: str) -> Move:
    """What a script's ``camera.movement`` means; without a word that is known, a slow push in.

    The camera's own direction: in a pan right the picture goes to the left.
    """
    words = movement.lower()
    if re.search(_STILL, words):
        return Move(Window(), Window())
    tempo = next((rate for word, rate in _TEMPO.items() if word in words), 1.0)
    across = _way(words, _RIGHT, _LEFT)
    if not across and not re.search(_IN, words) and not re.search(_OUT, words):
        across = int(bool(re.search(_ALONG, words)))
    down = _way(words, _DOWN, _UP)
    nearer = _way(words, _IN, _OUT)
    shaky, rolling = re.search(_SHAKY, words), re.search(_ROLLING, words)
    if not (across or down or nearer or shaky or rolling):
        nearer, tempo = 1, 0.5
    glide = GLIDE * tempo
    wide = 1.0 if not (across or down or shaky or rolling) else 1 - glide - 4 * SWAY
    close = wide * (1 - (1 - NEARER) * tempo) if nearer else wide
    first, last = (close, wide) if nearer < 0 else (wide, close)
    turn = TILTED_DEGREES * tempo / 2 if rolling else 0.0
    half = glide / 2
    return Move(
        Window(0.5 - half * across, 0.5 - half * down, first, -turn),
        Window(0.5 + half * across, 0.5 + half * down, last, turn),
        SWAY if shaky else 0.0,
    )


def _way(words: str, forward: str, back: str) -> int:
    return int(bool(re.search(forward, words))) - int(bool(re.search(back, words)))
