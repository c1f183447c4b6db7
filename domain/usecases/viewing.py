"""Boards, shots and slots as readers see them: computed from one read of the database.

The page, the API and the stream's readers all come here, so they show the same state for the
same version.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from domain.access import Right, User
from domain.media import delivery
from domain.media.delivery import Client
from domain.media.kind import ProviderKind
from domain.media.tag import MediaTag
from domain.ports import UnitOfWork
from domain.story.board import Board, Shot, Slot
from domain.usecases.base import Tools, find_project
from domain.usecases.generation import find_slot
from domain.work.blocking import WORDS, Fix, Reason
from domain.work.fixes import actions_for, fix_for
from domain.work.job import Job, JobState
from domain.work.planning import shots_in_order, why_not_viable
from domain.work.standing import tightened
from domain.work.take import Review, Take, currency, newer, shown
from domain.work.views import (
    BoardView,
    ConceptView,
    JobBrief,
    ReasonView,
    SceneView,
    ShotView,
    SlotView,
)

THUMB_WIDTH = 640

T = TypeVar("T")


class Viewing:
    """Reads; never changes anything."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def board(self, user: User, key: str) -> BoardView:
        """Everything a strip shows, as of now."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            board = work.boards.load(find_project(work, key).id)
            project_id = board.project.id
            facts = Facts(
                takes=_by_slot((take.slot_id, take) for take in work.takes.of_project(project_id)),
                active=_by_slot(work.jobs.active_of_project(project_id)),
                ended=dict(work.jobs.ended_of_project(project_id)),
            )
            return BoardMaker(self._tools, user, work, board, facts).board()

    def structure(self, user: User, key: str) -> Board:
        """The board without what changes from second to second; keep it for ``shots``."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return work.boards.load(find_project(work, key).id)

    def shots(self, user: User, structure: Board, owner_ids: Iterable[str]) -> BoardView:
        """Fresh views of just these shots and concepts, read by their slots alone."""
        user.require(Right.READ)
        owners = set(owner_ids)
        with self._tools.works(reading=True) as work:
            part = structure.evolve(
                shots=tuple(one for one in structure.shots if one.id in owners),
                concepts=tuple(one for one in structure.concepts if one.id in owners),
                slots=tuple(work.slots.of_owners(list(owners))),
            )
            return self._maker(work, user, part).board()

    def slot(self, user: User, slot_id: str) -> SlotView:
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            slot = find_slot(work, slot_id)
            part = work.boards.near([slot]).evolve(slots=(slot,))
            return self._maker(work, user, part).slot(slot)

    def _maker(self, work: UnitOfWork, user: User, part: Board) -> "BoardMaker":
        ids = [slot.id for slot in part.slots]
        facts = Facts(
            takes=_by_slot((take.slot_id, take) for take in work.takes.of_slots(ids)),
            active=_by_slot(work.jobs.active_of_slots(ids)),
            ended=dict(work.jobs.ended_of_slots(ids)),
        )
        return BoardMaker(self._tools, user, work, part, facts)


class Facts:
    """What slots have: their takes, their active jobs, the job of each that ended last."""

    def __init__(
        self,
        *,
        takes: Mapping[str, Sequence[Take]],
        active: Mapping[str, Sequence[Job]],
        ended: Mapping[str, Job],
    ) -> None:
        self.takes = takes
        self.active = active
        self.ended = ended


class BoardMaker:
    """Makes views of one board's parts from facts that were read in the same transaction."""

    def __init__(
        self, tools: Tools, user: User, work: UnitOfWork, board: Board, facts: Facts
    ) -> None:
        self._tools = tools
        self._work = work
        self._user = user
        self._board = board
        self._facts = facts
        self._now = tools.clock.now()
        self._shots = {shot.id: shot for shot in board.shots}
        self._concepts = {concept.id: concept for concept in board.concepts}
        self._scenes = {scene.id: scene for scene in board.scenes}
        self._slots: dict[str, list[Slot]] = {}
        for slot in sorted(board.slots, key=lambda one: one.position):
            if not slot.removed:
                self._slots.setdefault(slot.owner_id, []).append(slot)
        self._shown = {
            slot.id: shown(facts.takes.get(slot.id, ()), picked=slot.picked, basis=slot.basis)
            for slot in board.slots
        }
        tag_ids = [take.tag_id for take in self._shown.values() if take is not None]
        self._tags = {tag.id: tag for tag in work.media.many(tag_ids)}
        active = [job for jobs in facts.active.values() for job in jobs]
        lines = {job.provider for job in active if job.provider and not job.began}
        self._places = work.jobs.positions(lines) if lines else {}
        self._paused = work.jobs.paused_providers() if lines else ()
        kinds = {(job.provider, job.media_type) for job in active if job.provider and job.began}
        self._usual = {kind: work.jobs.usual_seconds(board.project.id, *kind) for kind in kinds}

    def board(self) -> BoardView:
        header = self._board.project.header
        shots = [self.shot(one) for one in shots_in_order(self._board)]
        lengths: dict[str | None, int] = {}
        for shot in shots:
            lengths[shot.scene] = lengths.get(shot.scene, 0) + shot.duration
        scenes = [
            SceneView(
                id=one.key,
                title=one.title,
                location=one.location,
                episode=one.episode,
                duration=lengths.get(one.key, 0),
            )
            for one in sorted(self._board.scenes, key=lambda one: one.position)
            if not one.removed
        ]
        if None in lengths:
            blocks = SceneView(id="", title="", location=None, episode=None, duration=lengths[None])
            scenes.insert(0, blocks)
        return BoardView(
            project=self._board.project.key,
            title=header.title,
            fps=header.fps,
            aspect=header.aspect,
            revision=self._board.project.revision,
            paused=self._board.project.paused,
            scenes=tuple(scenes),
            shots=tuple(shots),
            concepts=tuple(
                ConceptView(
                    id=one.key,
                    type=one.type,
                    title=one.title or one.key,
                    slots=tuple(self.slot(slot) for slot in self._slots.get(one.id, ())),
                )
                for one in sorted(self._board.concepts, key=lambda one: one.position)
                if not one.removed
            ),
        )

    def shot(self, shot: Shot) -> ShotView:
        slots = [self.slot(one) for one in self._slots.get(shot.id, ())]
        pictures = [one for one in slots if one.role == "narrative_im"]
        primary = next(iter(pictures or slots), None)
        fake = any(one.provider_kind is ProviderKind.FAKE for one in slots if one.thumb)
        scene = self._scenes.get(shot.scene_id or "")
        own = self._slots.get(shot.id, ())
        lacking = why_not_viable(own, [one.id for one in own if self._shown[one.id] is not None])
        return ShotView(
            id=shot.id,
            code=shot.code,
            scene=scene.key if scene else None,
            title=shot.title,
            content=shot.content,
            duration=shot.duration,
            cast=shot.cast,
            dialogue=shot.dialogue,
            primary=None if primary is None else primary.id,
            state="empty" if primary is None else primary.state,
            version=0 if primary is None else primary.version,
            kind=ProviderKind.FAKE if fake else primary and primary.provider_kind,
            viable=lacking is None,
            not_viable_because=lacking,
            slots=tuple(slots),
        )

    def slot(self, slot: Slot) -> SlotView:
        takes = self._facts.takes.get(slot.id, ())
        take = self._shown[slot.id]
        tag = self._tags.get(take.tag_id) if take else None
        active = self._facts.active.get(slot.id, ())
        job = active[-1] if active else self._facts.ended.get(slot.id)
        fresh = newer(takes, take, basis=slot.basis)
        if take is None or not self._hides(slot, take):
            fresh = None
        reason = self._reason(slot, job)
        kept = currency(take, basis=slot.basis)
        return SlotView(
            id=slot.id,
            media_id=slot.media_id,
            owner=self._owner(slot),
            role=slot.role,
            media_type=slot.media_type,
            title=slot.title,
            state=slot.state,
            currency=kept,
            review=take.review if take else None,
            take=take.id if take else None,
            take_number=take.number if take else None,
            picked=slot.picked,
            selected=slot.selected,
            newer=fresh.id if fresh else None,
            newer_number=fresh.number if fresh else None,
            takes=len(takes),
            job=self._brief(job) if job else None,
            provider_kind=take.kind if take else None,
            reason=reason,
            fix=self._fix(slot, reason, job),
            actions=actions_for(slot, take, job, self._user, fresh=fresh),
            review_note=take.review_note if take else "",
            review_current=not take or take.review_basis in ("", slot.basis),
            media=self._fragment(slot, tag) if tag else None,
            thumb=self._thumb(tag) if tag else None,
            version=slot.version,
        )

    def _owner(self, slot: Slot) -> str:
        shot = self._shots.get(slot.owner_id)
        return shot.code if shot else self._concepts[slot.owner_id].key

    def _title(self, slot: Slot) -> str:
        shot = self._shots.get(slot.owner_id)
        return (shot or self._concepts[slot.owner_id]).title or self._owner(slot)

    def _hides(self, slot: Slot, take: Take) -> bool:
        return slot.picked == take.id or take.review is Review.APPROVED

    def _reason(self, slot: Slot, job: Job | None) -> ReasonView | None:
        if slot.state not in ("failed", "blocked"):
            return None
        if job is not None and job.reason and job.state == slot.state:
            code = Reason(job.reason)
            return ReasonView(code=code, message=job.error or WORDS[code])
        if slot.waits_for:
            code = Reason(slot.waits_for)
            return ReasonView(code=code, message=slot.waits_detail or WORDS[code])
        return None

    def _fix(self, slot: Slot, reason: ReasonView | None, job: Job | None) -> Fix | None:
        if slot.state not in ("failed", "blocked"):
            return None
        name = job.provider if job else None
        is_ready = name is not None and self._is_ready(name)
        return fix_for(reason.code if reason else None, job, is_ready=is_ready)

    def _is_ready(self, name: str) -> bool:
        forge = self._tools.forge
        known = self._work.standings.all().get(name)
        return tightened(forge.readiness(name), known, forge.credentials(name)).is_ready

    def _brief(self, job: Job) -> JobBrief:
        return JobBrief(
            id=job.id,
            state=job.state,
            attempt=job.attempt,
            tries=job.fails + 1,
            position=self._places.get(job.id),
            held=self._held(job),
            provider=job.provider,
            started_at=job.started_at.timestamp() if job.started_at else None,
            usual_s=self._usual.get((job.provider or "", job.media_type)) if job.began else None,
            error=job.error,
        )

    def _held(self, job: Job) -> Literal["production", "provider"] | None:
        if job.state is not JobState.QUEUED or job.deadline is not None:
            return None
        if self._board.project.paused:
            return "production"
        return "provider" if job.provider in self._paused else None

    def _thumb(self, tag: MediaTag) -> str | None:
        if tag.media_type.is_sound:
            return None
        return delivery.sign(
            tag.file,
            key=self._tools.key,
            now=self._now,
            base_url=self._tools.base_url,
            width=THUMB_WIDTH,
        )

    def _fragment(self, slot: Slot, tag: MediaTag) -> dict[str, Any] | None:
        return delivery.fragment(
            tag,
            role=slot.role,
            hints=slot.hints,
            source_id=self._owner(slot),
            source_label=self._title(slot),
            client=Client.WEB,
            key=self._tools.key,
            now=self._now,
            base_url=self._tools.base_url,
        )


def _by_slot(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = {}
    for slot_id, one in pairs:
        grouped.setdefault(slot_id, []).append(one)
    return grouped
