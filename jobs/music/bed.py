"""A score played: a pad, a soft bell and some air, in a room. Everything goes round: what sounds
past the end is heard at the beginning, so it loops without a seam.
"""

import io
import math
import wave
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from jobs.music.score import BEATS, Score, compose

RATE = 32_000
LEVEL_DB = -20.0
"""Root mean square, about what -20 LUFS is for a quiet bed."""
CEILING = 0.89
LONGEST_WIDE_S = 300.0
"""Beyond it two channels would be more bytes than a sound may have."""
_ROOM_S = 1.8

Samples: TypeAlias = npt.NDArray[np.floating[Any]]


def bed(prompt: str, seed: int, seconds: float) -> bytes:
    """A WAV that lasts ``seconds`` to the sample: two channels, one where it is very long."""
    score = compose(prompt, seed, seconds)
    count = round(seconds * RATE)
    dice = np.random.Generator(np.random.PCG64(score.seed))
    both = np.zeros((2, count), np.float32)
    _pad(both, score)
    _bell(both, score, dice)
    _air(both, score, dice)
    heard = _roomy(both, dice)
    return _wav(_levelled(heard if seconds <= LONGEST_WIDE_S else heard.mean(0, keepdims=True)))


def _pad(both: Samples, score: Score) -> None:
    """Each chord swells over the end of the one before; left and right a little out of tune."""
    for bar, chord in enumerate(score.chords):
        length = round(score.bar_s * 1.5 * RATE)
        along = np.arange(length, dtype=np.float32) / RATE
        shape = np.clip(np.sin(np.linspace(0, math.pi, length)), 0, 1).astype(np.float32) ** 1.5
        for channel, detune in enumerate((0.9985, 1.0015)):
            sound = np.zeros(length, np.float32)
            for voice, note in enumerate(chord):
                pitch = _hertz(note) * (detune if voice else 1.0)
                turn = along * np.float32(2 * math.pi * pitch)
                loud = 0.55 if voice == 0 else 0.30
                bright = 0.5 if score.mood == "bright" else 0.3
                sound += loud * np.sin(turn)
                sound += loud * bright * np.sin(turn * 2) / 2
                sound += loud * bright * np.sin(turn * 3 + 0.7) / 5
            _lay(both[channel], sound * shape, bar * score.bar_s)


def _bell(both: Samples, score: Score, dice: np.random.Generator) -> None:
    """Sparse soft notes that die away."""
    length = round(3.2 * RATE)
    along = np.arange(length, dtype=np.float32) / RATE
    rise = np.clip(along / 0.012, 0, 1)
    for beat, note in score.melody:
        turn = along * np.float32(2 * math.pi * _hertz(note))
        sound = np.sin(turn) * np.exp(-along * 1.7) + 0.25 * np.sin(turn * 2.0) * np.exp(-along * 3)
        side = 0.35 + 0.3 * float(dice.random())
        for channel, share in enumerate((side, 1 - side)):
            _lay(both[channel], sound * rise * 0.55 * share, beat * score.bar_s / BEATS)


def _air(both: Samples, score: Score, dice: np.random.Generator) -> None:
    """Noise shaped in its spectrum, whose period is the whole bed; it breathes a few times."""
    count = both.shape[1]
    pitch = np.fft.rfftfreq(count, 1 / RATE)
    slope = np.minimum(pitch, 60.0) / np.maximum(pitch, 60.0) ** 1.9 * np.exp(-pitch / 3500)
    breaths = max(1, round(count / RATE / 9))
    along = np.arange(count, dtype=np.float32) / count
    swell = 0.6 + 0.4 * np.sin(2 * math.pi * breaths * along)
    for number in range(len(both)):
        turns = np.exp(2j * math.pi * dice.random(len(pitch)))
        noise = np.fft.irfft(slope * turns, count)
        noise /= math.sqrt(float(np.mean(noise**2))) or 1.0
        both[number] += (noise * swell * 0.16 * score.air).astype(np.float32)


def _roomy(both: Samples, dice: np.random.Generator) -> Samples:
    """Half of it through a room: a convolution that goes round as all else does."""
    count = both.shape[1]
    tail = np.arange(min(count, round(_ROOM_S * RATE)), dtype=np.float32) / RATE
    out = np.empty_like(both)
    for number, channel in enumerate(both):
        room = np.zeros(count, np.float32)
        room[: len(tail)] = dice.standard_normal(len(tail)) * np.exp(-tail * 3.4)
        room /= math.sqrt(float(np.sum(room**2)))
        heard = np.fft.irfft(np.fft.rfft(channel) * np.fft.rfft(room), count)
        out[number] = channel * 0.7 + heard * 0.35
    return out


def _levelled(both: Samples) -> Samples:
    """At ``LEVEL_DB``; what is louder than the ceiling is bent, not cut."""
    both = both - both.mean(axis=1, keepdims=True)
    level = math.sqrt(float(np.mean(both**2))) or 1.0
    loud = both * (10 ** (LEVEL_DB / 20) / level)
    out: Samples = CEILING * np.tanh(loud / CEILING)
    return out


def _lay(channel: Samples, sound: Samples, at_s: float) -> None:
    """Add a sound from a time on, going round at the end."""
    count, start = len(channel), round(at_s * RATE) % len(channel)
    for first in range(0, len(sound), count):
        part = sound[first : first + count]
        head = part[: count - start]
        channel[start : start + len(head)] += head
        channel[: len(part) - len(head)] += part[len(head) :]


def _hertz(note: int) -> float:
    return float(440.0 * 2 ** ((note - 69) / 12))


def _wav(both: Samples) -> bytes:
    pcm = np.round(np.clip(both, -1, 1) * 32_767).astype("<i2").T.tobytes()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(len(both))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm)
    return out.getvalue()
