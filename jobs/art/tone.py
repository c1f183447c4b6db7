"""A tone: a demo voice that hums the syllables of a line. Nobody could take it for speech."""

import math
import re

import numpy as np

from jobs.art.sound import RATE, Samples, dice, fade, marker, seconds_of, silence, swell, wav

_VOWELS = {
    "a": (760.0, 1250.0),
    "e": (500.0, 1850.0),
    "i": (320.0, 2200.0),
    "o": (480.0, 900.0),
    "u": (340.0, 800.0),
    "y": (320.0, 1900.0),
}
"""The first two formants of a hum shaped like the letter."""
_PAUSES = {",": 0.6, ";": 0.8, ":": 0.8, ".": 1.1, "!": 1.1, "?": 1.1}
_LOWEST, _HIGHEST = 120.0, 215.0
_PARTIALS = 12


def tone(text: str, seed: int, seconds: float) -> bytes:
    """Hum a line in the time it is given: one note a syllable, falling at the end."""
    rng = dice("voice", seed)
    voice = float(rng.uniform(_LOWEST, _HIGHEST))
    samples = silence(seconds)
    start = marker(samples)
    room = max(0.0, len(samples) / RATE - start - 0.12)
    beats = _syllables(text)
    total = sum(length for _, length in beats) or 1.0
    # No slower than a person would say it; what time is left over stays quiet.
    beat = min(room / total, 0.24)
    at = start
    for number, (vowel, length) in enumerate(beats):
        if vowel:
            part = samples[round(at * RATE) : round((at + length * beat * 0.96) * RATE)]
            drift = 1 + 0.07 * math.sin(number * 1.7) - 0.12 * number / len(beats)
            _hum(part, voice * drift * float(rng.uniform(0.97, 1.03)), _VOWELS[vowel])
        at += length * beat
    fade(samples, 0.01, 0.06)
    return wav(samples)


def _syllables(text: str) -> list[tuple[str, float]]:
    """Vowels with a length each; an empty vowel is a pause."""
    beats: list[tuple[str, float]] = []
    for word in re.findall(r"[^\W_]+|[,;:.!?]", text.lower()):
        if word in _PAUSES:
            beats.append(("", _PAUSES[word]))
            continue
        groups = re.findall(r"[aeiouy]+", word) or ["e"]
        beats.extend((group[0], 0.85 + 0.15 * len(group)) for group in groups)
        beats.append(("", 0.28))
    return beats or [("u", 1.0)]


def _hum(part: Samples, pitch: float, formants: tuple[float, float]) -> None:
    """Add a soft note: harmonics weighed by how near a formant they are."""
    if not len(part):
        return
    along = seconds_of(part)
    turn = along * np.float32(2 * math.pi * pitch)
    turn += np.sin(along * np.float32(2 * math.pi * 5.2)) * np.float32(0.12)
    note = np.zeros(len(part), np.float32)
    for partial in range(1, _PARTIALS + 1):
        near = (math.exp(-(((partial * pitch - f) / 190) ** 2)) for f in formants)
        note += np.sin(turn * partial) * np.float32((0.10 + sum(near)) / partial**0.7)
    loudest = float(np.abs(note).max()) or 1.0
    part += note * swell(len(part)) ** 0.6 * np.float32(0.22 / loudest)
