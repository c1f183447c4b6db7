"""A backup: the embedded data folder as one file, taken beside a running server, and put back.

A zip of the database as it was at one moment, every media file that it names, and a manifest
with the size and the SHA-256 of each. No secret is in it: it may lie wherever media may lie.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

from pydantic import BaseModel, ValidationError

from domain.errors import Misconfigured, NotFound, Unavailable
from domain.ports import MediaStore
from storage.durable import unavailable
from storage.media_names import CHUNK
from storage.tables import SCHEMA

DATABASE = "framewright.db"
MANIFEST = "manifest.json"
FORMAT = 1
LARGEST_MANIFEST = 64_000_000
FILES = "SELECT DISTINCT sha256 || '.' || extension FROM media_tag ORDER BY 1"
MEDIA = re.compile(r"media/([0-9a-f]{64})\.([a-z0-9]{1,8})")


class Entry(BaseModel):
    """One file of a backup."""

    size: int
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself; written last."""

    format: int
    schema_revision: str
    made_at: str
    """ISO 8601, UTC."""
    entries: dict[str, Entry]
    missing: list[str] = []
    """Media that the database names and the store did not have."""


class Kept(NamedTuple):
    """What is in a backup."""

    media: int
    size: int
    """Bytes of all of it, unpacked."""
    missing: int
    made_at: str


def write(database: Path, store: MediaStore, target: Path, *, made_at: str) -> Kept:
    """Write a backup under a temporary name, forced to disk, then renamed to ``target``.

    Media never changes under its name, so what a snapshot of the database names can be read
    after it. Raises Misconfigured where ``target`` exists or can't be written.
    """
    if target.exists():
        raise Misconfigured(f"{target} is there already; name another file.")
    part = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as out:
            os.fchmod(out.fileno(), 0o600)
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                manifest = _fill(archive, database, store, made_at)
            out.flush()
            os.fsync(out.fileno())
        os.link(part, target)  # unlike a rename it never replaces what came meanwhile
    except FileExistsError:
        raise Misconfigured(f"{target} is there already; name another file.") from None
    except OSError as error:
        raise Misconfigured(f"{target} can't be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return _kept(manifest)


def _fill(archive: zipfile.ZipFile, database: Path, store: MediaStore, made_at: str) -> Manifest:
    entries: dict[str, Entry] = {}
    missing = []
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            files = [row[0] for row in target.execute(FILES)]
            [schema] = target.execute("SELECT version_num FROM alembic_version").fetchone()
        with copy.open("rb") as read:
            entries[DATABASE] = _add(archive, DATABASE, iter(lambda: read.read(CHUNK), b""))
    for file in files:
        try:
            entries[f"media/{file}"] = _add(archive, f"media/{file}", store.stream(file))
        except NotFound:
            missing.append(file)
    manifest = Manifest(
        format=FORMAT,
        schema_revision=schema,
        made_at=made_at,
        entries=entries,
        missing=missing,
    )
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


def _add(archive: zipfile.ZipFile, name: str, chunks: Iterator[bytes]) -> Entry:
    digest, size = hashlib.sha256(), 0
    first = next(chunks, b"")  # before the entry is begun: what is missing leaves none behind
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as out:
        for chunk in chain((first,), chunks):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Entry(size=size, sha256=digest.hexdigest())


def restore(
    source: Path, folder: Path, open_store: Callable[[], MediaStore], *, ignoring: Collection[str]
) -> Kept:
    """Put a backup into an empty folder. All of it is checked before anything is written.

    ``ignoring``: names that an empty folder may have. Raises Misconfigured, with what is wrong.
    """
    there = (
        sorted({one.name for one in folder.iterdir()} - set(ignoring)) if folder.exists() else []
    )
    if there:
        raise Misconfigured(f"{folder} is not empty ({there[0]}): restore into an empty folder.")
    with _opened(source) as archive:
        manifest = _checked(archive, source)
        _needs_room(manifest, folder)
        try:
            _unpack(archive, manifest, folder, open_store())
        except (OSError, Unavailable) as error:
            _empty(folder, ignoring)
            why = unavailable(error) if isinstance(error, OSError) else error
            raise Misconfigured(f"Nothing was restored: {why.message}") from error
    return _kept(manifest)


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path, store: MediaStore) -> None:
    """Media first: a database without it would be a house that lost its pictures."""
    for name in manifest.entries:
        if found := MEDIA.fullmatch(name):
            store.put(archive.read(name), found[2])
    part = folder / f".{DATABASE}.part"
    with archive.open(DATABASE) as read, part.open("xb") as out:
        os.fchmod(out.fileno(), 0o600)
        shutil.copyfileobj(read, out, CHUNK)
        out.flush()
        os.fsync(out.fileno())
    part.rename(folder / DATABASE)


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError:
        raise Misconfigured(f"There is no {source}.") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as error:
        _refuse(source, "it is no backup, or was cut short", error)
    except OSError as error:
        raise Misconfigured(f"{source} can't be read: {error.strerror}.") from error


def _checked(archive: zipfile.ZipFile, source: Path) -> Manifest:
    manifest = _manifest(archive, source)
    names = archive.namelist()
    if sorted(names) != sorted([*manifest.entries, MANIFEST]):
        _refuse(source, "its files are not those of its manifest")
    if DATABASE not in manifest.entries:
        _refuse(source, "it holds no database")
    for name, entry in manifest.entries.items():
        media = MEDIA.fullmatch(name)
        if name != DATABASE and media is None:
            _refuse(source, f"it holds {name[:80]!r}, which no backup has")
        if media is not None and media[1] != entry.sha256:
            _refuse(source, f"{name} is not what its name says")
        if archive.getinfo(name).file_size != entry.size:
            _refuse(source, f"{name} has another size than the manifest says")
        with archive.open(name) as read:
            if _digest(read) != entry.sha256:
                _refuse(source, f"{name} was changed")
    return manifest


def _manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            _refuse(source, "its manifest is too large")
        given: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if given.get("format") != FORMAT:
            _refuse(source, "it is of a newer Framewright; restore it with that one")
        manifest = Manifest.model_validate(given)
    except (KeyError, ValueError, AttributeError, ValidationError) as error:
        _refuse(source, "it has no manifest that can be read", error)
    if manifest.schema_revision > SCHEMA:
        _refuse(source, "it is of a newer Framewright; restore it with that one")
    return manifest


def _digest(read: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := read.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _needs_room(manifest: Manifest, folder: Path) -> None:
    there = next(one for one in (folder, *folder.parents) if one.exists())
    size = sum(one.size for one in manifest.entries.values())
    if shutil.disk_usage(there).free < size:
        raise Misconfigured(f"{size / 1e6:.1f} MB do not fit on the disk of {folder}.")


def _empty(folder: Path, ignoring: Collection[str]) -> None:
    for one in folder.iterdir():
        if one.name not in ignoring:
            shutil.rmtree(one) if one.is_dir() else one.unlink()


def _kept(manifest: Manifest) -> Kept:
    return Kept(
        media=len(manifest.entries) - 1,
        size=sum(one.size for one in manifest.entries.values()),
        missing=len(manifest.missing),
        made_at=manifest.made_at,
    )


def _refuse(source: Path, why: str, error: Exception | None = None) -> NoReturn:
    raise Misconfigured(f"{source} can't be restored: {why}. Nothing was written.") from error
