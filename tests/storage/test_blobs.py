"""The folder behind the embedded MediaStore: nothing half written, no way out (P31, P32)."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.errors import Misconfigured, NotFound, Unavailable
from storage.blobs import FileStore
from storage.s3 import S3Store

BYTES = b"frame"


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def stored(root: Path) -> tuple[FileStore, str]:
    store = FileStore(root)
    return store, f"{store.put(BYTES, 'png')}.png"


def test_a_file_lies_under_two_letters_of_its_hash_and_nothing_beside_it(tmp_path: Path) -> None:
    _, file = stored(tmp_path)
    assert files(tmp_path) == [tmp_path / file[:2] / file]


def test_constructing_a_store_touches_nothing(tmp_path: Path) -> None:
    FileStore(tmp_path / "media")
    assert list(tmp_path.iterdir()) == []


def test_a_file_cut_short_by_a_broken_disk_is_written_again(tmp_path: Path) -> None:
    store, file = stored(tmp_path)
    (tmp_path / file[:2] / file).write_bytes(b"fr")
    store.put(BYTES, "png")
    assert store.read(file) == BYTES


def test_a_link_in_place_of_a_file_is_not_followed_p31(tmp_path: Path) -> None:
    store, file = stored(tmp_path / "media")
    secret = tmp_path / "secret"
    secret.write_bytes(b"key")
    path = tmp_path / "media" / file[:2] / file
    path.unlink()
    path.symlink_to(secret)
    assert not store.has(file)
    assert store.path(file) is None
    with pytest.raises(NotFound):
        store.read(file)


def test_a_link_in_place_of_a_folder_is_neither_read_nor_written_through_p31(
    tmp_path: Path,
) -> None:
    store, file = stored(tmp_path / "media")
    outside = tmp_path / "outside"
    (tmp_path / "media" / file[:2]).rename(outside)
    (tmp_path / "media" / file[:2]).symlink_to(outside)
    with pytest.raises(NotFound):
        store.read(file)
    (outside / file).unlink()
    with pytest.raises(Unavailable, match="link"):
        store.put(BYTES, "png")
    assert files(outside) == []


def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "media").symlink_to(tmp_path / "disk")
    store, file = stored(tmp_path / "media")
    assert store.read(file) == BYTES


def test_a_full_disk_is_said_plainly_and_leaves_nothing_behind(tmp_path: Path) -> None:
    script = """
import resource, signal, sys
from pathlib import Path
from domain.errors import Unavailable
from storage.blobs import FileStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # EFBIG: as a quota ends a write
try:
    FileStore(Path(sys.argv[1])).put(bytes(2_000_000), "png")
except Unavailable as error:
    print(error.code, error.message)
"""
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.stdout == ("disk_full The disk of the media folder is full. 2.0 MB do not fit.\n")
    assert files(tmp_path) == []


def test_a_folder_that_can_not_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file in the way")
    store = FileStore(tmp_path / "media")
    with pytest.raises(Unavailable, match=os.strerror(errno.ENOTDIR)):
        store.put(BYTES, "png")
    with pytest.raises(Unavailable):
        store.check()


def test_only_what_dead_processes_left_half_written_is_swept(tmp_path: Path) -> None:
    store, file = stored(tmp_path)
    script = """
import os, sys
from pathlib import Path
from storage.durable import Writer
Writer(Path(sys.argv[1]))._temporary()
os._exit(9)
"""
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, str(tmp_path)],
        check=False,
        cwd=Path(__file__).parents[2],
    )
    (orphan,) = (tmp_path / "tmp").iterdir()
    ours = tmp_path / "tmp" / orphan.name.replace(orphan.name.split("-")[1], str(os.getpid()))
    elsewhere = tmp_path / "tmp" / f"deadbeef-1-{'0' * 16}.part"
    ours.touch()
    elsewhere.touch()
    assert store.sweep() == 1
    assert files(tmp_path) == sorted([ours, elsewhere, tmp_path / file[:2] / file])


def test_a_bucket_over_plain_http_must_be_on_this_machine_or_allowed() -> None:
    away = {
        "AWS_ENDPOINT_URL": "http://192.0.2.1:9000",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    with pytest.raises(Misconfigured, match="https"):
        S3Store("s3://studio", away)
    S3Store("s3://studio", away | {"AWS_ALLOW_HTTP": "true"})
    S3Store("s3://studio", away | {"AWS_ENDPOINT_URL": "http://localhost:9000"})


@pytest.mark.parametrize("url", ["s3://", "s3:///media", "https://bucket", "bucket"])
def test_a_media_url_of_another_form_is_refused_with_its_setting(url: str) -> None:
    with pytest.raises(Misconfigured, match="FRAMEWRIGHT_MEDIA_URL"):
        S3Store(url, {})
