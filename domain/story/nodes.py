"""A script as a tree of nodes that know their place; scalars by YAML 1.2's core schema.

So ``16:9``, ``yes`` and ``2026-01-01`` are text, and ``010`` is ten.
"""

import math
import re
from dataclasses import dataclass, field

LONGEST_NUMBER = 64
"""A longer run of digits stays text."""

_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_INT = re.compile(r"[-+]?[0-9]+")
_OTHER_INT = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LINE = 32
_MAYBE_NUMBER = frozenset("0123456789.+-")

Value = None | bool | int | float | str


@dataclass(slots=True, eq=False)
class Node:
    """Where it begins: ``line`` and ``column`` count from 1."""

    line: int
    column: int


@dataclass(slots=True, eq=False)
class Scalar(Node):
    """``text`` as written, without quotes; only a plain one can be more than text."""

    text: str
    plain: bool = True

    @property
    def value(self) -> Value:
        """What the core schema makes of it."""
        return resolve(self.text) if self.plain else self.text


@dataclass(slots=True, eq=False)
class Sequence(Node):
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Mapping(Node):
    """``entries`` in script order, by the text of their keys."""

    entries: dict[str, Node] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    """Line and column of each key in one number: an object for each would cost a third more."""

    def put(self, key: Scalar, node: Node) -> None:
        self.entries[key.text] = node
        self.places[key.text] = key.line << _LINE | key.column

    def key(self, name: str) -> Node:
        """A key's own place; the mapping's where it has none."""
        place = self.places.get(name)
        if place is None:
            return self
        return Node(place >> _LINE, place & (1 << _LINE) - 1)


def resolve(text: str) -> Value:
    """The value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAYBE_NUMBER or len(text) > LONGEST_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _OTHER_INT.fullmatch(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    return float(text) if _FLOAT.fullmatch(text) else text
