"""The providers file: read whole or refused in one line that says what to write."""

from decimal import Decimal

import pytest

from domain.errors import Misconfigured
from domain.media.staging import MediaType
from jobs.providers.configuration import BUILT_IN, LiveSettings, read

WHOLE = """
currency = "EUR"
[openai]
adapter = "openai"
base_url = "http://127.0.0.1:8081/v1"
models = {image = "gpt-image-2", voice = "gpt-4o-mini-tts"}
key_env = "OPENAI_API_KEY"
key_required = false
limits = {concurrency = 2, per_minute = 60}
prices = {image = 0.04, voice_1k = 0.015, video_s = 0.05, music_s = 0.01}
allow_hosts = ["cdn.example.net", "*.blobs.example.net"]
dialect = ["seed"]
"""


def one(text: str, name: str) -> LiveSettings:
    return next(each for each in read(text).live if each.name == name)


def test_a_whole_table_is_taken_as_written() -> None:
    found = one(WHOLE, "openai")
    assert found.base_url == "http://127.0.0.1:8081/v1"
    assert found.models == {MediaType.IMAGE: "gpt-image-2", MediaType.VOICE: "gpt-4o-mini-tts"}
    assert (found.key_env, found.key_required) == ("OPENAI_API_KEY", False)
    assert (found.concurrency, found.per_minute) == (2, 60)
    assert (found.prices.currency, found.prices.image) == ("EUR", Decimal("0.04"))
    assert found.allow_hosts == ("cdn.example.net", "*.blobs.example.net")
    assert found.dialect == {"seed"}


def test_a_table_overrides_the_built_in_one_key_by_key() -> None:
    found = one("[openai]\nprices = {image = 1}", "openai")
    built_in = BUILT_IN[0]
    assert found.base_url == built_in.base_url
    assert found.models == built_in.models
    assert found.is_billable
    assert found.prices.of(MediaType.IMAGE, {}) == 1_000_000
    assert found.prices.of(MediaType.VOICE, {"text": "hello"}) is None


def test_what_the_file_lists_comes_first_and_in_its_order() -> None:
    text = (
        '[paperdoll]\n[automatic1111]\nbase_url="http://gpu:7860"\n'
        '[mine]\nadapter="openai"\nbase_url="http://127.0.0.1:1/v1"\n'
    )
    found = read(text, local=("fake", "paperdoll"))
    assert found.order == ("paperdoll", "automatic1111", "mine")
    assert [each.name for each in found.live] == ["automatic1111", "mine", "openai"]


def test_one_adapter_serves_several_servers_each_with_its_own_key() -> None:
    mine = one('[mine]\nadapter="openai"\nbase_url="http://127.0.0.1:1/v1"', "mine")
    assert (mine.key_env, mine.key_required, mine.is_billable) == (None, False, False)
    assert mine.dialect == {"any_size"}
    keyed = one(
        '[mine]\nadapter="openai"\nbase_url="https://x.example/v1"\nkey_env="MINE_KEY"', "mine"
    )
    assert (keyed.key_env, keyed.key_required, keyed.is_billable) == ("MINE_KEY", True, True)


def test_without_a_file_the_built_in_ones_are_there_and_one_has_no_address() -> None:
    found = read("").live
    assert {each.name: each.base_url for each in found} == {
        "openai": "https://api.openai.com/v1",
        "automatic1111": None,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[openai", "is no TOML"),
        ('currency = "dollars"', "currency: write a code of three letters"),
        (
            '[openai]\nbase_ulr = "http://x/v1"',
            "[openai] base_ulr: there is no such key; write base",
        ),
        (
            "[openai]\nlimits = {per_second = 1}",
            "[openai] limits.per_second: there is no such key; w",
        ),
        ("[openai]\nlimits = {concurrency = 0}", "[openai] limits.concurrency: greater than or"),
        (
            "[openai]\nprices = {picture = 1}",
            "[openai] prices.picture: there is no such key; write",
        ),
        ("[openai]\nprices = {image = -1}", "[openai] prices.image: greater than or equal to 0"),
        ("[openai]\nprices = {image = nan}", "[openai] prices.image: a finite number"),
        ("[openai]\nkey_required = 'maybe'", "[openai] key_required: a valid boolean"),
        ("[openai]\nbase_url = 'ftp://x'", "[openai] base_url: write an address"),
        ("[openai]\nbase_url = 'http://me:pass@x'", "[openai] base_url: it holds no secret"),
        ("[openai]\nkey_env = 'my key'", "[openai] key_env: write the variable's name"),
        ("[openai]\nkey_env = 'sk-proj-abcdefghijk'", "[openai] key_env: it holds no secret"),
        ("[openai]\napi_key = 'x'", "[openai] api_key: it holds no secret; write key_env"),
        (
            "[openai]\nmodels = {image = 'the-known-key'}",
            "[openai] models.image: it holds no secret",
        ),
        ("[openai]\nmodels = {film = 'x'}", "[openai] models.film"),
        (
            "[automatic1111]\nmodels = {voice = 'x'}",
            "[automatic1111] models.voice: automatic1111 m",
        ),
        ("[openai]\nallow_hosts = ['https://x']", "[openai] allow_hosts: write host names"),
        ("[openai]\ndialect = ['sead']", "[openai] dialect.0: "),
        ("[mine]\nbase_url = 'http://x'", '[mine] adapter: write adapter = "openai" or'),
        ("[mine]\nadapter = 'openai'", "[mine] base_url: write its address"),
        ("[My]\nadapter = 'openai'", "[My]: a name is of small letters"),
        ("[fake]\nlimits = {}", "[fake] limits: it takes no settings"),
        ("openai = 3", "openai: it is a table; write [openai]"),
        ("colour = 3", "colour: there is no such key"),
    ],
)
def test_a_mistake_is_one_line_that_names_table_and_key(text: str, said: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        read(text, local=("fake",), secrets=("the-known-key",))
    assert said in refusal.value.message
    assert "\n" not in refusal.value.message
    assert "the-known-key" not in refusal.value.message
