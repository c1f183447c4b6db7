"""How media is handed over: a table of clients, and addresses nobody can forge (R59-R65, R69)."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.errors import Forbidden, Invalid, NotFound
from domain.media.delivery import Client, client_named, fragment, sign, verify
from domain.media.kind import ProviderKind
from domain.media.staging import MediaRole, MediaType, StagingHints
from domain.media.tag import MediaTag

KEY = b"k" * 32
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FILE = f"{'ab' * 32}.png"
HINTS = StagingHints(opacity=0.6, z_index=50, loop=True, volume=0.3)


def tag(**changes: Any) -> MediaTag:
    fields: dict[str, Any] = {
        "id": "t1",
        "sha256": "ab" * 32,
        "extension": "png",
        "mime": "image/png",
        "media_type": MediaType.IMAGE,
        "size": 5,
        "width": 64,
        "height": 32,
        "kind": ProviderKind.FAKE,
        "created_at": NOON,
    }
    return MediaTag.model_validate(fields | changes)


def handed(client: Client, one: MediaTag | None = None, **changes: Any) -> dict[str, Any] | None:
    fields: dict[str, Any] = {
        "role": MediaRole.NARRATIVE_IM,
        "hints": HINTS,
        "source_id": "SH0010",
        "source_label": "Mira climbs",
        "client": client,
        "key": KEY,
        "now": NOON,
        "path_of": lambda file: Path("/media") / file,
        "bytes_of": lambda _: b"bytes",
    }
    return fragment(one or tag(), **(fields | changes))


def checked(address: str, now: datetime = NOON, **changes: Any) -> int | None:
    """What the address in its parts, some of them changed, is good for."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    asked: dict[str, Any] = {"exp": None, "w": None, "sig": None, **query, **changes}
    file = str(asked.pop("file", parts.path.rpartition("/")[2]))
    return verify(file, **asked, key=KEY, now=now)


def test_an_address_is_spelled_as_promised_r59_r64() -> None:
    address = sign(FILE, key=KEY, now=NOON)
    path, _, query = address.partition("?")
    assert path == f"/media/{FILE}"
    assert [pair.split("=")[0] for pair in query.split("&")] == ["exp", "sig"]
    assert len(query.split("sig=")[1]) == 64
    wide = sign(FILE, key=KEY, now=NOON, width=640)
    assert [pair.split("=")[0] for pair in wide.split("?")[1].split("&")] == ["exp", "w", "sig"]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", f"/media/{FILE}?"),
        ("https://media.example", f"https://media.example/media/{FILE}?"),
        ("https://example.com/studio/", f"https://example.com/studio/media/{FILE}?"),
    ],
)
def test_the_base_of_addresses_is_a_setting_r64(base: str, expected: str) -> None:
    assert sign(FILE, key=KEY, now=NOON, base_url=base).startswith(expected)


def test_one_picture_keeps_one_address_all_day_r59() -> None:
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    last = midnight + DAY - timedelta(seconds=1)
    assert sign(FILE, key=KEY, now=midnight + timedelta(seconds=1)) == sign(FILE, key=KEY, now=last)
    assert sign(FILE, key=KEY, now=last) != sign(FILE, key=KEY, now=last + timedelta(seconds=2))


@pytest.mark.parametrize("hour", range(24))
def test_an_address_is_good_for_one_to_two_days_r59(hour: int) -> None:
    now = datetime(2026, 11, 20, hour, 30, tzinfo=UTC)
    address = sign(FILE, key=KEY, now=now)
    assert checked(address, now) is None
    assert checked(address, now + DAY) is None
    with pytest.raises(Forbidden) as caught:
        checked(address, now + 2 * DAY)
    assert caught.value.code == "expired"


def test_an_address_of_midnight_lasts_a_day_to_the_second_r59() -> None:
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    address = sign(FILE, key=KEY, now=midnight)
    checked(address, midnight + DAY - timedelta(seconds=1))
    with pytest.raises(Forbidden):
        checked(address, midnight + DAY)


def test_the_width_asked_for_comes_back() -> None:
    assert checked(sign(FILE, key=KEY, now=NOON)) is None
    assert checked(sign(FILE, key=KEY, now=NOON, width=320)) == 320


@pytest.mark.parametrize(
    "change",
    [
        {"file": f"{'cd' * 32}.png"},
        {"file": f"{'ab' * 32}.svg"},
        {"exp": "99999999999"},
        {"exp": None},
        {"exp": ""},
        {"exp": "0"},
        {"exp": "-1"},
        {"exp": "1e9"},
        {"exp": "\u0661"},
        {"w": None},
        {"w": "1280"},
        {"w": ""},
        {"w": "640 "},
        {"sig": None},
        {"sig": ""},
        {"sig": "0" * 64},
        {"sig": "é" * 64},
        {"sig": "0" * 9000},
    ],
)
def test_whatever_is_changed_breaks_the_address_r59(change: dict[str, Any]) -> None:
    address = sign(FILE, key=KEY, now=NOON, width=640)
    with pytest.raises(Forbidden) as caught:
        checked(address, **change)
    assert caught.value.code == "bad_signature"


def test_a_width_can_not_be_added_and_another_key_signs_nothing_r59() -> None:
    with pytest.raises(Forbidden):
        checked(sign(FILE, key=KEY, now=NOON), w="640")
    with pytest.raises(Forbidden):
        checked(sign(FILE, key=b"other" * 8, now=NOON))


def test_only_a_few_widths_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="641"):
        sign(FILE, key=KEY, now=NOON, width=641)


def test_what_every_fragment_has_r65_r53_r54() -> None:
    for client in Client:
        made = handed(client)
        assert made is not None
        assert {name: made[name] for name in made if name not in {"url", "data", "path"}} == {
            "fragment_type": "media",
            "media_role": "narrative_im",
            "media_type": "image",
            "mime_type": "image/png",
            "width": 64,
            "height": 32,
            "duration": None,
            "staging_hints": {"opacity": 0.6, "z_index": 50, "loop": True, "volume": 0.3},
            "source_id": "SH0010",
            "source_label": "Mira climbs",
            "provider_kind": "fake",
        }


def test_an_unknown_role_survives_r54() -> None:
    made = handed(Client.WEB, role="tarot_card")
    assert made is not None
    assert made["media_role"] == "tarot_card"


@pytest.mark.parametrize("size", [1, 99_999, 100_000, 500_000_000])
def test_web_gets_a_signed_url_of_any_size_r59(size: int) -> None:
    made = handed(Client.WEB, tag(size=size), base_url="https://media.example")
    assert made is not None
    assert made["url"].startswith("https://media.example/media/")
    assert checked(made["url"]) is None
    assert made.keys().isdisjoint({"data", "path"})


@pytest.mark.parametrize(("size", "way"), [(99_999, "data"), (100_000, "url"), (100_001, "url")])
def test_mobile_gets_bytes_below_100_000_r60_r61(size: int, way: str) -> None:
    made = handed(Client.MOBILE, tag(size=size))
    assert made is not None
    assert {"data", "url", "path"} & made.keys() == {way}
    if way == "data":
        assert b64decode(made["data"]) == b"bytes"


def test_desktop_gets_an_absolute_path_and_no_url_r62_r63() -> None:
    made = handed(Client.DESKTOP)
    assert made is not None
    assert made["path"] == f"/media/{FILE}"
    assert made.keys().isdisjoint({"data", "url"})


def test_desktop_gets_a_url_where_media_is_in_a_bucket_r63() -> None:
    made = handed(Client.DESKTOP, path_of=lambda _: None)
    assert made is not None
    assert checked(made["url"]) is None


def test_media_that_is_gone_gives_no_fragment_and_no_error_r69() -> None:
    def gone(_: str) -> bytes:
        raise NotFound("The media is gone.")

    assert handed(Client.MOBILE, bytes_of=gone) is None


def test_an_unknown_client_is_told_the_known_ones_r58() -> None:
    assert client_named("mobile") is Client.MOBILE
    with pytest.raises(Invalid, match="web, mobile, desktop") as caught:
        client_named("fridge")
    assert caught.value.code == "unknown_client"


def drawing(**changes: Any) -> MediaTag:
    mime = {"extension": "svg", "mime": "image/svg+xml", "media_type": MediaType.VECTOR}
    return tag(**mime, **changes)


@pytest.mark.parametrize("client", Client)
def test_a_small_drawing_comes_as_markup_where_it_is_asked_for_r67(client: Client) -> None:
    markup = "\N{BYTE ORDER MARK}<svg/>".encode()
    made = handed(client, drawing(), inline_svg=True, bytes_of=lambda _: markup)
    assert made is not None
    assert made["xml"] == "<svg/>"
    assert made.keys().isdisjoint({"url", "data", "path"})


@pytest.mark.parametrize(
    ("one", "asked"), [(drawing(), False), (drawing(size=100_000), True), (tag(), True)]
)
def test_nothing_else_comes_as_markup_r67(one: MediaTag, asked: bool) -> None:  # noqa: FBT001
    made = handed(Client.WEB, one, inline_svg=asked)
    assert made is not None
    assert checked(made["url"]) is None
    assert "xml" not in made


def test_media_for_the_web_is_not_read_r59_r68() -> None:
    def read(_: str) -> bytes:
        raise AssertionError

    made = handed(Client.WEB, tag(size=10), bytes_of=read)
    assert made is not None
    assert "url" in made
