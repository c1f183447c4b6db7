"""A bed: quiet ambience under a scene. Wind, water or room tone, and slow chords."""

import math
import re

import numpy as np

from jobs.art.sound import RATE, Samples, dice, fade, marker, seconds_of, silence, swell, wav

_CHORDS = {
    "dark": ((110.0, 130.8, 164.8), (98.0, 116.5, 146.8), (87.3, 130.8, 155.6)),
    "warm": ((130.8, 164.8, 196.0), (110.0, 164.8, 220.0), (98.0, 146.8, 196.0)),
}
_DARK = r"storm|night|dark|fear|tense|lonely|cold|minor|sad|wind|thunder"
_WATER = r"sea|wave|shore|harbou?r|boat|ocean|water|coast"
_WIND = r"wind|storm|gale|rain|mountain|desert|snow"
_CHANGE = 4.0
"""Seconds a chord stays."""
_LOOP = 5 * RATE
"""Samples after which the noise repeats; the breath over it does not."""


def bed(prompt: str, seed: int, seconds: float) -> bytes:
    text, rng = prompt.lower(), dice(prompt, seed)
    samples = silence(seconds)
    mood = "dark" if re.search(_DARK, text) else "warm"
    _pad(samples, mood, rng)
    _noise(samples, rng, wave=bool(re.search(_WATER, text)), wind=bool(re.search(_WIND, text)))
    fade(samples, min(1.2, seconds / 4), min(2.0, seconds / 3))
    marker(samples)
    return wav(samples)


def _pad(samples: Samples, mood: str, rng: np.random.Generator) -> None:
    """Slow chords that breathe into each other, each note a little out of tune."""
    along = seconds_of(samples)
    shift = int(rng.integers(len(_CHORDS[mood])))
    count = math.ceil(len(samples) / RATE / _CHANGE)
    for number in range(count):
        first, last = (round((number + edge) * _CHANGE * RATE) for edge in (-0.25, 1.25))
        part, when = samples[max(0, first) : last], along[max(0, first) : last]
        chord = np.zeros(len(part), np.float32)
        for pitch in _CHORDS[mood][(number + shift) % len(_CHORDS[mood])]:
            turn = when * np.float32(2 * math.pi * pitch * float(rng.uniform(0.998, 1.002)))
            chord += np.sin(turn) + 0.3 * np.sin(turn * 2)
        part += chord * swell(len(part)) ** 2 * np.float32(0.035)


def _noise(samples: Samples, rng: np.random.Generator, *, wave: bool, wind: bool) -> None:
    """Filtered noise: coarse steps joined by lines, so it rumbles instead of hissing."""
    level = 0.10 if wind else 0.06 if wave else 0.015
    loop = np.zeros(min(len(samples), _LOOP), np.float32)
    for every, share in ((6, 0.4), (24, 0.8), (90, 1.0)):
        knots = rng.standard_normal(len(loop) // every + 2, dtype=np.float32)
        knots[-2:] = knots[0]  # the loop closes
        rumble = np.interp(np.arange(len(loop)) / every, np.arange(len(knots)), knots)
        loop += rumble.astype(np.float32) * np.float32(level * share * 0.4)
    samples += np.resize(loop, len(samples)) * _breath(seconds_of(samples), wave=wave)


def _breath(along: Samples, *, wave: bool) -> Samples:
    """Waves come every seven seconds; air just wanders."""
    pace = 7.0 if wave else 11.0
    out: Samples = 0.45 + 0.40 * np.sin(along * np.float32(2 * math.pi / pace)) ** 3
    out += 0.15 * np.sin(along * np.float32(2 * math.pi / 2.9))
    return out
