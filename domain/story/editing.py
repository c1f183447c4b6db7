"""Edits of a script in place: comments, order, quotes and empty lines stay as they are.

After each edit the text is read again: where it would say anything but what it said before with
just this edit, nothing is done. So an edit is right or refused, whatever the script looks like.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain.errors import Invalid
from domain.story import concepts, header, media_items, rows, shots
from domain.story import nodes as tree
from domain.story.edits import Delete, Duplicate, Edit, Insert, Move, Placed, Set
from domain.story.places import Places, Way
from domain.story.reader import read
from domain.story.spans import MappingSpan, break_of
from domain.story.splicing import Splice, remove_field, set_field, spliced

_NUMBERED = re.compile(r"(.+)_([0-9]{1,6})")


def edited(text: str, edits: Sequence[Edit], names: Mapping[str, str] | None = None) -> str:
    """The script's text with all edits done, one after another.

    ``names``: codes of shots by other names they go by. Raises NotFound where an edit names what
    isn't there, Invalid where it can't be done in place; ``edit`` in its facts counts from 0.
    """
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    for at, edit in enumerate(edits):
        try:
            text = _Editor(text, names or {}).do(edit)
        except Invalid as error:
            error.facts.setdefault("edit", at)
            raise
    return mark + text


class _Editor:
    """One edit of one text; ``_said`` is what the text says, changed as the edit says."""

    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self._text = text
        self._names = names
        self._places = Places(text)
        self._said = meaning(text)

    def do(self, edit: Edit) -> str:
        text = self._done(edit)
        if meaning(text) != self._said:
            raise Invalid(
                "This can't be changed here without changing more: the script repeats it "
                "elsewhere, or its form is unusual. Edit its text instead.",
                code="not_in_place",
            )
        return text

    def _done(self, edit: Edit) -> str:
        match edit:
            case Insert():
                return self._insert(edit)
            case Duplicate():
                return self._duplicate(edit)
            case Delete():
                return self._delete(edit)
            case Move():
                return self._move(edit)
            case Set():
                return self._set(edit)

    def _insert(self, edit: Insert) -> str:
        list_at, index, behind = self._place(edit)
        holder, there = self._places.at(list_at[:-1]), self._places.at(list_at)
        beside = self._places.at((*list_at, max(0, index - 1)))
        is_flow = rows.is_bracketed(self._text, holder, there) or (
            isinstance(beside, MappingSpan) and beside.is_flow
        )
        row = rows.written(edit.shot, is_flow=is_flow, line_break=break_of(self._text))
        self._list(list_at).insert(index, edit.shot)
        return spliced(self._text, *rows.put(self._places, list_at, index, row, behind=behind))

    def _duplicate(self, edit: Duplicate) -> str:
        place = self._places.shot(self._code(edit.shot))
        self._places.reach((*place.way, "id"))
        shots_here = self._list(place.list_at)
        old = shots_here[place.index]
        new_id = edit.id or self._free_id(str(old.get("id")), place.scene)
        row = rows.row_of(self._places, place.list_at, place.index, comments=False)
        row, at = rows.renamed(row, new_id), place.index + 1
        text = spliced(self._text, *rows.put(self._places, place.list_at, at, row, behind=True))
        again = {**copy.deepcopy(old), "id": new_id}
        again.pop("was", None)
        shots_here.insert(at, again)
        return text

    def _delete(self, edit: Delete) -> str:
        place = self._places.shot(self._code(edit.shot))
        splices = rows.cut(self._places, place.list_at, place.index)
        self._take_out(place.list_at, place.index)
        return spliced(self._text, *splices)

    def _move(self, edit: Move) -> str:
        place = self._places.shot(self._code(edit.shot))
        list_at, index, behind = self._place(edit)
        if list_at == place.list_at and index in (place.index, place.index + 1):
            return self._text
        row = rows.row_of(self._places, place.list_at, place.index, comments=True)
        splices: list[Splice] = rows.cut(self._places, place.list_at, place.index)
        splices += rows.put(self._places, list_at, index, row, behind=behind)
        goal = self._list(list_at)
        source = self._list(place.list_at)
        shot = source[place.index]
        goal.insert(index, shot)
        gone = place.index + (source is goal and index <= place.index)
        self._take_out(place.list_at, gone)
        return spliced(self._text, *splices)

    def _set(self, edit: Set) -> str:
        way, order = self._owner(edit)
        field = tuple(edit.field.split("."))
        whole: Way = (*way, *field)
        self._places.reach(whole)
        said, missing = self._at(way), len(field) == 1
        for step in field[:-1]:
            if not isinstance(said, dict):
                break
            missing = said.get(step) is None
            if missing and edit.value is None:
                return self._text
            if missing:
                said[step] = {}
            said = said[step]
        if not isinstance(said, dict):
            raise Invalid(
                f"{edit.field} can't be set: {field[-2]} has no fields.", code="bad_field"
            )
        if edit.value is None:
            said.pop(field[-1], None)
            return remove_field(self._places, whole)
        said[field[-1]] = edit.value
        return set_field(self._places, whole, edit.value, order if len(field) == 1 else ())

    def _owner(self, edit: Set) -> tuple[Way, Sequence[str]]:
        """Where the fields are, and the order they are written in."""
        if edit.shot is None and edit.concept is None:
            self._said.setdefault("project", {})
            return ("project",), header.KEYS
        if edit.concept is not None:
            way, name = self._places.concept(edit.concept), edit.concept
        else:
            place = self._places.shot(self._code(edit.shot or ""))
            way, name = place.way, place.code
        if edit.media is not None:
            return self._places.media(way, name, edit.media), media_items.KEYS
        return way, shots.KEYS if edit.concept is None else concepts.KEYS

    def _place(self, edit: Placed) -> tuple[Way, int, bool]:
        """(list, index in it, whether it goes right behind the one before)."""
        if edit.scene is not None:
            list_at = self._places.shot_list(edit.scene)
            return list_at, len(self._list(list_at)), True
        place = self._places.shot(self._code(edit.after or edit.before or ""))
        if edit.after is not None:
            return place.list_at, place.index + 1, True
        return place.list_at, place.index, False

    def _code(self, name: str) -> str:
        return self._names.get(name, name)

    def _free_id(self, key: str, scene: str) -> str:
        taken = self._places.codes()
        numbered = _NUMBERED.fullmatch(key)
        stem, number = (numbered[1], int(numbered[2])) if numbered else (key, 1)
        while True:
            number += 1
            new = f"{stem}_{number}"
            if (f"{scene}_{new}" if scene else new) not in taken:
                return new

    def _at(self, way: Way) -> Any:
        found: Any = self._said
        for step in way:
            found = found[step]
        return found

    def _list(self, list_at: Way) -> list[Any]:
        """The list of what is said; an empty one is put where there is none."""
        holder, name = self._at(list_at[:-1]), list_at[-1]
        if holder.get(name) is None:
            holder[name] = []
        found: list[Any] = holder[name]
        return found

    def _take_out(self, list_at: Way, index: int) -> None:
        entries = self._list(list_at)
        del entries[index]
        found = self._places.at(list_at)
        if not entries and found is not None and not found.is_flow:
            self._at(list_at[:-1])[list_at[-1]] = None  # nothing is left below the key


def meaning(text: str) -> Any:
    """What a text says, as JSON's values; None where it is no YAML."""
    document = read(text)
    if document.broken or document.diagnostics:
        return None
    return _value(document.root)


def _value(node: tree.Node | None) -> Any:
    if isinstance(node, tree.Mapping):
        return {key: _value(one) for key, one in node.entries.items()}
    if isinstance(node, tree.Sequence):
        return [_value(one) for one in node.items]
    return node.value if isinstance(node, tree.Scalar) else None
