"""Walks libyaml's events to a tree of nodes, and stops at a limit before anything is built."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from domain.story.diagnostics import Diagnostic
from domain.story.findings import LONGEST_MESSAGE, MOST, shortened
from domain.story.nodes import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 64
MAX_NODES = 200_000
"""Values; a key belongs to its mapping, and an alias counts with all it repeats."""
MAX_TEXT = 5_000_000
"""Characters of all values, repeated ones included: one long text must not become a thousand."""

_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset({"!", *(_CORE + name for name in ("str", "int", "float", "bool", "null"))})


class Broken(Exception):
    """The reading can't go on; ``diagnostic`` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Open:
    """A collection being read, or an anchored scalar: ``size`` and ``height`` count aliases."""

    node: Node
    anchor: str | None
    before: tuple[int, int]
    """Values and characters read before it."""
    key: Scalar | None = None
    skip: bool = False
    """The value to come belongs to a key that can't be used."""
    merges: list[tuple[Scalar, Node]] = field(default_factory=list)
    height: int = 1


@dataclass(slots=True)
class _Anchored:
    node: Node
    size: int = 1
    text: int = 0
    height: int = 0


class Walker:
    """One walk; ``root`` is the tree, ``found`` what is wrong with it."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.found: list[Diagnostic] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._count = 0
        self._text = 0

    def walk(self, next_event: Callable[[], Any]) -> None:
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close()
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._open(event, is_mapping=kind is yaml.MappingStartEvent)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    message = "a second document begins here; keep one and remove the ---"
                    raise Broken(_at(event, "several_documents", message))
            elif kind is yaml.StreamEndEvent:
                return

    def partial(self) -> Node | None:
        """What was read before the reading broke off."""
        while self._stack:
            self._close()
        return self.root

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        node = Scalar(mark.line + 1, mark.column + 1, event.value, event.implicit[0])
        if event.tag is not None:
            self._tagged(event, node)
        if "\0" in node.text:
            message = "the escape \\0 stands for no character; remove it"
            self._find(_diagnostic("control_character", message, node))
            node.text = node.text.replace("\0", "")
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.node, Mapping) and top.key is None and not top.skip:
            self._key(top, top.node, node)
        else:
            self._add(1, len(node.text), node)
            self._place(node)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(node, text=len(node.text))

    def _tagged(self, event: Any, node: Scalar) -> None:
        if event.tag not in _SCALAR_TAGS:
            self._bad_tag(event)
        elif event.tag in ("!", _CORE + "str"):
            node.plain = False
        else:
            node.plain = True

    def _open(self, event: Any, *, is_mapping: bool) -> None:
        mark = event.start_mark
        make = Mapping if is_mapping else Sequence
        node = make(mark.line + 1, mark.column + 1)
        if event.tag not in (None, "!", _CORE + ("map" if is_mapping else "seq")):
            self._bad_tag(event)
        self._add(1, 0, node)
        if len(self._stack) >= MAX_DEPTH:
            raise Broken(_too_deep(node))
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(node, event.anchor, (self._count - 1, self._text)))

    def _close(self) -> None:
        done = self._stack.pop()
        if done.merges and isinstance(done.node, Mapping):
            self._merge(done.node, done.merges)
        if done.anchor is not None:
            size, text = self._count - done.before[0], self._text - done.before[1]
            self._anchors[done.anchor] = _Anchored(done.node, size, text, done.height)
        if self._stack:
            top = self._stack[-1]
            top.height = max(top.height, done.height + 1)
        self._place(done.node)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            message = f"*{event.anchor} names no anchor; write &{event.anchor} before it"
            raise Broken(_at(event, "unknown_alias", message))
        target = self._anchors[event.anchor]
        if target is None:
            message = f"*{event.anchor} stands inside its own anchor; write the value out"
            raise Broken(_at(event, "circular_alias", message))
        place = Scalar(event.start_mark.line + 1, event.start_mark.column + 1, "")
        self._add(target.size, target.text, place)
        if len(self._stack) + target.height > MAX_DEPTH:
            raise Broken(_too_deep(place))
        top = self._stack[-1]
        top.height = max(top.height, target.height + 1)
        if isinstance(top.node, Mapping) and top.key is None and not top.skip:
            if isinstance(target.node, Scalar):
                key = Scalar(place.line, place.column, target.node.text, target.node.plain)
                self._key(top, top.node, key)
            else:
                self._bad_key(top, place)
            return
        self._place(target.node)

    def _key(self, top: _Open, mapping: Mapping, key: Scalar) -> None:
        if key.text == "<<" and key.plain:
            top.key = key
            return
        if key.text not in mapping.entries:
            top.key = key
            return
        top.skip = True
        line = mapping.key(key.text).line
        message = f"{key.text!r} is already there in line {line}; keep one of the two"
        self._find(_diagnostic("duplicate_key", message, key))

    def _bad_key(self, top: _Open, place: Node) -> None:
        top.skip = True
        message = "a key must be plain text; write name: value"
        self._find(_diagnostic("bad_key", message, place))

    def _place(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
            return
        assert isinstance(top.node, Mapping)
        if top.skip:
            top.skip = False
        elif top.key is None:
            self._bad_key(top, node)
        else:
            key, top.key = top.key, None
            if key.text == "<<" and key.plain:
                top.merges.append((key, node))
            else:
                top.node.put(key, node)

    def _merge(self, into: Mapping, merges: list[tuple[Scalar, Node]]) -> None:
        """Own keys win over merged ones, earlier merged ones over later."""
        for key, node in merges:
            for one in node.items if isinstance(node, Sequence) else [node]:
                if isinstance(one, Mapping):
                    for name, entry in one.entries.items():
                        if name not in into.entries:
                            into.entries[name] = entry
                            into.places[name] = one.places[name]
                else:
                    message = "<< merges a mapping; write <<: *name with &name at a mapping"
                    self._find(_diagnostic("bad_merge", message, key))

    def _find(self, diagnostic: Diagnostic) -> None:
        if len(self.found) <= MOST:
            self.found.append(diagnostic)

    def _add(self, nodes: int, text: int, place: Node) -> None:
        self._count += nodes
        self._text += text
        if self._count <= MAX_NODES and self._text <= MAX_TEXT:
            return
        self.root = None
        self._stack.clear()
        if self._count > MAX_NODES:
            message = f"more than {MAX_NODES:,} values, repeated ones included; split the script"
            raise Broken(_diagnostic("too_many_nodes", message, place))
        message = f"more than {MAX_TEXT:,} characters, repeated ones included; repeat less"
        raise Broken(_diagnostic("too_large", message, place))

    def _bad_tag(self, event: Any) -> None:
        message = f"the tag {event.tag} is not taken; remove it and write the plain value"
        self._find(_at(event, "unknown_tag", message))


def _too_deep(place: Node) -> Diagnostic:
    return _diagnostic("too_deep", f"nested deeper than {MAX_DEPTH} levels; flatten it", place)


def _at(event: Any, code: str, message: str) -> Diagnostic:
    mark = event.start_mark
    return _diagnostic(code, message, Node(mark.line + 1, mark.column + 1))


def _diagnostic(code: str, message: str, node: Node) -> Diagnostic:
    return Diagnostic(
        severity="error",
        code=code,
        message=shortened(message, LONGEST_MESSAGE),
        line=node.line,
        column=node.column,
    )
