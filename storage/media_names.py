"""How stored media is named: ``<sha256>.<ext>``, and where that lies in a store.

The same in every store: ``ab/<sha256>.<ext>`` and ``derived/ab/<sha256>.<ext>.<width>.webp``.
"""

import hashlib
import re

from domain.errors import Invalid, NotFound

CHUNK = 256 * 1024
"""Bytes a store streams at a time."""

_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")


def file_key(file: str) -> str:
    """Where ``<sha256>.<ext>`` is kept below the root; NotFound for any other name."""
    if not _NAME.fullmatch(file):
        raise NotFound("There is no such media.")
    return f"{file[:2]}/{file}"


def derived_key(file: str, width: int) -> str:
    """Where the WebP of that width made from ``file`` is kept."""
    return f"{derived_prefix(file)}{int(width)}.webp"


def derived_prefix(file: str) -> str:
    """What the keys of all that was made from ``file`` begin with."""
    return f"derived/{file_key(file)}."


def new_name(data: bytes, extension: str) -> str:
    """What ``data`` is called; Invalid for an extension that could be part of a path."""
    file = f"{hashlib.sha256(data).hexdigest()}.{extension}"
    if not _NAME.fullmatch(file):
        raise Invalid("A media extension is one to eight small letters or digits.")
    return file
