"""One step of a story as it is read: a shot among its neighbours, and what its slots show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import NotFound
from domain.media.tag import MediaTag
from domain.ports import UnitOfWork
from domain.story.board import Board, Concept, Shot, Slot
from domain.story.durations import frame_rate
from domain.story.fragments import Fragment, Step, journal
from domain.work.planning import shots_in_order, why_not_viable
from domain.work.state import ShotStep
from domain.work.take import Take, shown


@dataclass(frozen=True, slots=True)
class Place:
    """A shot among its neighbours, and what it refers to."""

    board: Board
    shot: Shot | None
    previous: Shot | None
    following: Shot | None
    concepts: Sequence[Concept]
    """The cast, then the place; all of them where there is no shot."""
    targets: Sequence[Shot]
    """Where its choices lead."""

    @classmethod
    def find(cls, board: Board, cursor: str | None) -> "Place":
        shots = shots_in_order(board)
        live = {one.key: one for one in board.concepts if not one.removed}
        if not shots and not cursor:
            ordered = sorted(live.values(), key=lambda one: one.position)
            return cls(board, None, None, None, ordered, ())
        at = next(
            (n for n, one in enumerate(shots) if not cursor or cursor in (one.code, one.id)), None
        )
        if at is None:
            raise NotFound(f"There is no shot {cursor!r} in {board.project.key}.")
        shot = shots[at]
        scene = next((one for one in board.scenes if one.id == shot.scene_id), None)
        keys = dict.fromkeys([*shot.cast, *([scene.location] if scene and scene.location else [])])
        following = shots[at + 1] if at + 1 < len(shots) else None
        codes = {choice.to or (following and following.code) for choice in shot.choices}
        return cls(
            board=board,
            shot=shot,
            previous=shots[at - 1] if at else None,
            following=following,
            concepts=[live[key] for key in keys if key in live],
            targets=[one for one in shots if one.code in codes],
        )

    @property
    def owners(self) -> list[str]:
        """Ids of all whose slots matter."""
        shots = [self.shot, *self.targets] if self.shot else []
        return [*{one.id for one in shots}, *(one.id for one in self.concepts)]


class Reading:
    """What there is at a place, as it was read in one transaction."""

    def __init__(self, work: UnitOfWork, place: Place, slots: Sequence[Slot]) -> None:
        self.place = place
        self.slots: dict[str, list[Slot]] = {owner: [] for owner in place.owners}
        for slot in sorted(slots, key=lambda one: one.position):
            if not slot.removed and slot.owner_id in self.slots:
                self.slots[slot.owner_id].append(slot)
        mine = [slot for some in self.slots.values() for slot in some]
        self._by_id = {slot.id: slot for slot in mine}
        takes: dict[str, list[Take]] = {slot.id: [] for slot in mine}
        for take in work.takes.of_slots(list(takes)):
            takes[take.slot_id].append(take)
        found = {
            slot.id: shown(takes[slot.id], picked=slot.picked, basis=slot.basis) for slot in mine
        }
        self.shown = {slot_id: take for slot_id, take in found.items() if take is not None}
        tags = {one.id: one for one in work.media.many([t.tag_id for t in self.shown.values()])}
        self.bound: Mapping[str, MediaTag] = {
            slot_id: tags[take.tag_id] for slot_id, take in self.shown.items()
        }

    def slot(self, slot_id: str) -> Slot:
        return self._by_id[slot_id]

    def fragments(self) -> tuple[Fragment, ...]:
        place = self.place
        named = place.board.concepts
        closed = {one.code: self.why_closed(one) for one in place.targets}
        return journal(
            Step(
                shot=place.shot,
                concepts=place.concepts,
                slots=self.slots,
                bound=self.bound,
                closed={code: reason for code, reason in closed.items() if reason is not None},
                following=place.following.code if place.following else None,
                names={one.key: one.title or one.key for one in named if not one.removed},
            )
        )

    def why_closed(self, shot: Shot) -> str | None:
        """What hard media a shot lacks, in words; None where it can be gone to."""
        return why_not_viable(self.slots[shot.id], self.shown)

    def shot(self) -> ShotStep | None:
        shot = self.place.shot
        if shot is None:
            return None
        board = self.place.board
        scene = next((one for one in board.scenes if one.id == shot.scene_id), None)
        reason = self.why_closed(shot)
        seconds = float(shot.duration / frame_rate(board.project.header.fps))
        return ShotStep(
            code=shot.code,
            title=shot.title,
            scene=scene.key if scene else "",
            seconds=round(seconds, 3) or None,
            viable=reason is None,
            reason=reason,
        )

    def owned(self) -> Iterator[tuple[Slot, str, str]]:
        """Slots of the shot and its concepts in order, each with its owner's name and title."""
        shot = self.place.shot
        names = [(shot.id, shot.code, shot.title)] if shot else []
        names += [(one.id, one.key, one.title) for one in self.place.concepts]
        for owner_id, name, title in names:
            for slot in self.slots[owner_id]:
                yield slot, name, title or name
