"""Media in a bucket of any S3-compatible store: the MediaStore of the shared mode.

Over obstore (Apache's object_store): one wheel for every Python, typed, without dependencies,
16 MB installed; boto3 is slower to import and brings five packages, s3fs brings aiohttp's world.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotSupportedError

from domain.errors import NotFound, Unavailable
from storage.bucket import open_bucket
from storage.media_names import CHUNK, derived_key, derived_prefix, file_key, new_name


class S3Store:
    """``s3://bucket/prefix``; written once with a conditional put where the store knows it."""

    def __init__(self, url: str, options: Mapping[str, str]) -> None:
        """``options``: the standard AWS_* variables; others are left alone."""
        self._bucket = open_bucket(url, options)

    def put(self, data: bytes, extension: str) -> str:
        file = new_name(data, extension)
        if self._found(file_key(file)) != len(data):
            self._write(file_key(file), data, once=True)
        return file.partition(".")[0]

    def has(self, file: str) -> bool:
        return self._found(file_key(file)) is not None

    def size(self, file: str) -> int:
        size = self._found(file_key(file))
        if size is None:
            raise NotFound("The media is gone.")
        return size

    def read(self, file: str, start: int = 0, stop: int | None = None) -> bytes:
        return b"".join(self.stream(file, start, stop))

    def stream(self, file: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        key = file_key(file)
        if stop is not None and start >= stop:
            self.size(file)  # nothing is asked of it, but it must be there
            return iter(())
        wanted: Any = {"range": {"offset": start} if stop is None else (start, stop)}
        try:
            with _errors():
                found = obstore.get(self._bucket, key, options=wanted)
        except Unavailable:
            if start >= self.size(file):  # stores refuse a part beyond the end
                return iter(())
            raise
        return _chunks(found)

    def put_derived(self, file: str, width: int, data: bytes) -> None:
        if self.has(file):
            self._write(derived_key(file, width), data, once=False)

    def derived(self, file: str, width: int) -> bytes | None:
        key = derived_key(file, width)
        try:
            with _errors():
                return bytes(obstore.get(self._bucket, key).bytes())
        except NotFound:
            return None

    def path(self, file: str) -> Path | None:
        file_key(file)
        return None

    def delete(self, file: str) -> None:
        keys = [file_key(file)]
        folder, _, begin = derived_prefix(file).rpartition("/")
        with _errors():
            for page in obstore.list(self._bucket, prefix=folder):
                keys += [one["path"] for one in page if one["path"].startswith(f"{folder}/{begin}")]
            for key in keys:  # one by one: not every store knows the bulk call
                try:
                    obstore.delete(self._bucket, key)
                except FileNotFoundError:
                    continue

    def check(self) -> None:
        with _errors():
            next(iter(obstore.list(self._bucket, prefix="tmp", chunk_size=1)), None)

    def _found(self, key: str) -> int | None:
        """Bytes under ``key``."""
        try:
            with _errors():
                return obstore.head(self._bucket, key)["size"]
        except NotFound:
            return None

    def _write(self, key: str, data: bytes, *, once: bool) -> None:
        with _errors():
            try:
                mode: Any = "create" if once else "overwrite"
                obstore.put(self._bucket, key, data, mode=mode, use_multipart=False)
            except AlreadyExistsError:
                return  # somebody was faster with the same bytes
            except NotSupportedError:  # an older store; the same bytes again do no harm
                obstore.put(self._bucket, key, data, use_multipart=False)


def _chunks(found: "obstore.GetResult") -> Iterator[bytes]:
    with _errors():
        for chunk in found.stream(min_chunk_size=CHUNK):
            yield bytes(chunk)


@contextmanager
def _errors() -> Iterator[None]:
    """Domain words for the library's; its texts may name keys and hosts, so none is passed on."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("The media is gone.") from error
    except (BaseError, OSError, ValueError) as error:
        raise Unavailable("The media store can't be reached or refuses us.") from error
