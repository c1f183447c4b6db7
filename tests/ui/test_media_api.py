"""`GET /media/…` as a browser meets it (R59, R64, R66, R69, P16, P31)."""

import asyncio
import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from domain.errors import Unsupported
from domain.media.delivery import sign
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import Inspected, MediaTag
from storage.blobs import FileStore
from ui.api.media import media_router

KEY = b"k" * 32
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SONG = b"the keeper's song " * 40_000
FILE = f"{hashlib.sha256(SONG).hexdigest()}.ogg"
ETAG = f'"{FILE[:64]}"'


class StoppedClock:
    time = NOON

    def now(self) -> datetime:
        return self.time


class CountingInspector:
    """Says what it was asked, in place of a picture."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def inspect(self, data: bytes) -> Inspected:
        raise NotImplementedError

    def thumbnail(self, data: bytes, width: int) -> bytes:
        self.go_on.wait(5)
        self.asked.append(width)
        if width == 160:
            raise Unsupported("Sound has no picture.")
        return f"{len(data)} at {width}".encode()

    def sound(self, data: bytes) -> bytes:
        raise NotImplementedError


class Studio:
    """The route with one song in the store, and a client that asks for it."""

    def __init__(self, root: Path) -> None:
        self.clock = StoppedClock()
        self.inspector = CountingInspector()
        self.store = FileStore(root)
        self.store.put(SONG, "ogg")
        self.tags = {FILE: tag()}
        self.threads: set[str] = set()
        self.app = FastAPI()
        self.app.include_router(
            media_router(
                store=self.store,
                inspector=self.inspector,
                key=KEY,
                clock=self.clock,
                tag_of=self.tag_of,
            )
        )

    def tag_of(self, file: str) -> MediaTag | None:
        self.threads.add(threading.current_thread().name)
        return self.tags.get(file)

    def get(self, width: int | None = None, method: str = "GET", **headers: str) -> httpx.Response:
        names = {name.replace("_", "-"): text for name, text in headers.items()}
        return self.ask(sign(FILE, key=KEY, now=NOON, width=width), method, names)

    def ask(
        self, address: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        async def asking() -> httpx.Response:
            wire = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=wire, base_url="http://studio") as client:
                return await client.request(method, address, headers=headers)

        return asyncio.run(asking())


def tag(**changes: Any) -> MediaTag:
    fields: dict[str, Any] = {
        "id": "t1",
        "sha256": FILE[:64],
        "extension": "ogg",
        "mime": "audio/ogg",
        "media_type": MediaType.VOICE,
        "size": len(SONG),
        "kind": ProviderKind.FAKE,
        "created_at": NOON,
    }
    return MediaTag.model_validate(fields | changes)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def test_a_signed_address_serves_the_bytes_of_its_hash_r66(studio: Studio) -> None:
    answer = studio.get()
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == FILE[:64]
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["etag"] == ETAG
    assert answer.headers["content-length"] == str(len(SONG))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == f'inline; filename="{FILE}"'
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_browser_may_keep_it_as_long_as_the_address_is_good_r66(studio: Studio) -> None:
    assert studio.get().headers["cache-control"] == "private, max-age=129600, immutable"


def test_the_tag_is_asked_off_the_loop(studio: Studio) -> None:
    studio.get()
    assert all("AnyIO worker" in name for name in studio.threads)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda address: address.partition("?")[0],
        lambda address: address[:-1] + ("0" if address[-1] != "0" else "1"),
        lambda address: address.replace("exp=1", "exp=2"),
        lambda address: address.replace("&sig", "&w=640&sig"),
        lambda address: address.replace(".ogg", ".html"),
        lambda address: address.replace(FILE[:64], "0" * 64),
        lambda address: address.replace(FILE, "..%2f..%2fsecret.ogg").replace("%2f", "."),
    ],
)
def test_a_changed_address_is_403_and_names_a_code_r59_p31(
    studio: Studio, spoil: Callable[[str], str]
) -> None:
    answer = studio.ask(spoil(sign(FILE, key=KEY, now=NOON)))
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "bad_signature"
    assert answer.headers["cache-control"] == "no-store"


def test_an_expired_address_is_403_r59(studio: Studio) -> None:
    studio.clock.time = NOON + timedelta(days=2)
    answer = studio.get()
    assert (answer.status_code, answer.json()["code"]) == (403, "expired")


def test_what_no_tag_knows_is_404_even_with_its_bytes_there_r69(studio: Studio) -> None:
    studio.tags.clear()
    answer = studio.get()
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_what_has_a_tag_and_no_bytes_is_404_never_500_r69(studio: Studio) -> None:
    studio.store.delete(FILE)
    for width in (None, 640):
        assert studio.get(width).status_code == 404


def test_the_type_comes_from_the_tag_not_from_the_address(studio: Studio) -> None:
    studio.tags[FILE] = tag(mime="audio/x-other")
    assert studio.get().headers["content-type"] == "audio/x-other"
    studio.tags[FILE] = tag(extension="mp3")
    assert studio.get().status_code == 404


@pytest.mark.parametrize("mime", ["image/svg+xml", "application/pdf", "text/html"])
def test_what_could_run_is_never_shown_inline_p33(studio: Studio, mime: str) -> None:
    studio.tags[FILE] = tag(mime=mime)
    answer = studio.get()
    assert answer.headers["content-type"] == mime
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "sandbox"} <= set(policy)


@pytest.mark.parametrize(
    ("wanted", "span"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=4-9", (4, 10)),
        ("bytes=4-", (4, len(SONG))),
        ("bytes=-5", (len(SONG) - 5, len(SONG))),
        ("bytes=-99999999", (0, len(SONG))),
        ("bytes=4-99999999", (4, len(SONG))),
    ],
)
def test_one_range_is_206(studio: Studio, wanted: str, span: tuple[int, int]) -> None:
    answer = studio.get(range=wanted)
    assert answer.status_code == 206
    assert answer.content == SONG[span[0] : span[1]]
    assert answer.headers["content-range"] == f"bytes {span[0]}-{span[1] - 1}/{len(SONG)}"
    assert answer.headers["content-length"] == str(span[1] - span[0])


@pytest.mark.parametrize("wanted", [f"bytes={len(SONG)}-", "bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_416(studio: Studio, wanted: str) -> None:
    answer = studio.get(range=wanted)
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(SONG)}"


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "bytes=9-4", "bytes=-", "lines=1-2", "bytes"])
def test_what_is_no_single_range_gets_everything(studio: Studio, wanted: str) -> None:
    answer = studio.get(range=wanted)
    assert (answer.status_code, len(answer.content)) == (200, len(SONG))


def test_a_range_of_another_version_gets_everything(studio: Studio) -> None:
    assert studio.get(range="bytes=0-3", if_range='"other"').status_code == 200
    assert studio.get(range="bytes=0-3", if_range=ETAG).status_code == 206


@pytest.mark.parametrize("etag", [ETAG, f"W/{ETAG}", f'"other", {ETAG}', "*"])
def test_what_the_browser_has_is_304(studio: Studio, etag: str) -> None:
    answer = studio.get(if_none_match=etag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == ETAG
    assert "immutable" in answer.headers["cache-control"]


def test_a_304_still_needs_a_good_address(studio: Studio) -> None:
    studio.clock.time = NOON + timedelta(days=2)
    assert studio.get(if_none_match=ETAG).status_code == 403


@pytest.mark.parametrize("width", [None, 640])
def test_head_answers_as_get_without_the_bytes(studio: Studio, width: int | None) -> None:
    got, head = studio.get(width), studio.get(width, method="HEAD")
    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


def test_a_width_is_a_webp_made_once_and_kept(studio: Studio) -> None:
    first, again = studio.get(640), studio.get(640)
    assert first.content == again.content == f"{len(SONG)} at 640".encode()
    assert first.headers["content-type"] == "image/webp"
    assert first.headers["etag"] == f'"{FILE[:64]}-640"'
    assert studio.inspector.asked == [640]
    assert studio.store.derived(FILE, 640) == first.content


def test_a_poster_that_was_kept_before_is_served_as_it_is(studio: Studio) -> None:
    studio.store.put_derived(FILE, 640, b"poster")
    assert studio.get(640).content == b"poster"
    assert studio.inspector.asked == []


def test_many_who_ask_at_once_wait_for_one_child(studio: Studio) -> None:
    studio.inspector.go_on.clear()
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(studio.get, 320) for _ in range(8)]
        threading.Event().wait(0.2)
        studio.inspector.go_on.set()
        assert {answer.result().status_code for answer in answers} == {200}
    assert studio.inspector.asked == [320]


def test_what_has_no_picture_says_so(studio: Studio) -> None:
    for _ in range(2):  # nobody is left waiting by the first
        answer = studio.get(160)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_type")
