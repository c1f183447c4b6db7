"""A score from words: key, chords, tempo and colours. Pure; the same words give the same score."""

import hashlib
import re
from dataclasses import dataclass

_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
_ROOTS = (45, 47, 48, 50, 52, 53, 55)
"""MIDI notes from A2 on: low enough for a pad, high enough for a laptop."""
_PROGRESSIONS = {
    "dark": ((0, 5, 3, 4), (0, 3, 5, 4), (0, 5, 2, 6)),
    "sad": ((0, 5, 2, 6), (0, 3, 0, 4), (5, 3, 0, 4)),
    "warm": ((0, 4, 5, 3), (0, 3, 1, 4), (0, 5, 3, 4)),
    "bright": ((0, 4, 3, 4), (0, 3, 4, 3), (0, 1, 4, 3)),
}
"""Steps of the scale, from 0."""
_MOODS = {
    "dark": r"dark|tense|fear|danger|storm|night|thunder|threat|horror|suspense|battle|fight",
    "sad": r"sad|lonely|loss|grief|cold|melanchol\w*|mourn\w*|rain|minor|farewell",
    "warm": r"warm|cosy|cozy|gentle|tender|love|home|hearth",
    "bright": r"bright|happy|joy\w*|cheer\w*|sun\w*|morning|victory|major|playful|tavern|dance",
}
_TEMPOS = {
    58: r"very slow|still|drone|ambient",
    66: r"slow|calm|sleep\w*|quiet|gentle|peace\w*",
    96: r"fast|quick|run\w*|chase|battle|fight|dance|urgent|lively",
}
_USUAL_TEMPO = 76
_MIDDLE, _LOW = 55, 50
"""G3, from which on chords lie, and D3, above which a bass is no bass."""
_AIR = r"wind|storm|gale|rain|sea|wave|waves|shore|ocean|water|coast|breeze|mist|forest"
BEATS = 4


@dataclass(frozen=True, slots=True)
class Score:
    """``chords``: MIDI notes of each bar; ``melody``: (beat, MIDI note), sparse."""

    mood: str
    bar_s: float
    chords: tuple[tuple[int, ...], ...]
    melody: tuple[tuple[float, int], ...]
    air: float
    """How loud the noise is, 0..1."""
    seed: int


def compose(prompt: str, seed: int, seconds: float) -> Score:
    """As many whole bars as fit best, so that the end meets the beginning after ``seconds``."""
    words = prompt.lower()
    draw = hashlib.sha256(f"bed\0{prompt}\0{seed}".encode()).digest()
    mood = next((name for name, spoken in _MOODS.items() if _says(words, spoken)), "warm")
    tempo = next((bpm for bpm, spoken in _TEMPOS.items() if _says(words, spoken)), _USUAL_TEMPO)
    usual = BEATS * 60 / (tempo * (0.97 + draw[0] / 255 * 0.06))
    bars = max(1, round(seconds / usual))
    bars += bars % 2 if bars > 1 else 0  # a phrase is two bars
    scale = _MINOR if mood in ("dark", "sad") else _MAJOR
    root = _ROOTS[draw[1] % len(_ROOTS)]
    steps = _PROGRESSIONS[mood][draw[2] % len(_PROGRESSIONS[mood])]
    chords = tuple(_chord(root, scale, steps[bar % len(steps)]) for bar in range(bars))
    return Score(
        mood=mood,
        bar_s=seconds / bars,
        chords=chords,
        melody=tuple(_melody(chords, draw)),
        air=0.9 if _says(words, _AIR) else 0.25,
        seed=int.from_bytes(draw[8:16], "big"),
    )


def _chord(root: int, scale: tuple[int, ...], step: int) -> tuple[int, ...]:
    """Bass, and a triad with its ninth, kept near the middle of the keyboard."""

    def note(at: int) -> int:
        octave, degree = divmod(at, len(scale))
        return root + scale[degree] + 12 * octave

    triad = sorted(_MIDDLE + (note(step + at) - _MIDDLE) % 12 for at in (0, 2, 4))
    ninth = _MIDDLE + 12 + (note(step + 8) - _MIDDLE) % 12
    bass = note(step) - 12 if note(step) > _LOW else note(step)
    return (bass, *triad, ninth)


def _melody(chords: tuple[tuple[int, ...], ...], draw: bytes) -> list[tuple[float, int]]:
    """One or two notes of its chord a bar, an octave above, some bars with none."""
    notes = []
    for bar, chord in enumerate(chords):
        dice = draw[bar % len(draw)] ^ draw[(bar * 7 + 3) % len(draw)]
        upper = chord[1:]
        if dice % 5 == 0:
            continue
        notes.append((bar * BEATS + (dice % 3) * 0.5, upper[dice % len(upper)] + 12))
        if dice % 2:
            notes.append((bar * BEATS + 2 + (dice % 4) * 0.5, upper[(dice // 3) % len(upper)] + 12))
    return notes


def _says(words: str, spoken: str) -> bool:
    return re.search(rf"\b(?:{spoken})\b", words) is not None
