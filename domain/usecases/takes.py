"""The takes of a slot and how each came to be: what an inspector shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.access import Right, User
from domain.entity import Entity
from domain.events import Event
from domain.media import delivery
from domain.media.adaptation import Step
from domain.media.delivery import Client
from domain.media.kind import ProviderKind
from domain.media.tag import MediaTag
from domain.ports import UnitOfWork
from domain.story.board import Board, Concept, Shot, Slot
from domain.story.context import Stage, explain
from domain.usecases.base import Tools
from domain.usecases.generation import find_slot
from domain.work.fixes import take_actions
from domain.work.job import Submission
from domain.work.planning import can_make
from domain.work.take import Review, Take

HISTORY = 50


class TakeInput(Entity):
    """Another slot's media that a take was made from."""

    media_id: str
    """Of its slot, which belongs to the same shot."""
    sha256: str
    number: int | None
    """Of its take; None where that is gone."""


class TakeView(Entity):
    """A take as a reader sees it."""

    id: str
    number: int
    slot: str
    kind: ProviderKind
    origin: str
    current: bool
    """Whether it is what the script asks for today."""
    late: bool
    review: Review
    review_note: str
    realised: dict[str, Any]
    inputs: tuple[TakeInput, ...] = ()
    """What it was made from."""
    job: str | None
    provider: str
    width: int | None
    height: int | None
    duration: float | None
    sha256: str
    media: dict[str, Any] | None
    thumb: str | None
    actions: tuple[str, ...] = ()
    """Verbs about this take that make sense now and that this user may."""
    created_at: datetime


class SlotHistory(Entity):
    """A slot's makings in full, newest first."""

    takes: tuple[TakeView, ...]
    submissions: tuple[Submission, ...]
    events: tuple[Event, ...]
    authored: dict[str, Any] | None
    adapted: dict[str, Any] | None
    steps: tuple[Step, ...]
    """What was added to the authored spec, and from where."""
    provider: str | None
    providers: tuple[str, ...]
    """Names that make this media type, for a further take."""
    basis: str
    read_at: datetime


class TakeHistory:
    """Reads; never changes anything."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def tag(self, file: str) -> MediaTag | None:
        """What is known of ``<sha256>.<ext>``; for the media route, whose address is signed."""
        with self._tools.works(reading=True) as work:
            return work.media.of_file(file)

    def listing(self, user: User, slot_id: str) -> Sequence[TakeView]:
        """Newest first."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            slot = find_slot(work, slot_id)
            return self._views(work, user, slot, _newest_first(work, slot))

    def history(self, user: User, slot_id: str, structure: Board | None = None) -> SlotHistory:
        """``structure``: the board of ``Viewing.structure``, where it is at hand; else it is read.

        Only what the script wrote is taken from it, so it may be as old as that.
        """
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            slot = find_slot(work, slot_id)
            takes = _newest_first(work, slot)
            board = structure or work.boards.load(slot.project_id)
            forge = self._tools.asking(work).providers()
            return SlotHistory(
                takes=self._views(work, user, slot, takes),
                submissions=self._submissions(work, slot, takes),
                events=tuple(work.events.of_slot(slot.id, HISTORY)),
                authored=slot.source.spec,
                adapted=slot.adapted,
                steps=_steps(board, slot),
                provider=forge.resolve(slot, board),
                providers=tuple(one.name for one in forge.all if can_make(one, slot)),
                basis=slot.basis,
                read_at=self._tools.clock.now(),
            )

    def _submissions(
        self, work: UnitOfWork, slot: Slot, takes: Sequence[Take]
    ) -> tuple[Submission, ...]:
        jobs = [job.id for _, job in work.jobs.active_of_slots([slot.id])]
        jobs += [job_id for job_id in (slot.ended_job_id, *(t.job_id for t in takes)) if job_id]
        found = [one for job_id in dict.fromkeys(jobs) for one in work.jobs.submissions(job_id)]
        return tuple(sorted(found, key=lambda one: one.created_at, reverse=True))

    def _views(
        self, work: UnitOfWork, user: User, slot: Slot, takes: Sequence[Take]
    ) -> tuple[TakeView, ...]:
        tags = {tag.id: tag for tag in work.media.many([take.tag_id for take in takes])}
        numbers = _numbers(work, slot) if any(take.inputs for take in takes) else {}
        return tuple(self._view(user, slot, take, tags[take.tag_id], numbers) for take in takes)

    def _view(
        self,
        user: User,
        slot: Slot,
        take: Take,
        tag: MediaTag,
        numbers: Mapping[tuple[str, str], int],
    ) -> TakeView:
        now, key, base = self._tools.clock.now(), self._tools.key, self._tools.base_url
        return TakeView(
            id=take.id,
            number=take.number,
            slot=slot.id,
            kind=take.kind,
            origin=take.origin,
            current=take.is_for(slot.basis),
            late=take.late,
            review=take.review,
            review_note=take.review_note,
            realised=take.realised,
            inputs=tuple(
                TakeInput(media_id=name, sha256=sha256, number=numbers.get((name, sha256)))
                for name, sha256 in take.inputs.items()
            ),
            job=take.job_id,
            provider=tag.origin,
            width=tag.width,
            height=tag.height,
            duration=tag.duration,
            sha256=tag.sha256,
            media=delivery.fragment(
                tag,
                role=slot.role,
                hints=slot.hints,
                source_id=slot.owner_id,
                source_label=slot.title or slot.media_id,
                client=Client.WEB,
                key=key,
                now=now,
                base_url=base,
            ),
            thumb=None
            if tag.media_type.is_sound
            else delivery.sign(tag.file, key=key, now=now, base_url=base, width=320),
            actions=take_actions(slot, take, user),
            created_at=take.created_at,
        )


def _newest_first(work: UnitOfWork, slot: Slot) -> list[Take]:
    return sorted(work.takes.of_slots([slot.id]), key=lambda one: -one.number)


def _steps(board: Board, slot: Slot) -> tuple[Step, ...]:
    owners: list[Shot | Concept] = [*board.shots, *board.concepts]
    owner = next((one for one in owners if one.id == slot.owner_id), None)
    if owner is None or slot.source.spec is None:
        return ()
    return explain(slot, owner, Stage.of(board)).steps


def _numbers(work: UnitOfWork, clip: Slot) -> dict[tuple[str, str], int]:
    """The number of each take beside a clip, by media_id and content."""
    names = {slot.id: slot.media_id for slot in work.slots.of_owners([clip.owner_id])}
    takes = work.takes.of_slots(list(names))
    contents = {tag.id: tag.sha256 for tag in work.media.many([take.tag_id for take in takes])}
    return {(names[take.slot_id], contents[take.tag_id]): take.number for take in takes}
