"""A script's text as a tree of spans: where each value begins and ends, so it is edited in place.

Only for text that `domain.story.reader` took: limits were held there.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAKS = "\r\n"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(slots=True, eq=False)
class Span:
    """One value. ``start`` and ``stop`` count characters; anchor and tag are within."""

    start: int
    stop: int
    is_flow: bool = False
    """Written in brackets, or a scalar."""


@dataclass(slots=True, eq=False)
class ScalarSpan(Span):
    text: str = ""
    quote: str = ""
    """``'``, ``"``, ``|``, ``>``, or nothing for a plain one."""


@dataclass(slots=True, eq=False)
class AliasSpan(Span):
    name: str = ""
    target: Span | None = None


@dataclass(slots=True, eq=False)
class SequenceSpan(Span):
    items: list[Span] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class EntrySpan:
    key: Span
    value: Span


@dataclass(slots=True, eq=False)
class MappingSpan(Span):
    entries: list[EntrySpan] = field(default_factory=list)

    def own(self, name: str) -> EntrySpan | None:
        """The entry of a key as it stands here, not merged in."""
        for entry in self.entries:
            if isinstance(entry.key, ScalarSpan) and entry.key.text == name:
                return entry
        return None


def spans(text: str) -> Span | None:
    """The root's span; None where the text holds no value."""
    loader = _LOADER(text)
    try:
        return _Scan(text).walk(loader)
    finally:
        loader.dispose()


def line_start(text: str, at: int) -> int:
    """Where the line of a character begins."""
    while at > 0 and text[at - 1] not in _BREAKS:
        at -= 1
    return at


def line_stop(text: str, at: int) -> int:
    """Where it ends, before its break."""
    while at < len(text) and text[at] not in _BREAKS:
        at += 1
    return at


def after_break(text: str, at: int) -> int:
    """Where the next line begins, ``at`` being a line's end."""
    return at + 2 if text.startswith("\r\n", at) else min(at + 1, len(text))


def lines_of(text: str) -> list[str]:
    """Lines as YAML's reader counts them, each with its break; the last may have none."""
    return _LINE.findall(text)


def break_of(text: str) -> str:
    """How lines end in this text."""
    first = line_stop(text, 0)
    return text[first : after_break(text, first)] or "\n"


def column(text: str, at: int) -> int:
    return at - line_start(text, at)


def line_number(text: str, at: int) -> int:
    """From 1, as libyaml counts."""
    before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._anchors: dict[str, Span] = {}
        self._open: list[tuple[Span, Span | None]] = []
        """Collections, each with the key that waits for its value."""
        self._root: Span | None = None

    def walk(self, loader: Any) -> Span | None:
        while True:
            event = loader.get_event()
            kind = type(event)
            start, stop = event.start_mark.index, event.end_mark.index
            if kind is yaml.ScalarEvent:
                self._scalar(event, start, stop)
            elif kind is yaml.AliasEvent:
                target = self._anchors.get(event.anchor)
                self._put(AliasSpan(start, stop, name=event.anchor, target=target))
            elif kind is yaml.SequenceStartEvent:
                self._begin(event, SequenceSpan(start, stop, bool(event.flow_style)))
            elif kind is yaml.MappingStartEvent:
                self._begin(event, MappingSpan(start, stop, bool(event.flow_style)))
            elif kind in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
                self._end(stop)
            elif kind is yaml.StreamEndEvent:
                return self._root

    def _scalar(self, event: Any, start: int, stop: int) -> None:
        quote = event.style or ""
        if quote in ("|", ">"):  # libyaml counts the empty lines behind it
            stop = line_stop(self._text, start + len(self._text[start:stop].rstrip()))
        node = ScalarSpan(start, stop, is_flow=True, text=event.value, quote=quote)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._put(node)

    def _begin(self, event: Any, node: Span) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._open.append((node, None))

    def _end(self, stop: int) -> None:
        node, _ = self._open.pop()
        if node.is_flow:
            node.stop = stop
        elif isinstance(node, SequenceSpan):
            node.stop = node.items[-1].stop
        elif isinstance(node, MappingSpan):
            last = node.entries[-1]
            node.stop = max(last.key.stop, last.value.stop)
        self._put(node)

    def _put(self, node: Span) -> None:
        if not self._open:
            self._root = node
            return
        top, key = self._open[-1]
        if isinstance(top, SequenceSpan):
            top.items.append(node)
        elif key is None:
            self._open[-1] = (top, node)
        else:
            assert isinstance(top, MappingSpan)
            top.entries.append(EntrySpan(key, node))
            self._open[-1] = (top, None)
