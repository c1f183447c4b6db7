"""A backup is whole or refused: nothing of a file that is not as it was written is restored."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from domain.errors import Misconfigured, Unavailable
from domain.ports import MediaStore
from storage import backup
from storage.backup import DATABASE, MANIFEST
from storage.blobs import FileStore
from storage.database import open_engine
from storage.migration import prepare
from storage.tables import SCHEMA, MediaTagRow
from tests.ui.cli.commands import contents

MADE_AT = "2026-01-02T03:04:05+00:00"
LOCK = {"lock"}
PLAIN = {
    "built_in": False,
    "extension": "png",
    "mime": "image/png",
    "media_type": "image",
    "size": 1,
    "kind": "file",
    "origin": "",
}


class Flooded(FileStore):
    """A store on a disk that fills with the second file."""

    def put(self, data: bytes, extension: str) -> str:
        if any(self._root.rglob("*.png")):
            raise Unavailable("The disk of the media folder is full.", code="disk_full")
        return super().put(data, extension)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a database that names two media, and one that is gone."""
    folder = tmp_path / "data"
    folder.mkdir()
    store = FileStore(folder / "media")
    engine = open_engine(f"sqlite:///{folder / DATABASE}")
    prepare(engine, backup_dir=None)
    names = [store.put(data, "png") for data in (b"one" * 100_000, b"two")]
    with engine.begin() as connection:
        for at, sha256 in enumerate([*names, "0" * 64]):
            row = {"id": str(at), "sha256": sha256, "created_at": datetime.fromisoformat(MADE_AT)}
            connection.execute(sa.insert(MediaTagRow), [PLAIN | row])
    engine.dispose()
    (folder / "owner.token").write_text("a secret")
    return folder


@pytest.fixture
def kept(folder: Path, tmp_path: Path) -> Path:
    target = tmp_path / "kept.zip"
    backup.write(folder / DATABASE, FileStore(folder / "media"), target, made_at=MADE_AT)
    return target


def restore(kept: Path, to: Path, store: Callable[[Path], MediaStore] = FileStore) -> backup.Kept:
    to.mkdir(exist_ok=True)
    return backup.restore(kept, to, lambda: store(to / "media"), ignoring=LOCK)


def test_what_is_restored_is_what_was_kept_and_no_secret_is_in_it(
    folder: Path, kept: Path, tmp_path: Path
) -> None:
    to = tmp_path / "restored"
    told = restore(kept, to)
    assert (told.media, told.missing, told.made_at) == (2, 1, MADE_AT)
    before, after = contents(folder / "media"), contents(to / "media")
    assert after == before
    with closing(sqlite3.connect(to / DATABASE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM media_tag").fetchone() == (3,)
    assert not (to / "owner.token").exists()
    assert b"a secret" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_leaves_nothing_else_behind_and_replaces_no_file(folder: Path, kept: Path) -> None:
    assert {one.name for one in kept.parent.iterdir()} == {"data", "kept.zip"}
    assert not [one for one in folder.iterdir() if one.name.startswith(".")]
    with pytest.raises(Misconfigured, match="there already"):
        backup.write(folder / DATABASE, FileStore(folder / "media"), kept, made_at=MADE_AT)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_short_is_refused_before_anything_is_written(
    kept: Path, tmp_path: Path, share: float
) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[: int(len(whole) * share)])
    to = tmp_path / "restored"
    with pytest.raises(Misconfigured, match="Nothing was written"):
        restore(kept, to)
    assert not contents(to)


def test_a_single_changed_bit_is_noticed_wherever_it_is(kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    restore(kept, tmp_path / "intact")
    intact = contents(tmp_path / "intact")
    for at in range(100, len(whole), len(whole) // 23):
        kept.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        to = tmp_path / "restored"
        with suppress(Misconfigured):
            restore(kept, to)
        # The zip's own dates mean nothing; all else is refused.
        assert contents(to) in ({}, intact)
        shutil.rmtree(to)


def rewritten(kept: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> Path:
    """A backup whose files and manifest somebody changed, checksums of the zip included."""
    with zipfile.ZipFile(kept) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop(MANIFEST))
    change(files, manifest)
    with zipfile.ZipFile(kept, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(MANIFEST, json.dumps(manifest))
    return kept


def entry(data: bytes) -> dict[str, Any]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def add(name: str) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def change(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
        files[name] = b"x"
        manifest["entries"][name] = entry(b"x")

    return change


def swap_media(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    name = next(one for one in files if one.startswith("media/"))
    files[name] = b"other"
    manifest["entries"][name] = entry(b"other")


def drop_media(files: dict[str, bytes], _manifest: dict[str, Any]) -> None:
    del files[next(one for one in files if one.startswith("media/"))]


def drop_database(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del files[DATABASE], manifest["entries"][DATABASE]


def newer_schema(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["schema_revision"] = f"{int(SCHEMA) + 1:04d}"


def newer_format(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["format"] += 1


@pytest.mark.parametrize(
    "change",
    [
        add("../outside"),
        add("/etc/absolute"),
        add("media/../../outside"),
        add("media\\outside"),
        add("secret"),
        add("media/" + "0" * 64 + ".png"),
        swap_media,
        drop_media,
        drop_database,
        newer_schema,
        newer_format,
    ],
)
def test_what_no_backup_holds_is_refused_before_anything_is_written(
    kept: Path, tmp_path: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]
) -> None:
    to = tmp_path / "restored"
    with pytest.raises(Misconfigured, match="Nothing was written"):
        restore(rewritten(kept, change), to)
    assert not contents(to)
    assert not (tmp_path / "outside").exists()


def test_a_folder_that_holds_anything_is_left_as_it_is(
    folder: Path, kept: Path, tmp_path: Path
) -> None:
    before = contents(folder)
    with pytest.raises(Misconfigured, match="not empty"):
        restore(kept, folder)
    assert contents(folder) == before


def test_a_disk_that_fills_half_way_leaves_an_empty_folder(kept: Path, tmp_path: Path) -> None:
    to = tmp_path / "restored"
    to.mkdir()
    (to / "lock").write_text("held")
    with pytest.raises(Misconfigured, match="disk"):
        restore(kept, to, Flooded)
    assert [one.name for one in to.iterdir()] == ["lock"]
