"""Media as files in a folder: the MediaStore of the embedded mode."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from domain.errors import NotFound
from storage.durable import Writer, unavailable
from storage.media_names import CHUNK, derived_key, derived_prefix, file_key, new_name


class FileStore:
    """Its folder may be shared by the processes of one machine."""

    def __init__(self, root: Path) -> None:
        """``root`` is made at the first write. It may be a link itself; nothing in it may."""
        self._root = root.resolve()
        self._writer = Writer(self._root)

    def put(self, data: bytes, extension: str) -> str:
        file = new_name(data, extension)
        target = self._root / file_key(file)
        # A file that a broken disk cut short is written again: its name says what belongs there.
        if (found := self._stat(target)) is None or found.st_size != len(data):
            self._writer.write(target, data)
        return file.partition(".")[0]

    def has(self, file: str) -> bool:
        return self._stat(self._root / file_key(file)) is not None

    def size(self, file: str) -> int:
        found = self._stat(self._root / file_key(file))
        if found is None:
            raise NotFound("The media is gone.")
        return found.st_size

    def read(self, file: str, start: int = 0, stop: int | None = None) -> bytes:
        return b"".join(self.stream(file, start, stop))

    def stream(self, file: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        size = self.size(file)
        return _chunks(self._root / file_key(file), start, size if stop is None else stop)

    def put_derived(self, file: str, width: int, data: bytes) -> None:
        if self.has(file):  # else a request that lost against delete() would leave a stray
            self._writer.write(self._root / derived_key(file, width), data)

    def derived(self, file: str, width: int) -> bytes | None:
        path = self._root / derived_key(file, width)
        found = self._stat(path)
        return None if found is None else b"".join(_chunks(path, 0, found.st_size))

    def path(self, file: str) -> Path | None:
        path = self._root / file_key(file)
        return None if self._stat(path) is None else path

    def delete(self, file: str) -> None:
        target = self._root / file_key(file)
        try:
            for path in [target, *self._root.glob(f"{derived_prefix(file)}*.webp")]:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise unavailable(error) from error

    def check(self) -> None:
        self._writer.check()

    def sweep(self) -> int:
        """Remove what dead processes left half written; returns how many files."""
        return self._writer.sweep()

    def _stat(self, path: Path) -> os.stat_result | None:
        """Of a plain file really inside the root; a link anywhere on the way counts as absent."""
        try:
            found = path.lstat()
            inside = path.parent.resolve(strict=True) == path.parent
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise unavailable(error) from error
        return found if inside and stat.S_ISREG(found.st_mode) else None


def _chunks(path: Path, start: int, stop: int) -> Iterator[bytes]:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        raise NotFound("The media is gone.") from None
    with os.fdopen(handle, "rb", buffering=0) as source:
        source.seek(start)
        while start < stop and (chunk := source.read(min(CHUNK, stop - start))):
            start += len(chunk)
            yield chunk
