"""Fields of a script's text: set, added, taken away; nothing else of it is touched."""

from collections.abc import Sequence
from typing import Any

from domain.errors import Invalid
from domain.story import writing
from domain.story.places import Places, Way
from domain.story.spans import (
    EntrySpan,
    MappingSpan,
    ScalarSpan,
    SequenceSpan,
    Span,
    after_break,
    break_of,
    column,
    line_start,
    line_stop,
)

Splice = tuple[int, int, str]
"""From, to, and what stands there instead."""


def spliced(text: str, *splices: Splice) -> str:
    """The text with all of them done; they don't overlap."""
    for start, stop, new in sorted(splices, key=lambda one: one[:2], reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def set_field(places: Places, way: Way, value: Any, order: Sequence[str] = ()) -> str:
    """A field of a mapping gets a value, or is added behind the ones that ``order`` puts before.

    Mappings on the way that aren't there are added.
    """
    text, name = places.text, way[-1]
    assert isinstance(name, str)
    holder = places.reach(way[:-1])
    if holder is None or (isinstance(holder, ScalarSpan) and _is_null(holder)):
        return set_field(places, way[:-1], {name: value}, order)
    if not isinstance(holder, MappingSpan):
        raise Invalid(f"{way[-2]} has no fields in the script.", code="bad_field")
    entry = holder.own(name)
    if entry is None:
        return _added(text, holder, name, value, order)
    old = entry.value
    written = _written(text, holder, entry, value)
    if old.start == old.stop and not text[old.start - 1].isspace():
        written = f" {written}"
    return spliced(text, (old.start, old.stop, written))


def remove_field(places: Places, way: Way) -> str:
    """A field of a mapping is taken away; nothing where it isn't there."""
    text, holder = places.text, places.reach(way[:-1])
    entry = holder.own(str(way[-1])) if isinstance(holder, MappingSpan) else None
    if entry is None:
        return text
    assert isinstance(holder, MappingSpan)
    at = holder.entries.index(entry)
    if len(holder.entries) == 1:
        return spliced(text, (holder.start, holder.stop, "{}"))
    if holder.is_flow:
        parts = [(one.key.start, _stop(one)) for one in holder.entries]
        return spliced(text, *cut_from_brackets(text, parts, at))
    start, stop = entry.key.start, _stop(entry)
    if text[line_start(text, start) : start].strip(" "):
        # The first one, beside a dash: the next one moves up.
        following = holder.entries[1].key.start
        between = text[stop:following]
        return spliced(text, (start, stop if between.strip() else following, ""))
    return spliced(text, (line_start(text, start), after_break(text, line_stop(text, stop)), ""))


def cut_from_brackets(text: str, parts: Sequence[tuple[int, int]], at: int) -> list[Splice]:
    """One part of a list in brackets goes, with one comma; alone on its line, with the line."""
    start, stop = parts[at]
    comma = _comma(text, stop)
    behind = stop if comma is None else comma + 1
    begin, end = line_start(text, start), line_stop(text, behind)
    rest = text[behind:end].strip()
    if not text[begin:start].strip() and (not rest or rest.startswith("#")):
        return [(begin, after_break(text, end), "")]
    if comma is not None:
        if text[stop:comma].strip():  # a comment between the two
            return [(start, stop, ""), (comma, comma + 1, "")]
        return [(start, behind + len(text[behind:end]) - len(text[behind:end].lstrip()), "")]
    before = _comma(text, parts[at - 1][1]) if at else None
    if before is None:
        return [(start, stop, "")]
    if text[before + 1 : start].strip():
        return [(before, before + 1, ""), (start, stop, "")]
    return [(before, stop, "")]


def put_into_brackets(
    text: str, holder: Span, parts: Sequence[tuple[int, int]], at: int, new: str
) -> list[Splice]:
    """One more part of a list in brackets, before the one at ``at`` or behind all.

    Where the parts stand on lines of their own, so does the new one.
    """
    if not parts:
        opening = min(i for i in (text.find(one, holder.start) for one in "[{") if i >= 0)
        return [(opening + 1, opening + 1, new)]
    start, stop = parts[min(at, len(parts) - 1)]
    begin = line_start(text, start)
    indent = text[begin:start]
    if at < len(parts):
        if indent.strip():
            return [(start, start, f"{new}, ")]
        return [(begin, begin, f"{indent}{new},{break_of(text)}")]
    comma = _comma(text, stop)
    behind = stop if comma is None else comma + 1
    after = line_stop(text, behind)
    rest = text[behind:after].strip()
    if indent.strip() or (rest and not rest.startswith("#")):
        return [(stop, stop, f", {new}")]
    line = f"{break_of(text)}{indent}{new}"
    if comma is None:
        return [(after, after, line), (stop, stop, ",")]
    return [(after, after, f"{line},")]


def _written(text: str, holder: MappingSpan, entry: EntrySpan, value: Any) -> str:
    old = entry.value
    quote = old.quote if isinstance(old, ScalarSpan) else ""
    if isinstance(value, str) and quote in ("|", ">") and not holder.is_flow:
        first = after_break(text, line_stop(text, old.start))
        kept = text[first : old.stop]
        indent = kept[: len(kept) - len(kept.lstrip(" "))]
        deep = len(indent) > column(text, entry.key.start)
        indent = indent if deep else " " * (column(text, entry.key.start) + 2)
        block = writing.block_scalar(value, style=quote, indent=indent, line_break=break_of(text))
        if block is not None:
            return block
    if isinstance(value, dict | list):
        written = writing.flow(value, in_flow=holder.is_flow)
    else:
        written = writing.scalar(value, quote=quote, in_flow=holder.is_flow)
    if not old.is_flow and isinstance(old, SequenceSpan | MappingSpan):
        lacking = column(text, entry.key.start) + 2 - column(text, old.start)
        written = " " * max(0, lacking) + written
    return written


def _added(text: str, holder: MappingSpan, name: str, value: Any, order: Sequence[str]) -> str:
    before = order[: order.index(name)] if name in order else ()
    ranked = [
        at
        for at, one in enumerate(holder.entries)
        if isinstance(one.key, ScalarSpan) and one.key.text in before
    ]
    at = (ranked[-1] if ranked else len(holder.entries) - 1) + 1
    if holder.is_flow:
        parts = [(one.key.start, _stop(one)) for one in holder.entries]
        new = f"{writing.key(name)}: {writing.flow(value)}"
        return spliced(text, *put_into_brackets(text, holder, parts, at, new))
    indent = " " * column(text, holder.entries[0].key.start)
    new = f"{indent}{writing.key(name)}: {writing.flow(value, in_flow=False)}"
    return with_line(text, line_stop(text, _stop(holder.entries[at - 1])), new)


def with_line(text: str, at: int, new: str) -> str:
    """One more line, or several, behind the line that ends at ``at``."""
    return spliced(text, (at, at, f"{break_of(text)}{new}"))


def _stop(entry: EntrySpan) -> int:
    return max(entry.key.stop, entry.value.stop)


def _is_null(span: ScalarSpan) -> bool:
    return not span.quote and span.text in ("", "~", "null", "Null", "NULL")


def _comma(text: str, at: int) -> int | None:
    """The comma behind a part, past spaces, breaks and comments; None before the bracket."""
    while at < len(text):
        one = text[at]
        if one == ",":
            return at
        if one == "#":
            at = line_stop(text, at)
        elif one.isspace():
            at += 1
        else:
            return None
    return None
