"""Lines really spoken, and their word times."""

import io
import wave

import numpy as np
import pytest

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.alone import run_alone
from jobs.speech.say import Spoken, Word, say_line, timed, trimmed

LINE = "Nineteen. In the dark - 211 steps, and \u201cnaïve\u201d café."


def say(text: str = LINE, voice: str = "en", rate: int = 165) -> Spoken:
    return run_alone(lambda _: None, 60, say_line, text, voice, rate)


@pytest.fixture(scope="module")
def spoken() -> Spoken:
    return say()


def length(spoken: Spoken) -> float:
    with wave.open(io.BytesIO(spoken.wav)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return float(file.getnframes() / file.getframerate())


def test_every_word_has_its_time_in_order_and_within_the_sound_r79(spoken: Spoken) -> None:
    assert " ".join(word.text for word in spoken.words) == LINE.replace(" - ", " ")
    times = [at for word in spoken.words for at in (word.start, word.end)]
    assert times == sorted(times)
    assert all(word.start < word.end for word in spoken.words)
    assert times[-1] == pytest.approx(length(spoken), abs=0.01)


def test_it_is_heard_while_its_words_are_said(spoken: Spoken) -> None:
    with wave.open(io.BytesIO(spoken.wav)) as file:
        rate = file.getframerate()
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768
    for word in spoken.words:
        part = sound[round(word.start * rate) : round(word.end * rate)]
        assert np.abs(part).max() > 0.05, word


def test_the_same_line_gives_the_same_bytes_and_another_voice_others(spoken: Spoken) -> None:
    assert say() == spoken
    assert say(voice="en+f3").wav != spoken.wav


def test_a_slow_pace_takes_longer(spoken: Spoken) -> None:
    assert length(say(rate=110)) > length(spoken) * 1.2


@pytest.mark.parametrize(
    ("text", "voice", "reason"),
    [("Hm.", "klingonese", Reason.MISSING_VOICE), ("", "en", Reason.INVALID_SPEC)],
)
def test_what_can_not_be_said_is_refused_with_its_reason(
    text: str, voice: str, reason: Reason
) -> None:
    with pytest.raises(ProviderError) as refusal:
        say(text, voice)
    assert refusal.value.reason is reason


def test_a_number_is_one_word_and_words_that_are_spoken_as_one_share_its_time() -> None:
    heard = [(0, 0), (3, 400), (3, 700), (4, 900), (9, 1500)]
    assert timed("It 211 - ok", heard, 2.0) == (
        Word("It", 0.0, 0.4),
        Word("211", 0.4, 1.5),
        Word("ok", 1.5, 2.0),
    )
    assert timed("in the sea", [(0, 0), (7, 500)], 1.0) == (
        Word("in", 0.0, 0.2),
        Word("the", 0.2, 0.5),
        Word("sea", 0.5, 1.0),
    )
    assert timed("", [], 1.0) == ()


def test_the_quiet_at_the_end_is_cut_to_a_breath() -> None:
    assert trimmed(b"\1\1" * 10 + b"\0" * 5000, 100) == b"\1\1" * 10 + b"\0" * 16
    assert trimmed(b"\0" * 5000, 100) == b""
