"""Music beds as a player gets them, and the scores behind them."""

import io
import math
import wave

import numpy as np
import numpy.typing as npt
import pytest

from jobs.music.bed import LEVEL_DB, RATE, bed
from jobs.music.score import compose


def samples(data: bytes) -> npt.NDArray[np.float64]:
    """One column a channel."""
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getsampwidth(), file.getframerate()) == (2, RATE)
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768
        return pcm.reshape(-1, file.getnchannels())


@pytest.mark.parametrize("seconds", [0.3, 7.7, 24.0])
def test_a_bed_lasts_as_long_as_was_asked_to_the_sample(seconds: float) -> None:
    assert len(samples(bed("calm sea", 1, seconds))) == round(seconds * RATE)


@pytest.mark.parametrize("prompt", ["storm at night", "warm tavern", "happy dance", "x"])
def test_it_is_as_loud_as_a_bed_should_be_and_never_clips(prompt: str) -> None:
    heard = samples(bed(prompt, 3, 12.0))
    level = 20 * math.log10(math.sqrt(float(np.mean(heard**2))))
    assert level == pytest.approx(LEVEL_DB, abs=1)
    assert np.abs(heard).max() < 0.9


def test_its_end_meets_its_beginning() -> None:
    heard = samples(bed("wind over the sea", 5, 12.0))
    seam = np.abs(heard[0] - heard[-1]).max()
    assert seam <= np.abs(np.diff(heard, axis=0)).max()
    # Just as loud round the seam as elsewhere: nothing fades in or out.
    around = np.concatenate([heard[-RATE // 2 :], heard[: RATE // 2]])
    assert np.sqrt(np.mean(around**2)) > np.sqrt(np.mean(heard**2)) / 3


def test_it_is_music_and_no_beep() -> None:
    heard = samples(bed("calm evening", 2, 12.0))[:, 0]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    peaks = np.sort(spectrum)[::-1]
    assert peaks[0] ** 2 < 0.35 * float((spectrum**2).sum())
    pitch = np.fft.rfftfreq(len(heard), 1 / RATE)
    loud = pitch[spectrum > peaks[0] / 8]
    assert loud.max() > 3 * loud.min()


def test_the_same_words_and_seed_give_the_same_bytes_and_others_do_not() -> None:
    assert bed("calm", 1, 4.0) == bed("calm", 1, 4.0)
    assert len({bed(prompt, seed, 4.0) for prompt in ("calm", "calm sea") for seed in (1, 2)}) == 4


def test_a_very_long_one_has_one_channel_so_that_it_is_taken() -> None:
    data = bed("calm", 1, 310.0)
    assert samples(data).shape == (310 * RATE, 1)
    assert len(bed("calm", 1, 2.0)) > 2 * 2 * 2 * RATE - 1


def test_words_choose_mood_and_tempo_and_the_bars_fill_the_time() -> None:
    assert compose("a storm, tense", 1, 24).mood == "dark"
    assert compose("a happy tavern", 1, 24).mood == "bright"
    assert compose("farewell in the rain", 1, 24).mood == "sad"
    assert compose("somewhere", 1, 24).mood == "warm"
    slow, fast = compose("very slow", 1, 24), compose("a chase", 1, 24)
    assert slow.bar_s > fast.bar_s
    for score in (slow, fast):
        assert score.bar_s * len(score.chords) == pytest.approx(24)
        assert len(score.chords) % 2 == 0


def test_the_seed_chooses_the_key() -> None:
    assert len({compose("calm", seed, 24).chords[0] for seed in range(12)}) > 3
