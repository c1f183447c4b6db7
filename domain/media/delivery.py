"""How stored media reaches a client: a signed address, bytes, or a path on its own machine.

Pure functions of tag, client, time and key; nothing here knows a store or a route.
"""

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from domain.errors import Forbidden, Invalid, NotFound
from domain.media.staging import MediaType, StagingHints
from domain.media.tag import MediaTag

WIDTHS = (160, 320, 640, 1280)
"""The widths a picture may be asked in; a few, so that a store keeps a few of each."""

INLINE_BELOW = 100_000
"""Bytes below which a mobile client gets the media, and whoever asks a drawing, in the answer."""

_DAY = 86_400
_EXPIRY = re.compile(r"[1-9][0-9]{0,11}")
_SIGNATURE = re.compile(r"[0-9a-f]{64}")


class Client(StrEnum):
    """Who asks, which decides how media is handed over."""

    WEB = "web"
    MOBILE = "mobile"
    DESKTOP = "desktop"


def client_named(name: str) -> Client:
    """Raises Invalid for a client that is not known."""
    try:
        return Client(name)
    except ValueError:
        known = ", ".join(Client)
        raise Invalid(
            f"No client type “{name[:40]}”; known: {known}.", code="unknown_client"
        ) from None


def sign(
    file: str, *, key: bytes, now: datetime, base_url: str = "", width: int | None = None
) -> str:
    """The address of ``file``, good for one to two days and the same for all of a day.

    ``base_url`` may have a path prefix; without one the address begins with ``/media/``.
    """
    if width is not None and width not in WIDTHS:
        raise ValueError(width)
    expiry = str(_expiry(now))
    size = "" if width is None else f"&w={width}"
    signature = _signature(file, expiry, "" if width is None else str(width), key)
    return f"{base_url.rstrip('/')}/media/{file}?exp={expiry}{size}&sig={signature}"


def verify(
    file: str, *, exp: str | None, w: str | None, sig: str | None, key: bytes, now: datetime
) -> int | None:
    """The width asked for, None for the media itself; arguments as they stand in the address.

    Raises Forbidden with ``bad_signature`` or ``expired``.
    """
    given = sig if sig is not None and _SIGNATURE.fullmatch(sig) else "0" * 64
    expiry = exp if exp is not None and _EXPIRY.fullmatch(exp) else "0"
    size = "" if w is None else w
    good = hmac.compare_digest(given, _signature(file, expiry, size, key))
    if not good or expiry == "0" or (w is not None and w not in map(str, WIDTHS)):
        raise Forbidden("This media address is not one of ours.", code="bad_signature")
    if int(expiry) <= now.timestamp():
        raise Forbidden("This media address has expired.", code="expired")
    return None if w is None else int(w)


def fragment(
    tag: MediaTag,
    *,
    role: str,
    hints: StagingHints,
    source_id: str,
    source_label: str,
    client: Client,
    key: bytes,
    now: datetime,
    base_url: str = "",
    path_of: Callable[[str], Path | None] | None = None,
    bytes_of: Callable[[str], bytes] | None = None,
    inline_svg: bool = False,
) -> dict[str, Any] | None:
    """The media fragment a client gets; None where the media is gone, which breaks nothing.

    Without ``path_of`` or ``bytes_of``, or where media is not on this machine, it is a ``url``.
    With ``inline_svg`` a small drawing comes as markup: ``xml``.
    """
    try:
        handed = _handed(tag, client, path_of, bytes_of, inline_svg=inline_svg)
    except NotFound:
        return None
    return {
        "fragment_type": "media",
        "media_role": str(role),
        "media_type": tag.media_type.value,
        "mime_type": tag.mime,
        "width": tag.width,
        "height": tag.height,
        "duration": tag.duration,
        "staging_hints": hints.model_dump(exclude_none=True),
        "source_id": source_id,
        "source_label": source_label,
        "provider_kind": tag.kind.value,
        **(handed or {"url": sign(tag.file, key=key, now=now, base_url=base_url)}),
    }


def _handed(
    tag: MediaTag,
    client: Client,
    path_of: Callable[[str], Path | None] | None,
    bytes_of: Callable[[str], bytes] | None,
    *,
    inline_svg: bool,
) -> dict[str, str] | None:
    """What is not a url."""
    small = bytes_of if tag.size < INLINE_BELOW else None
    if inline_svg and small is not None and tag.media_type is MediaType.VECTOR:
        # Safe to set into a page: a drawing is only stored if all in it is on the allow-list.
        return {"xml": small(tag.file).decode("utf-8-sig")}
    if client is Client.DESKTOP and path_of is not None:
        path = path_of(tag.file)
        return None if path is None else {"path": str(path.absolute())}
    if client is Client.MOBILE and small is not None:
        return {"data": b64encode(small(tag.file)).decode()}
    return None


def _expiry(now: datetime) -> int:
    """At least a day ahead, rounded up to a full day: one picture keeps one address."""
    return -int(-(now.timestamp() + _DAY) // _DAY) * _DAY


def _signature(file: str, expiry: str, width: str, key: bytes) -> str:
    """Over hash, extension, expiry and width, apart from all else the key may sign."""
    digest, _, extension = file.partition(".")
    text = f"framewright media 1\n{digest}\n{extension}\n{expiry}\n{width}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
