"""A line spoken by eSpeak NG through ctypes. Runs in a fresh process, once: its second line in
one process differs from its first, and it is under another licence than ours.

The interface is that of espeak-ng/speak_lib.h, version 1.52.
"""

import ctypes
import io
import re
import wave
from dataclasses import dataclass

from jobs.serving import Refused, Say

_SYNCHRONOUS = 2
_RATE_PARAMETER = 1
_UTF8 = 1
_BY_CHARACTER = 1
_WORD = 1
_LAST = 0
_TAIL_S = 0.08
"""Quiet kept behind the last sound."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text and when it is heard, in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Spoken:
    wav: bytes
    words: tuple[Word, ...]


class _Id(ctypes.Union):
    _fields_ = [
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    ]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def say_line(_say: Say, text: str, voice: str, rate: int) -> Spoken:
    """WAV, one channel of 16 bits, and every word's time; ``rate`` in words a minute."""
    import espeakng_loader  # noqa: PLC0415 - in this process alone

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    hertz = library.espeak_Initialize(
        _SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), 0
    )
    pcm, heard = bytearray(), list[tuple[int, int]]()

    def receive(samples: object, count: int, events: "ctypes._Pointer[_Event]") -> int:
        if samples and count > 0:
            pcm.extend(ctypes.string_at(samples, count * 2))  # type: ignore[arg-type]
        number = 0
        while events[number].type != _LAST:
            event = events[number]
            if event.type == _WORD:
                heard.append((event.text_position - 1, event.audio_position))
            number += 1
        return 0

    callback = _CALLBACK(receive)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise Refused("missing_voice", f"espeak has no voice {voice!r}.")
    library.espeak_SetParameter(_RATE_PARAMETER, rate, 0)
    line = text.encode()
    failed = library.espeak_Synth(line, len(line) + 1, 0, _BY_CHARACTER, 0, _UTF8, None, None)
    if failed or library.espeak_Synchronize():
        raise Refused("provider_failed", "eSpeak NG could not say this.")
    sound = trimmed(bytes(pcm), hertz)
    if not sound:
        raise Refused("invalid", "There is nothing to say in this text.")
    return Spoken(_wav(sound, hertz), timed(text, heard, len(sound) / 2 / hertz))


def timed(text: str, heard: list[tuple[int, int]], seconds: float) -> tuple[Word, ...]:
    """The text's own words with their times, from (place in the text, milliseconds).

    What is spoken as several words, such as a number, is one; words that are spoken as one, such
    as *in the*, share its time by their lengths. A word ends where the next begins.
    """
    groups: list[tuple[float, list[str]]] = []
    before = 0
    for match in re.finditer(r"\S*\w\S*", text):
        # What stands between two words, such as a dash, is told of the second one.
        times = [at / 1000 for place, at in heard if before <= place < match.end()]
        before = match.end()
        if times or not groups:
            groups.append((min(seconds, times[0]) if times else 0.0, []))
        groups[-1][1].append(match.group())
    ends = [*(start for start, _ in groups), seconds][1:]
    words: list[Word] = []
    for (start, spoken), end in zip(groups, ends, strict=True):
        at, letters = start, sum(map(len, spoken))
        for word in spoken:
            until = at + (max(start, end) - start) * len(word) / letters
            words.append(Word(word, round(at, 3), round(until, 3)))
            at = until
    return tuple(words)


def trimmed(pcm: bytes, hertz: int) -> bytes:
    """Without most of the quiet that follows the last sound."""
    heard = pcm.rstrip(b"\0")
    kept = (len(heard) + len(heard) % 2) + round(_TAIL_S * hertz) * 2
    return pcm[:kept] if heard else b""


def _wav(pcm: bytes, hertz: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(hertz)
        file.writeframes(pcm)
    return out.getvalue()
