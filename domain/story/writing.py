"""Values as YAML text, to be put into a script: each scalar in the first form that reads back."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.story import nodes as tree
from domain.story.reader import read

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_UNSEEN = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What JSON leaves as it is and YAML, or an eye, does not."""
_BLOCK = ("|", ">")


def scalar(value: object, *, quote: str = "", in_flow: bool = False) -> str:
    """A scalar on one line; text keeps the ``quote`` of before where it can."""
    if not isinstance(value, str):
        return json.dumps(value)
    for candidate in _forms(value, quote):
        if _says(candidate, value, in_flow=in_flow):
            return candidate
    raise ValueError(f"{value[:40]!r} can't be written in YAML")


def flow(value: Any, *, in_flow: bool = True) -> str:
    """Any JSON value in brackets, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(name)}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(value, in_flow=in_flow)


def key(name: str) -> str:
    return name if _NAME.fullmatch(name) else _double(name)


def block_scalar(value: str, *, style: str, indent: str, line_break: str) -> str | None:
    """Text as ``|`` or ``>`` with its lines below; None where that form can't say it."""
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    first = body.split("\n", 1)[0]
    if not body or ends > 1 or first[:1] in ("", " ", "\t") or "\r" in body:
        return None
    if style == ">" and "\n" in body:
        style = "|"
    lines = [f"{indent}{line}" if line else "" for line in body.split("\n")]
    written = "\n".join([style + ("" if ends else "-"), *lines])
    if not _says(f"{written}\n", value, in_flow=False):
        return None
    return written.replace("\n", line_break)


def shot_lines(shot: Mapping[str, Any]) -> list[str]:
    """A shot below a dash: a field a line, and an entry of its lists a line."""
    lines = []
    for name, value in shot.items():
        if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            lines.append(f"{key(name)}:")
            lines += [f"  - {flow(one)}" for one in value]
        else:
            lines.append(f"{key(name)}: {flow(value, in_flow=False)}")
    return lines or ["{}"]


def _forms(value: str, quote: str) -> Iterator[str]:
    seen = value.isprintable() and not _UNSEEN.search(value)
    single = "'" + value.replace("'", "''") + "'"
    if quote in ("", *_BLOCK) and seen:
        yield value
    if quote == "'" and seen:
        yield single
    yield _double(value)


def _double(value: str) -> str:
    return _UNSEEN.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(value, ensure_ascii=False))


def _says(written: str, value: str, *, in_flow: bool) -> bool:
    """Whether it reads as just this text where it will stand."""
    document = read(f"{{k: {written}}}" if in_flow else f"k: {written}")
    root = document.root
    if document.diagnostics or not isinstance(root, tree.Mapping) or list(root.entries) != ["k"]:
        return False
    found = root.entries["k"]
    return isinstance(found, tree.Scalar) and found.value == value and isinstance(found.value, str)
