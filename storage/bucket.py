"""Opening a bucket from the settings every S3 tool knows."""

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from obstore.exceptions import BaseError
from obstore.store import S3Store

from domain.errors import Misconfigured

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


def open_bucket(url: str, options: Mapping[str, str]) -> S3Store:
    """Raises Misconfigured; asks nothing of the network."""
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
        return _open(parts.netloc, parts.path.strip("/"), config, endpoint)
    except (BaseError, ValueError) as error:
        raise Misconfigured(
            "The media store can't be opened: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
            "belong together, and AWS_ENDPOINT_URL is an address."
        ) from error


def _open(bucket: str, prefix: str, config: Mapping[str, str], endpoint: str) -> S3Store:
    settings: Any = dict(config)
    return S3Store(
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
