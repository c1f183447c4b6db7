"""Where shots, concepts and media items stand in a script's text, by the names people use."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from domain.errors import Invalid, NotFound
from domain.story.compiler import compile_script
from domain.story.names import canonical
from domain.story.scenes import SHOT_LISTS
from domain.story.spans import (
    AliasSpan,
    MappingSpan,
    ScalarSpan,
    SequenceSpan,
    Span,
    line_number,
    spans,
)

Way = tuple[str | int, ...]
"""Keys and indices from the root."""


@dataclass(frozen=True, slots=True)
class ShotPlace:
    """One shot: the list it is in, and which entry of it."""

    code: str
    scene: str
    list_at: Way
    index: int

    @property
    def way(self) -> Way:
        return (*self.list_at, self.index)


class Places:
    """One text, looked up by name; what is repeated by an alias can't be reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = spans(text)

    def shot(self, code: str) -> ShotPlace:
        """Raises NotFound."""
        found = next((one for one in self._shots() if one.code == canonical(code)), None)
        if found is None:
            raise NotFound(f"There is no shot {code!r} in the script.")
        return found

    def codes(self) -> set[str]:
        return {one.code for one in self._shots()}

    def shot_list(self, scene: str) -> Way:
        """Where a scene's shots are, or would be; the empty name means those at the top."""
        for key, way in self._scenes():
            if key == canonical(scene):
                holder = self.reach(way)
                assert isinstance(holder, MappingSpan)
                name = next((one for one in SHOT_LISTS if holder.own(one)), None)
                return (*way, name or ("shots" if scene else "blocks"))
        raise NotFound(f"There is no scene {scene!r} in the script.")

    def concept(self, name: str) -> Way:
        for index, one in enumerate(_items(_value(self.root, "concepts"))):
            if _text(_value(one, "id")) == canonical(name):
                return ("concepts", index)
        raise NotFound(f"There is no concept {name!r} in the script.")

    def media(self, owner: Way, name: str, media_id: str) -> Way:
        """A media item of an owner; one without a media_id goes by what the compiler calls it."""
        entries = _items(_value(self.at(owner), "media"))
        for index, one in enumerate(entries):
            if _text(_value(one, "media_id")) == canonical(media_id):
                return (*owner, "media", index)
        script = compile_script(self.text).script
        owners = {one.code: one for one in script.shots} | {one.key: one for one in script.concepts}
        named = [one.media_id for one in owners[name].media] if name in owners else []
        if media_id in named and len(named) == len(entries):
            return (*owner, "media", named.index(media_id))
        raise NotFound(f"{name} has no media item {media_id!r} in the script.")

    def at(self, way: Way) -> Span | None:
        """The value there, through aliases and merges; None where there is none."""
        found = self.root
        for step in way:
            found = _step(found, step)
        return found

    def reach(self, way: Way) -> Span | None:
        """The value there, to be edited: raises Invalid where other places share it."""
        found = self.root
        for at, step in enumerate(way):
            if isinstance(found, AliasSpan):
                self._refuse(found)
            own = _own(found, step)
            if own is None:
                merged = _step(found, step)
                if merged is not None and at < len(way) - 1:
                    self._refuse(merged)
                return None
            found = own
        return found

    def _refuse(self, span: Span) -> NoReturn:
        line = line_number(self.text, span.start)
        name = f"*{span.name}" if isinstance(span, AliasSpan) else "a << merge"
        message = f"Line {line} is repeated here by {name}; write it out here before editing it."
        raise Invalid(message, code="repeated_by_alias", line=line)

    def _scenes(self) -> Iterator[tuple[str, Way]]:
        """Every holder of shots: (scene's key, way); the root's key is empty."""
        yield "", ()
        holders: list[Way] = [()]
        episodes = _items(_value(self.root, "episodes"))
        holders += [("episodes", index) for index in range(len(episodes))]
        for holder in holders:
            for index, scene in enumerate(_items(_value(self.at(holder), "scenes"))):
                yield _text(_value(scene, "id")), (*holder, "scenes", index)

    def _shots(self) -> Iterator[ShotPlace]:
        for scene, way in self._scenes():
            holder = self.at(way)
            name = next((one for one in SHOT_LISTS if _value(holder, one) is not None), None)
            if name is None:
                continue
            for index, shot in enumerate(_items(_value(holder, name))):
                key = _text(_value(shot, "id"))
                code = f"{scene}_{key}" if scene else key
                yield ShotPlace(code, scene, (*way, name), index)


def _resolved(span: Span | None) -> Span | None:
    while isinstance(span, AliasSpan):
        span = span.target
    return span


def _own(span: Span | None, step: str | int) -> Span | None:
    if isinstance(span, SequenceSpan) and isinstance(step, int):
        return span.items[step] if step < len(span.items) else None
    if isinstance(span, MappingSpan) and isinstance(step, str):
        entry = span.own(step)
        return entry.value if entry else None
    return None


def _step(span: Span | None, step: str | int) -> Span | None:
    span = _resolved(span)
    own = _own(span, step)
    return own if own is not None else _merged(span, step)


def _merged(span: Span | None, step: str | int) -> Span | None:
    merge = _own(span, "<<")
    for one in _items(merge) or ([merge] if merge is not None else []):
        found = _step(one, step)
        if found is not None:
            return found
    return None


def _value(span: Span | None, name: str) -> Span | None:
    return _resolved(_step(span, name))


def _items(span: Span | None) -> list[Span]:
    span = _resolved(span)
    return span.items if isinstance(span, SequenceSpan) else []


def _text(span: Span | None) -> str:
    span = _resolved(span)
    return canonical(span.text) if isinstance(span, ScalarSpan) else ""
