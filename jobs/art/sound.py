"""A sound: samples in, a marked WAV out. 22 050 Hz, one channel, 16 bits."""

import hashlib
import math
import struct
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from jobs.art.provenance import xmp

Samples: TypeAlias = npt.NDArray[np.floating[Any]]
RATE = 22_050
COMMENT = b"DEMO placeholder sound, algorithmicMedia"
_LONGEST = 600.0


def silence(seconds: float) -> Samples:
    return np.zeros(round(min(max(seconds, 0.1), _LONGEST) * RATE), np.float32)


def seconds_of(samples: Samples) -> Samples:
    out: Samples = np.arange(len(samples), dtype=np.float32) / np.float32(RATE)
    return out


def dice(text: str, seed: int) -> np.random.Generator:
    draw = hashlib.sha256(f"{text}\0{seed}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(draw[:16], "big")))


def marker(samples: Samples) -> float:
    """Lay two short beeps over the start: this is a placeholder. Give the time they end at."""
    for start, pitch in ((0.0, 880.0), (0.13, 1174.7)):
        first = round(start * RATE)
        part = samples[first : first + round(0.08 * RATE)]
        along = seconds_of(part)
        part += np.sin(along * np.float32(2 * math.pi * pitch)) * swell(len(part)) * 0.16
    return 0.32


def swell(count: int) -> Samples:
    """Rise from nothing and fall to nothing."""
    out: Samples = np.sin(np.linspace(0, math.pi, count, dtype=np.float32))
    return np.clip(out, 0, 1)


def fade(samples: Samples, rise: float, fall: float) -> None:
    """Swell in and out, in place."""
    for seconds, part in ((rise, samples), (fall, samples[::-1])):
        count = min(len(samples), max(1, round(seconds * RATE)))
        part[:count] *= np.linspace(0, 1, count, dtype=np.float32)


def wav(samples: Samples) -> bytes:
    """Write RIFF that says DEMO in an INFO chunk and in XMP; samples beyond one are clipped."""
    pcm = (np.clip(samples, -1, 1) * 32_000).astype("<i2").tobytes()
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16)
    note = COMMENT + b"\0" * (2 - len(COMMENT) % 2)
    info = b"INFO" + struct.pack("<4sI", b"ICMT", len(note)) + note
    told = struct.pack("<4sI", b"LIST", len(info)) + info
    packet = xmp()
    packet += b" " * (len(packet) % 2)
    told += struct.pack("<4sI", b"_PMX", len(packet)) + packet
    body = b"WAVE" + form + told + struct.pack("<4sI", b"data", len(pcm)) + pcm
    return struct.pack("<4sI", b"RIFF", len(body)) + body
