import io
import wave
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from jobs.art.bed import bed
from jobs.art.sound import COMMENT
from jobs.art.tone import tone

Make = Callable[[str, int, float], bytes]
_MAKERS = pytest.mark.parametrize("make", [tone, bed])


def _samples(data: bytes) -> npt.NDArray[np.float64]:
    with wave.open(io.BytesIO(data)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22_050)
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32_768


@_MAKERS
@pytest.mark.parametrize("seconds", [0.1, 1.5, 8.0])
def test_a_sound_lasts_as_long_as_was_asked(make: Make, seconds: float) -> None:
    assert len(_samples(make("the lamp is out", 1, seconds))) == round(seconds * 22_050)


@_MAKERS
def test_a_sound_is_heard_and_stays_quiet(make: Make) -> None:
    assert 0.02 < np.abs(_samples(make("storm over the sea", 1, 4.0))).max() < 0.6


@_MAKERS
def test_a_sound_starts_with_two_beeps(make: Make) -> None:
    heard = _samples(make("the lamp is out", 1, 3.0))
    spectrum = [
        np.abs(np.fft.rfft(heard[round(start * 22_050) : round((start + 0.08) * 22_050)]))
        for start in (0.0, 0.13)
    ]
    pitches = [float(np.argmax(each[20:]) + 20) / 0.08 for each in spectrum]
    assert pitches == pytest.approx([880, 1175], abs=15)


@_MAKERS
def test_the_metadata_says_demo(make: Make) -> None:
    data = make("x", 1, 1.0)
    assert b"ICMT" in data
    assert COMMENT in data


@_MAKERS
def test_the_same_words_sound_the_same_and_others_do_not(make: Make) -> None:
    assert make("the lamp is out", 1, 2.0) == make("the lamp is out", 1, 2.0)
    assert make("the lamp is out", 1, 2.0) != make("the storm is over", 2, 2.0)


def test_a_line_without_words_is_still_marked() -> None:
    assert np.abs(_samples(tone("", 1, 1.0))[: round(0.08 * 22_050)]).max() > 0.05
