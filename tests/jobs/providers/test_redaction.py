"""No secret gets out in words, whoever says them (P29, P30)."""

import base64
import logging
from collections.abc import Iterator

import pytest

from jobs.providers.wire.redaction import HIDDEN, Redactor, guard_logs

KEY = "canary/secret+value=42"


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        (f"the key {KEY} is wrong", KEY),
        ("asked /v1?q=canary%2Fsecret%2Bvalue%3D42", "canary%2Fsecret"),
        ("Incorrect API key provided: sk-proj-abcdefgh12345678.", "abcdefgh"),
        ("Incorrect API key provided: sk-proj-********5678.", "5678"),
        ("authorization: Bearer abc.def-ghi_123456", "abc.def"),
        ("Authorization: Key 1234abcd-00:ffff", "1234abcd"),
        ('{"xi-api-key": "0123456789abcdef"}', "0123456789abcdef"),
        ("see https://me:hunter22@example.net/x", "hunter22"),
        ("https://cdn.example.net/a.png?sig=AbCdEf&w=1", "AbCdEf"),
        ("https://b.s3.amazonaws.com/a?X-Amz-Signature=0a1b2c&X-Amz-Credential=AKIA", "0a1b2c"),
        ("data:image/png;base64,iVBORw0KGgoAAA==", "iVBOR"),
        (base64.b64encode(b"picture" * 100).decode(), "cGljdHVyZXBp"),
        ('File "/srv/studio/app/keys.py", line 3', "studio"),
    ],
)
def test_what_looks_like_a_secret_is_hidden_p30(said: str, gone: str) -> None:
    clean = Redactor(lambda: [KEY]).text(said)
    assert gone not in clean
    assert gone in said


def test_both_halves_of_a_name_and_password_are_secret() -> None:
    assert Redactor(lambda: ["keeper:lamp-oil-77"]).text("wrong: lamp-oil-77") == f"wrong: {HIDDEN}"


@pytest.mark.parametrize(
    "said",
    [
        "basic lighting, key element of the picture, token gesture",
        "Mira climbs the last steps, key light from the left.",
        "The provider takes no more for now. It says: try again in 12s",
        "https://cdn.example.net/pictures/a.png?w=640",
        "stabilityai/stable-diffusion-2-1",
        "Set OPENAI_API_KEY, or paste a key on the Providers page.",
    ],
)
def test_other_words_are_left_alone(said: str) -> None:
    assert Redactor(lambda: [KEY]).text(said) == said


def test_all_that_json_can_say_is_looked_through() -> None:
    told = {"a": [f"x {KEY}", 3, None], KEY: {"b": True}}
    assert KEY not in str(Redactor(lambda: [KEY]).data(told))


def test_a_message_is_cut() -> None:
    assert len(Redactor().text("word " * 1000)) == 500


@pytest.fixture
def guarded() -> Iterator[None]:
    stop = guard_logs(Redactor(lambda: [KEY]))
    yield
    stop()


def test_a_log_line_and_its_traceback_have_no_secret(
    guarded: None, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        int(KEY)
    except ValueError:
        logging.getLogger("somebody.else").exception("it failed with %s", KEY)
    assert "it failed with" in caplog.text
    assert "ValueError" in caplog.text
    assert "test_redaction.py" in caplog.text
    assert KEY not in caplog.text
