"""What every MediaStore must do (P16, P31, P32, R5, R66), on both adapters."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from domain.errors import Invalid, NotFound, Unavailable
from domain.ports import MediaStore
from storage.blobs import FileStore
from storage.s3 import S3Store
from tests.services.s3 import S3

SONG = b"the keeper's song " * 40_000
NAME = hashlib.sha256(SONG).hexdigest()
FILE = f"{NAME}.ogg"
ABSENT = f"{'0' * 64}.png"


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    with S3() as server:
        yield server


@pytest.fixture(params=["file", pytest.param("s3", marks=pytest.mark.services)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    if request.param == "file":
        return FileStore(tmp_path / "media")
    server: S3 = request.getfixturevalue("s3")
    return S3Store(f"s3://studio/{uuid4().hex}/media", server.options)


def test_bytes_come_back_under_their_hash(store: MediaStore) -> None:
    assert store.put(SONG, "ogg") == NAME
    assert store.read(FILE) == SONG
    assert store.size(FILE) == len(SONG)
    assert store.has(FILE)


def test_the_same_bytes_are_stored_once(store: MediaStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: store.put(SONG, "ogg"), range(16)))
    assert names == {NAME}
    assert store.read(FILE) == SONG


def test_a_part_is_read_and_a_part_beyond_the_end_is_what_there_is(store: MediaStore) -> None:
    store.put(SONG, "ogg")
    assert store.read(FILE, 4, 10) == b"keeper"
    assert store.read(FILE, len(SONG) - 5) == b"song "
    assert store.read(FILE, len(SONG) - 5, len(SONG) + 100) == b"song "
    assert store.read(FILE, len(SONG)) == b""
    assert store.read(FILE, 7, 7) == b""


def test_media_streams_in_more_than_one_chunk(store: MediaStore) -> None:
    store.put(SONG, "ogg")
    chunks = list(store.stream(FILE, 1))
    assert b"".join(chunks) == SONG[1:]
    assert len(chunks) > 1


def test_what_is_absent_is_not_found_before_the_first_chunk(store: MediaStore) -> None:
    assert not store.has(ABSENT)
    for look in (store.size, store.read, store.stream):
        with pytest.raises(NotFound):
            look(ABSENT)


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        f"../{FILE}",
        f"/etc/{FILE}",
        f"{NAME}",
        f"{NAME}.",
        f"{NAME}.ogg\n",
        f"{NAME}.ogg\0",
        f"{NAME}.o/g",
        f"{NAME}.ogg/..",
        f"{NAME.upper()}.ogg",
        f"{NAME[:-1]}\u0661.ogg",
        f"{NAME}.ogg.webp",
        "CON",
        "",
    ],
)
def test_a_name_that_could_lead_elsewhere_is_not_found_p31(store: MediaStore, name: str) -> None:
    store.put(SONG, "ogg")
    for look in (store.has, store.size, store.read, store.stream, store.path, store.delete):
        with pytest.raises(NotFound):
            look(name)
    with pytest.raises(NotFound):
        store.derived(name, 640)
    with pytest.raises(NotFound):
        store.put_derived(name, 640, b"small")


@pytest.mark.parametrize("extension", ["", "../x", "a/b", "PNG", "png\n", "toolongext", "p\0g"])
def test_an_odd_extension_writes_nothing_p32(store: MediaStore, extension: str) -> None:
    with pytest.raises(Invalid):
        store.put(SONG, extension)


def test_what_is_derived_is_kept_by_width_and_goes_with_its_origin(store: MediaStore) -> None:
    store.put(SONG, "ogg")
    assert store.derived(FILE, 640) is None
    store.put_derived(FILE, 640, b"small")
    store.put_derived(FILE, 160, b"tiny")
    store.put_derived(FILE, 640, b"smaller")
    assert store.derived(FILE, 640) == b"smaller"
    assert store.derived(FILE, 160) == b"tiny"
    store.delete(FILE)
    assert not store.has(FILE)
    assert store.derived(FILE, 640) is None
    assert store.derived(FILE, 160) is None


def test_nothing_is_derived_from_what_is_gone(store: MediaStore) -> None:
    store.put_derived(ABSENT, 640, b"small")
    assert store.derived(ABSENT, 640) is None


def test_deleting_twice_is_no_error(store: MediaStore) -> None:
    store.delete(ABSENT)


def test_a_path_is_given_only_for_a_file_on_this_machine(store: MediaStore) -> None:
    store.put(SONG, "ogg")
    path = store.path(FILE)
    assert path is None or (path.is_absolute() and path.read_bytes() == SONG)
    assert store.path(ABSENT) is None


def test_a_store_that_works_passes_its_check(store: MediaStore) -> None:
    store.check()


@pytest.mark.services
def test_a_bucket_out_of_reach_is_unavailable_and_tells_no_key() -> None:
    with S3() as server:
        store = S3Store(server.url, server.options)
        server.kill()
        for ask in (store.check, lambda: store.put(SONG, "ogg"), lambda: store.read(FILE)):
            with pytest.raises(Unavailable) as caught:
                ask()
            assert "secret" not in caught.value.message
            assert "127.0.0.1" not in caught.value.message
