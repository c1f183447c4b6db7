"""Media in a bucket of any S3-compatible store: the MediaStore of the shared mode.

Over obstore (Apache's object_store): one wheel for every Python, typed, without dependencies,
16 MB installed; boto3 is slower to import and brings five packages, s3fs brings aiohttp's world.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotSupportedError
from obstore.store import S3Store as Bucket

from domain.errors import Misconfigured, NotFound, Unavailable
from storage.media_names import CHUNK, derived_key, derived_prefix, file_key, new_name

_SETTINGS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_VIRTUAL_HOSTED_STYLE_REQUEST",
    "AWS_SERVER_SIDE_ENCRYPTION",
    "AWS_SSE_KMS_KEY_ID",
    "AWS_SKIP_SIGNATURE",
)


class S3Store:
    """``s3://bucket/prefix``; written once with a conditional put where the store knows it."""

    def __init__(self, url: str, options: Mapping[str, str]) -> None:
        """``options``: the standard AWS_* variables; others are left alone."""
        parts = urlsplit(url)
        if parts.scheme != "s3" or not parts.netloc:
            raise Misconfigured("FRAMEWRIGHT_MEDIA_URL must look like s3://bucket/prefix.")
        config = {name.lower(): options[name] for name in _SETTINGS if options.get(name)}
        config.setdefault("aws_region", options.get("AWS_DEFAULT_REGION") or "us-east-1")
        endpoint = options.get("AWS_ENDPOINT_URL_S3") or options.get("AWS_ENDPOINT_URL") or ""
        plain = options.get("AWS_ALLOW_HTTP", "").lower() in {"1", "true"}
        if endpoint.startswith("http://") and not (plain or _is_loopback(endpoint)):
            raise Misconfigured(
                "AWS_ENDPOINT_URL is plain http on another machine: use https or AWS_ALLOW_HTTP."
            )
        try:
            self._bucket = _open(parts.netloc, parts.path.strip("/"), config, endpoint)
        except (BaseError, ValueError) as error:
            raise Misconfigured(
                "The media store can't be opened: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
                "belong together, and AWS_ENDPOINT_URL is an address."
            ) from error

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
        end = self.size(file)
        end = end if stop is None else min(stop, end)
        return self._chunks(file_key(file), start, end) if start < end else iter(())

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

    def _chunks(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        with _errors():
            found = obstore.get(self._bucket, key, options={"range": (start, stop)})
            for chunk in found.stream(min_chunk_size=CHUNK):
                yield bytes(chunk)


def _open(bucket: str, prefix: str, config: Mapping[str, str], endpoint: str) -> Bucket:
    settings: Any = dict(config)
    return Bucket(
        bucket,
        prefix=prefix or None,
        config=settings,
        client_options={
            "allow_http": endpoint.startswith("http://"),
            "connect_timeout": "5s",
            "read_timeout": "30s",
            "timeout": "10m",  # of a whole transfer: a clip may have 500 MB
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
    )


def _is_loopback(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _errors() -> Iterator[None]:
    """Domain words for the library's; its texts may name keys and hosts, so none is passed on."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("The media is gone.") from error
    except (BaseError, OSError, ValueError) as error:
        raise Unavailable("The media store can't be reached or refuses us.") from error
