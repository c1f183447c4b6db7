"""What an edit did, in the words of a person: shots' codes and concepts' ids."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from domain.entity import Entity
from domain.story.board import Board, Concept, Shot, Slot
from domain.story.durations import frame_rate

Owner = Shot | Concept


class Changes(Entity):
    """Codes of shots and ids of concepts, each named once in all four lists.

    ``changed``: its own text differs. ``moved``: only its place among the others, or its scene.
    What is gone is named as it was called. ``kept_takes``: takes of slots that stay or come back.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept_takes: int = 0


def compare(before: Board, now: Board) -> Changes:
    """What differs between two boards of one project, the first possibly empty."""
    named: dict[str, str] = {}
    was_said, is_said = _Text(before), _Text(now)
    for old, new in (
        (_live(before.concepts), _live(now.concepts)),
        (_live(before.shots), _live(now.shots)),
    ):
        staying = _staying(old, new)
        for part in new.values():
            other = old.get(part.id)
            if other is None:
                named.setdefault(_name(part), "added")
            elif was_said.of(other) != is_said.of(part) or not _lasts(
                other, was_said, part, is_said
            ):
                named.setdefault(_name(part), "changed")
            elif part.id not in staying:
                named.setdefault(_name(part), "moved")
        for part in old.values():
            if part.id not in new:
                named.setdefault(_name(part), "removed")
    lists: dict[str, list[str]] = defaultdict(list)
    for name, what in named.items():
        lists[what].append(name)
    kept = {slot.id for slot in before.slots}
    return Changes(
        added=tuple(lists["added"]),
        changed=tuple(lists["changed"]),
        moved=tuple(lists["moved"]),
        removed=tuple(lists["removed"]),
        kept_takes=sum(one.takes for one in now.slots if not one.removed and one.id in kept),
    )


def _live(parts: Sequence[Owner]) -> dict[str, Owner]:
    return {one.id: one for one in parts if not one.removed}


def _name(part: Owner) -> str:
    return part.code if isinstance(part, Shot) else part.key


class _Text:
    """What the script itself says of a part: no position, nothing that context adds."""

    def __init__(self, board: Board) -> None:
        self.rate = frame_rate(board.project.header.fps)
        self._ids = {one.code: one.id for one in board.shots if not one.removed}
        self._slots: dict[str, list[Slot]] = defaultdict(list)
        for slot in board.slots:
            if not slot.removed:
                self._slots[slot.owner_id].append(slot)

    def of(self, part: Owner) -> tuple[object, ...]:
        own: tuple[object, ...]
        if isinstance(part, Shot):
            # A choice is compared by where it leads: a target's new code is not this shot's text.
            ways = [(one.text, self._ids.get(one.to or "")) for one in part.choices]
            own = (part.content, part.camera, part.cast, part.dialogue, ways)
        else:
            own = (part.type, part.content, part.attributes)
        return (part.key, part.title, *own, [_item(one) for one in self._slots[part.id]])


def _item(slot: Slot) -> tuple[object, ...]:
    return (
        slot.media_id,
        slot.role,
        slot.media_type,
        slot.title,
        slot.source,
        slot.hints,
        slot.hard,
        slot.policy,
        slot.fallback_text,
    )


def _lasts(old: Owner, was_said: _Text, new: Owner, is_said: _Text) -> bool:
    """Whether a shot lasts as long as before: ``4.5s`` at another frame rate is the same text."""
    if not isinstance(old, Shot) or not isinstance(new, Shot) or old.duration == new.duration:
        return True
    if was_said.rate == is_said.rate or not old.duration or not new.duration:
        return False
    apart = abs(old.duration / was_said.rate - new.duration / is_said.rate)
    return apart <= (1 / was_said.rate + 1 / is_said.rate) / 2


def _staying(old: Mapping[str, Owner], new: Mapping[str, Owner]) -> Collection[str]:
    """Ids of parts that did not move: same scene, and the longest run that kept its order."""
    places = {part_id: at for at, part_id in enumerate(old)}
    kept = [
        part_id
        for part_id, part in new.items()
        if part_id in old and _scene(old[part_id]) == _scene(part)
    ]
    run = longest_rising([places[part_id] for part_id in kept])
    return {kept[at] for at in run}


def _scene(part: Owner) -> str | None:
    return part.scene_id if isinstance(part, Shot) else None


def longest_rising(values: Sequence[int]) -> list[int]:
    """Indices of a longest strictly rising subsequence, in n log n."""
    tails: list[int] = []
    ends: list[int] = []
    came_from: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(tails, value)
        came_from.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(value)
            ends.append(at)
        else:
            tails[length] = value
            ends[length] = at
    run: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = came_from[at]
    return run[::-1]
