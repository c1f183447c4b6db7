"""Where a ``media_path`` may lead: into the script's own folder, on every system.

Refused: absolute paths, drives, addresses, ``..`` in any disguise, backslashes, NUL and other
invisible characters, Windows' device names, and names that Windows would read as another one.
"""

import re
from unicodedata import category, normalize

LONGEST = 1024
LONGEST_NAME = 255
"""Bytes in UTF-8."""

_SAFE = re.compile(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*/)*"
    r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"
)
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$|clock\$)", re.IGNORECASE
)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DISGUISES = frozenset(
    "\u2215\u2044\u29f8\u29f5\u2216\u3002\uff61\u0589\u06d4\u0701\u0702\u2571\u2572"
)
"""Slashes and dots that compatibility forms do not unmask."""
_ESCAPED = re.compile(r"%(?:2e|2f|5c|00)", re.IGNORECASE)


def inside(path: str) -> str:
    """The path as it is kept: ``/`` between its parts, no ``.`` parts.

    Raises ValueError with what is wrong and what to write.
    """
    if len(path) <= LONGEST_NAME and _SAFE.fullmatch(path) and not _has_device(path.split("/")):
        return path
    _refuse_characters(path)
    if path.startswith("/"):
        raise ValueError("is absolute; write it relative to the script, such as assets/a.png")
    if ":" in path:
        raise ValueError(_colon(path))
    parts = [part for part in path.split("/") if part not in ("", ".")]
    _refuse_parts(parts)
    if not parts or path.endswith("/"):
        raise ValueError("names no file; write one such as assets/a.png")
    return "/".join(parts)


def extension(path: str) -> str:
    """``png`` of ``assets/a.PNG``; empty without one."""
    _, dot, end = path.rpartition("/")[2].rpartition(".")
    return end.lower() if dot else ""


def _refuse_characters(path: str) -> None:
    if len(path) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters; move the file nearer")
    if "\\" in path:
        raise ValueError("has a backslash; write / between folders")
    for one in path:
        if category(one) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            raise ValueError(f"has the invisible character U+{ord(one):04X}; remove it")
        hidden = not one.isascii() and any(mask in normalize("NFKC", one) for mask in "./\\:")
        if hidden or one in _DISGUISES:
            raise ValueError(f"has {one!r} (U+{ord(one):04X}), which looks like another; remove it")
    if _ESCAPED.search(path):
        raise ValueError("has an escaped dot or slash; write it without %")


def _colon(path: str) -> str:
    if _ADDRESS.match(path):
        return "is an address; download the file into the script's folder and write its name"
    return "has a colon; write it relative to the script, such as assets/a.png"


def _refuse_parts(parts: list[str]) -> None:
    for part in parts:
        if part == "..":
            raise ValueError("leaves the script's folder; put the file there and write its name")
        if part[-1] in ". " or part[0] == " ":
            raise ValueError(f"has the name {part!r} with a dot or space at its end; rename it")
        if part == "~" or part[:1] == "~":
            raise ValueError("begins with ~; write it relative to the script")
        if len(part.encode()) > LONGEST_NAME:
            raise ValueError(f"has a name of more than {LONGEST_NAME} bytes; shorten it")
    if _has_device(parts):
        raise ValueError("has a name that is a device on Windows; rename it")


def _has_device(parts: list[str]) -> bool:
    return any(
        _DEVICE.fullmatch(normalize("NFKC", part.split(".")[0]).strip()) is not None
        for part in parts
    )
