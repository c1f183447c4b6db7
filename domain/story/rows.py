"""Entries of a list in a script's text: cut out, put in, repeated, with their comments.

To an entry below a dash belong its own lines, comments indented deeper than its dash that follow,
and comments right above it at the dash's column. An empty line belongs to nobody.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from domain.errors import Invalid
from domain.story import writing
from domain.story.places import Places, Way
from domain.story.spans import (
    AliasSpan,
    MappingSpan,
    ScalarSpan,
    SequenceSpan,
    Span,
    after_break,
    break_of,
    column,
    line_start,
    line_stop,
    lines_of,
)
from domain.story.splicing import (
    Splice,
    cut_from_brackets,
    put_into_brackets,
    remove_field,
    set_field,
)

STEP = 2
"""Spaces a new list is indented by."""


class Row(NamedTuple):
    """An entry cut out of its list: its lines below a dash, or its text from within brackets."""

    text: str
    indent: int | None
    """The dash's column; None for one without a dash."""


def row_of(places: Places, list_at: Way, index: int, *, comments: bool) -> Row:
    """An entry as it is written, with the comments above it or without."""
    text, rows = places.text, _rows(places, list_at)
    if rows.is_flow:
        return Row(text[rows.items[index].start : rows.items[index].stop], None)
    start, dash, stop = _region(text, rows, index)
    return Row(text[start if comments else line_start(text, dash) : stop], column(text, dash))


def cut(places: Places, list_at: Way, index: int) -> list[Splice]:
    """What takes an entry away."""
    text, rows = places.text, _rows(places, list_at)
    if rows.is_flow:
        return cut_from_brackets(text, [(one.start, one.stop) for one in rows.items], index)
    start, _, stop = _region(text, rows, index)
    above = line_start(text, max(0, start - 1 - text.startswith("\r\n", max(0, start - 2))))
    below = text[stop : line_stop(text, stop)]
    if above < start and not text[above:start].strip() and not below.strip():
        start = above  # of two empty lines that would meet, one goes
    return [(start, stop, "")]


def put(places: Places, list_at: Way, index: int, row: Row, *, behind: bool) -> list[Splice]:
    """What puts an entry into a list at ``index``: right behind the one before it, or right
    before the one that is there now.
    """
    text = places.text
    holder = places.reach(list_at[:-1])
    rows = places.reach(list_at)
    assert isinstance(holder, MappingSpan)
    if isinstance(rows, AliasSpan):
        places.reach((*list_at, 0))  # says that it is repeated
    if isinstance(rows, SequenceSpan) and rows.items and not rows.is_flow:
        return [_put_below(text, rows, index, row, behind=behind)]
    if isinstance(rows, SequenceSpan) and is_bracketed(text, holder, rows):
        parts = [(one.start, one.stop) for one in rows.items]
        return put_into_brackets(text, rows, parts, index, _bare(row))
    return _put_first(text, holder, str(list_at[-1]), rows, row)


def renamed(row: Row, key: str) -> Row:
    """The same entry under another id, without its ``was``."""
    mapping: Way = () if row.indent is None else (0,)
    text = set_field(Places(row.text), (*mapping, "id"), key)
    return row._replace(text=remove_field(Places(text), (*mapping, "was")))


def is_bracketed(text: str, holder: Span | None, rows: Span | None) -> bool:
    """Whether an entry of this list stands within brackets; an empty list may give them up."""
    if isinstance(rows, SequenceSpan) and (rows.items or "#" in text[rows.start : rows.stop]):
        return rows.is_flow
    return holder is not None and holder.is_flow


def written(shot: Mapping[str, Any], *, is_flow: bool, line_break: str) -> Row:
    """A new shot, in brackets or a field a line."""
    if is_flow:
        return Row(writing.flow(shot), None)
    first, *rest = writing.shot_lines(shot)
    return Row("".join(f"{line}{line_break}" for line in (f"- {first}", *indented(rest))), 0)


def indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _rows(places: Places, list_at: Way) -> SequenceSpan:
    rows = places.reach(list_at)
    if isinstance(rows, AliasSpan):
        places.reach((*list_at, 0))  # says that it is repeated
    assert isinstance(rows, SequenceSpan)
    return rows


def _region(text: str, rows: SequenceSpan, index: int) -> tuple[int, int, int]:
    """(where its comments begin, its dash, where its last line has ended, break included)."""
    dash = _dash(text, rows, index)
    here = column(text, dash)
    start = line_start(text, dash)
    while start > 0:
        above = line_start(text, start - 1 - text.startswith("\r\n", start - 2))
        line = text[above:start]
        if not line.startswith(" " * here + "#"):
            break
        start = above
    stop = after_break(text, line_stop(text, max(rows.items[index].stop, dash)))
    at = stop
    while at < len(text):
        end = line_stop(text, at)
        line = text[at:end]
        if line.strip() and not (
            line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) > here
        ):
            break
        at = after_break(text, end)
        if line.strip():
            stop = at
    return start, dash, stop


def _dash(text: str, rows: SequenceSpan, index: int) -> int:
    first = rows.start
    while text[first] != "-":  # an anchor or a tag of the list's own
        first = text.index("-", line_stop(text, first))
    if index == 0:
        return first
    here = column(text, first)
    at = after_break(text, line_stop(text, rows.items[index - 1].stop))
    while text[at : at + here].strip(" ") or text[at + here] != "-":
        at = after_break(text, line_stop(text, at))
    return at + here


def _put_below(text: str, rows: SequenceSpan, index: int, row: Row, *, behind: bool) -> Splice:
    lines = _lines(text, row, column(text, _dash(text, rows, 0)))
    gap = break_of(text) if _is_airy(text, rows) else ""
    if behind and index > 0:
        _, _, stop = _region(text, rows, index - 1)
        return _behind(text, stop, gap + lines)
    start, _, _ = _region(text, rows, index)
    return (start, start, lines + gap)


def _is_airy(text: str, rows: SequenceSpan) -> bool:
    """Whether an empty line parts the entries of this list."""
    if len(rows.items) == 1:
        return False
    _, _, stop = _region(text, rows, 0)
    return not text[stop : line_stop(text, stop)].strip()


def _put_first(
    text: str, holder: MappingSpan, name: str, rows: Span | None, row: Row
) -> list[Splice]:
    """Into a list that is empty, or not there."""
    entry = holder.own(name)
    if holder.is_flow:
        if entry is not None:
            space = "" if text[entry.value.start - 1].isspace() else " "
            return [(entry.value.start, entry.value.stop, f"{space}[{_bare(row)}]")]
        parts = [(one.key.start, max(one.key.stop, one.value.stop)) for one in holder.entries]
        return put_into_brackets(text, holder, parts, len(parts), f"{name}: [{_bare(row)}]")
    key_column = column(text, holder.entries[0].key.start)
    lines = _lines(text, row, key_column + STEP)
    if entry is None:
        last = holder.entries[-1]
        at = after_break(text, line_stop(text, max(last.key.stop, last.value.stop)))
        return [_behind(text, at, f"{' ' * key_column}{name}:{break_of(text)}{lines}")]
    if not isinstance(rows, ScalarSpan | SequenceSpan):
        raise Invalid(f"{name} is no list.", code="bad_field")
    start = rows.start
    while text[start - 1] == " ":
        start -= 1
    at = after_break(text, line_stop(text, rows.stop))
    return [(start, rows.stop, ""), _behind(text, at, lines)]


def _behind(text: str, at: int, lines: str) -> Splice:
    """Lines behind a line; the last line of a text may have no break."""
    if at == 0 or text[at - 1] in "\r\n":
        return (at, at, lines)
    return (at, at, f"{break_of(text)}{lines.rstrip(chr(13) + chr(10))}")


def _lines(text: str, row: Row, here: int) -> str:
    """A row's lines with its dash at this column, each with its break."""
    line_break = break_of(text)
    if row.indent is None:
        first, *rest = lines_of(row.text)
        shallow = min((len(one) - len(one.lstrip(" ")) for one in rest if one.strip()), default=0)
        more = max(0, here + STEP - shallow)
        moved = [one if not one.strip() else " " * more + one for one in rest]
        return f"{' ' * here}- {first}{''.join(moved)}{line_break}"
    shift = here - row.indent
    lines = [_shifted(one, shift) for one in lines_of(row.text)]
    whole = "".join(lines)
    return whole if whole.endswith(("\n", "\r")) else whole + line_break


def _shifted(line: str, by: int) -> str:
    if by >= 0:
        return line if not line.strip("\r\n") else " " * by + line
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(-by, spaces) :]


def _bare(row: Row) -> str:
    """A row to stand within brackets."""
    if row.indent is None:
        return row.text
    text = row.text.strip()
    if text.startswith("- {") and text.endswith("}"):
        return text[2:]
    message = "This list is written in brackets; a shot of several lines can't go in there."
    raise Invalid(message, code="other_style")
