"""A mapping of the script, field by field: each has a type, and unknown ones are found."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from math import isfinite
from typing import Any, Self, TypeVar

from domain.story import names
from domain.story import nodes as tree
from domain.story.findings import Findings, Path

E = TypeVar("E", bound=StrEnum)

ALIASES: Mapping[str, str] = {
    "alias": "media_id",
    "characters": "cast",
    "data": "media_data",
    "description": "content",
    "frame_count": "frames",
    "hard": "hard_requirement",
    "hints": "staging_hints",
    "items": "media",
    "length": "duration",
    "lines": "dialogue",
    "name": "title",
    "options": "choices",
    "panels": "shots",
    "path": "media_path",
    "role": "media_role",
    "spec": "media_spec",
    "text": "content",
}
"""What people write for what we call otherwise, where no known key looks like it."""


class Fields:
    """Reads one mapping. ``path`` leads to it; what is wrong goes to ``findings``."""

    def __init__(self, node: tree.Mapping, path: Path, findings: Findings) -> None:
        self.node = node
        self.path = path
        self.findings = findings

    @classmethod
    def of(
        cls,
        node: tree.Node,
        path: Path,
        findings: Findings,
        *,
        known: Collection[str],
        what: str,
        hint: str,
    ) -> Self | None:
        """The fields of a node, or None (and a finding) where it is no mapping.

        ``what`` names the thing in messages, ``hint`` shows what to write.
        """
        if not isinstance(node, tree.Mapping):
            findings.error("wrong_type", f"{what} must be a mapping; write {hint}", node, path)
            return None
        fields = cls(node, path, findings)
        for name in node.entries:
            if name not in known:
                other = ALIASES.get(name)
                known_other = other is not None and other in known
                guess = f"; did you mean {other}?" if known_other else findings.guess(name, known)
                message = f"{what} has no {name!r}{guess}"
                findings.error("unknown_key", message, node.key(name), (*path, name))
        return fields

    def get(self, name: str) -> tree.Node | None:
        """The node of a field; None where it is absent or null."""
        node = self.node.entries.get(name)
        return None if isinstance(node, tree.Scalar) and is_null(node) else node

    def error(self, code: str, message: str, name: str | None = None) -> None:
        """A finding at a field's value, or at the mapping."""
        node, path = self.node if name is None else self.get(name) or self.node, self.path
        self.findings.error(code, message, node, path if name is None else (*path, name))

    def warning(self, code: str, message: str, name: str) -> None:
        """The same, refusing nothing."""
        node = self.get(name) or self.node
        self.findings.warning(code, message, node, (*self.path, name))

    def text(self, name: str) -> str | None:
        """Text as written: a number or a yes is taken as text, too."""
        node = self.get(name)
        if node is None:
            return None
        if isinstance(node, tree.Scalar):
            return node.text
        self.error("wrong_type", f"{name} must be text; write {name}: some words", name)
        return None

    def id(self, name: str) -> str | None:
        """An id, in its canonical form."""
        text = self.text(name)
        if text is None:
            return None
        text = names.canonical(text)
        if names.is_id(text):
            return text
        message = (
            f"{text[:80]!r} can't be an id (letters, digits, _ - . and at most "
            f"{names.LONGEST} of them); write {names.slug(text)}"
        )
        self.error("bad_id", message, name)
        return None

    def flag(self, name: str) -> bool | None:
        """True or false; other words are found."""
        node = self.get(name)
        if node is None:
            return None
        value = node.value if isinstance(node, tree.Scalar) else None
        if isinstance(value, bool):
            return value
        self.error("wrong_type", f"{name} must be true or false", name)
        return None

    def word(self, name: str, enum: type[E]) -> E | None:
        """A member of an enumeration."""
        text = self.text(name)
        if text is None:
            return None
        known = [one.value for one in enum]
        if text in known:
            return enum(text)
        guess = self.findings.guess(text, known)
        self.error("bad_value", f"{name} can't be {text[:80]!r}{guess}", name)
        return None

    def items(self, name: str, hint: str) -> Iterator[tuple[tree.Node, Path]]:
        """The entries of a list, each with its path; ``hint`` shows one."""
        node = self.get(name)
        if node is None:
            return
        if not isinstance(node, tree.Sequence):
            self.error("wrong_type", f"{name} must be a list; write {name}: [{hint}]", name)
            return
        for index, one in enumerate(node.items):
            yield one, (*self.path, name, index)


def is_null(node: tree.Scalar) -> bool:
    return node.plain and node.text in ("", "~", "null", "Null", "NULL")


def plain(node: tree.Node, path: Path, findings: Findings) -> Any:
    """What a node means as JSON's values; an infinity or NaN is found and becomes None."""
    if isinstance(node, tree.Mapping):
        return {key: plain(value, (*path, key), findings) for key, value in node.entries.items()}
    if isinstance(node, tree.Sequence):
        return [plain(one, (*path, at), findings) for at, one in enumerate(node.items)]
    assert isinstance(node, tree.Scalar)
    value = node.value
    if isinstance(value, float) and not isfinite(value):
        findings.error("not_finite", f"{node.text} is no finite number", node, path)
        return None
    return value
