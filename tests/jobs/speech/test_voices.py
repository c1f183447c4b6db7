"""Which voice a script's words mean, and what is said where there is none."""

from pathlib import Path

import pytest

from jobs.providers.packages import folder_of
from jobs.speech.voices import PACES, UnknownVoice, Voices, installed, words_a_minute

VOICES = Voices(
    languages={"en": "en", "en-gb": "en", "en-us": "en-us", "de": "de", "fr": "fr", "fr-fr": "fr"},
    variants={"f3": "f3", "m1": "m1", "whisper": "whisper"},
)


@pytest.mark.parametrize(
    ("voice", "language", "chosen"),
    [
        (None, None, "en"),
        (None, "de", "de"),
        ("en-GB", None, "en"),
        ("en_us", "de", "en-us"),
        ("f3", "fr-FR", "fr+f3"),
        ("whisper", None, "en+whisper"),
        ("en-us+F3", None, "en-us+f3"),
        ("+m1", "de", "de+m1"),
    ],
)
def test_a_voice_is_a_language_a_variant_or_both(
    voice: str | None, language: str | None, chosen: str
) -> None:
    assert VOICES.choose(voice, language) == chosen


@pytest.mark.parametrize(
    ("voice", "language", "named", "near"),
    [
        (None, "en-uk", "en-uk", "en-us"),
        ("frr", None, "frr", "fr"),
        ("en+f8", None, "f8", "f3"),
        ("Mira", None, "mira", "m3"),
    ],
)
def test_an_unknown_one_is_named_with_the_ones_near_it(
    voice: str | None, language: str | None, named: str, near: str
) -> None:
    with pytest.raises(UnknownVoice) as unknown:
        VOICES.choose(voice, language)
    assert repr(named) in str(unknown.value)
    assert near in str(unknown.value).partition("Near it: ")[2]


def test_a_pace_is_a_word_or_times_the_usual() -> None:
    usual = words_a_minute(None)
    assert words_a_minute("slow") < usual == words_a_minute("Normal") < words_a_minute("quick")
    assert words_a_minute(1.2) == round(usual * 1.2)
    assert (words_a_minute(0.01), words_a_minute(99.0)) == (80, 400)
    with pytest.raises(ValueError, match="no pace 'brisk'; write very slow, slow"):
        words_a_minute("brisk")
    assert sorted(PACES.values()) == list(PACES.values())


def test_the_installed_ones_have_the_names_people_write() -> None:
    voices = installed((folder_of("espeakng_loader") or Path()) / "espeak-ng-data")
    for name in ("en", "en-gb", "en-us", "de", "fr", "fr-fr", "ja", "cmn", "es", "pt-br"):
        assert voices.choose(None, name)
    assert voices.choose("f3", "en-gb-x-rp") == "en-gb-x-rp+f3"
