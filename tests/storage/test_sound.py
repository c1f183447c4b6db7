"""Sound written anew for whoever mixes it: decoded in a child, out of whatever came."""

import io
import wave
from collections.abc import Iterator

import numpy as np
import pytest

from domain.errors import Invalid, Unsupported
from storage.decoding_wave import LONGEST_S, RATE
from storage.inspector import Inspector
from tests.storage.media_files import audio, clip, picture, sound


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    inspector.close()


def length(data: bytes) -> float:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return float(file.getnframes() / RATE)


@pytest.mark.parametrize(
    "data",
    [
        sound(1.0),
        audio("mp3", "libmp3lame", 1.0),
        audio("ogg", "libopus", 1.0),
        audio("flac", "flac", 1.0),
        audio("mp4", "aac", 1.0),
        audio("webm", "libopus", 1.0),
    ],
    ids=["wav", "mp3", "ogg", "flac", "m4a", "weba"],
)
def test_any_sound_comes_back_as_plain_wav(inspector: Inspector, data: bytes) -> None:
    assert length(inspector.sound(data)) == pytest.approx(1.0, abs=0.1)


def test_it_sounds_as_it_did(inspector: Inspector) -> None:
    along = np.arange(8000) / 8000
    tone = (np.sin(along * 2 * np.pi * 440) * 16_000).astype("<i2").tobytes()
    plain = inspector.sound(sound(1.0).replace(bytes(16_000), tone))
    with wave.open(io.BytesIO(plain)) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert np.argmax(np.abs(np.fft.rfft(heard))) / (len(heard) / RATE) == pytest.approx(440, abs=2)
    assert np.abs(heard[1000:-1000]).max() == pytest.approx(16_000, rel=0.05)


def test_a_very_long_one_is_cut_off(inspector: Inspector) -> None:
    assert length(inspector.sound(sound(LONGEST_S + 5))) == LONGEST_S


def test_what_has_no_sound_or_does_not_decode_is_refused(inspector: Inspector) -> None:
    with pytest.raises(Unsupported):
        inspector.sound(picture())
    with pytest.raises(Invalid):
        inspector.sound(audio("mp4", "aac", 1.0)[:400])
    with pytest.raises(Invalid):
        inspector.sound(clip())
