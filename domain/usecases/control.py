"""Jobs in people's hands: look at them, retry them, cancel them."""

from collections.abc import Sequence

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import Conflict, NotFound
from domain.events import Event
from domain.ports import UnitOfWork
from domain.story.board import Slot
from domain.usecases.base import Tools, find_project
from domain.usecases.generation import find_slot, owner_of, passing
from domain.work.blocking import WORDS, Reason
from domain.work.inputs import basis_with, contents, source_of
from domain.work.job import Job, JobState, Submission, SubmissionState
from domain.work.limits import BATCH, CLICK
from domain.work.planning import Decision, keyed
from domain.work.standing import STOPS_ALL

LONGEST_AUDIT = 1000


class JobRecord(Entity):
    """A job with its slots, its submissions and what happened to it, oldest first."""

    job: Job
    slots: tuple[str, ...]
    submissions: tuple[Submission, ...]
    events: tuple[Event, ...]


class Retried(Entity):
    """Ids of the new jobs, and of the jobs that were left as they are."""

    jobs: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


class Control:
    """A retry is a new job; a terminal one never changes."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def get(self, user: User, job_id: str) -> JobRecord:
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            job = find_job(work, job_id)
            return JobRecord(
                job=job,
                slots=tuple(work.jobs.slots_of(job.id)),
                submissions=tuple(work.jobs.submissions(job.id)),
                events=tuple(work.events.of_job(job.id, LONGEST_AUDIT)),
            )

    def listing(
        self,
        user: User,
        *,
        project: str | None = None,
        provider: str | None = None,
        state: JobState | None = None,
        before: str | None = None,
        limit: int = 100,
    ) -> Sequence[Job]:
        """Newest first, older than the job ``before``."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            project_id = None if project is None else find_project(work, project).id
            return work.jobs.listing(
                project_id=project_id, provider=provider, state=state, before=before, limit=limit
            )

    def retry(self, user: User, job_id: str) -> Job:
        """Make again what failed, was blocked or was cancelled.

        Raises Conflict where that is pointless (a refusal) or over already.
        """
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            job = self._retry(work, find_job(work, job_id), CLICK)
            work.commit()
            return job

    def retry_failed(self, user: User, key: str) -> Retried:
        """Retry what failed for a passing reason; never a refusal or a bad output."""
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            new, skipped = [], []
            for job, slots in self._failed(work, find_project(work, key).id):
                again = self._try_again(work, job, slots) if passing(job) else None
                if again is None:
                    skipped.append(job.id)
                else:
                    new.append(again.id)
            work.commit()
            return Retried(jobs=tuple(dict.fromkeys(new)), skipped=tuple(skipped))

    def cancel(self, user: User, job_id: str) -> Job:
        """Ends ``cancelled`` once accepted; raises Conflict where it is over."""
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            job = work.jobs.request_cancel(find_job(work, job_id).id)
            if job is None:
                raise Conflict("This job is over already.", code="over")
            self._tools.dependents(work).follow(list(work.jobs.slots_of(job.id)))
            work.commit()
            return job

    def cancel_slot(self, user: User, slot_id: str) -> Sequence[str]:
        """Take a slot off its jobs; a job ends with its last slot. Returns the job ids."""
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            slot = find_slot(work, slot_id)
            jobs = [job for _, job in work.jobs.active_of_slots([slot.id])]
            jobs += [job for _, job in work.jobs.blocked_of_slots([slot.id])]
            if not jobs and slot.waits_for is None:
                raise Conflict("Nothing is being made for this.", code="over")
            for job in jobs:
                if len(work.jobs.slots_of(job.id)) > 1:
                    work.jobs.detach(job, slot.id)
                else:
                    work.jobs.request_cancel(job.id)
            if slot.waits_for is not None:
                work.slots.set(slot.id, waits_for=None)
                work.slots.touch(slot.id, "cancelled")
            self._tools.dependents(work).follow([slot.id])
            work.commit()
            return [job.id for job in jobs]

    def _try_again(self, work: UnitOfWork, job: Job, slots: Sequence[Slot]) -> Job | None:
        """One of many: what can't be asked again now is no reason to refuse the others."""
        try:
            return self._again(work, job, slots, BATCH)
        except Conflict:
            return None

    def _failed(self, work: UnitOfWork, project_id: str) -> list[tuple[Job, list[Slot]]]:
        """Failed jobs with the slots that show it: no take of these came since, another way."""
        failed = {
            slot_id: job
            for slot_id, job in work.jobs.ended_of_project(project_id)
            if job.state is JobState.FAILED
        }
        jobs: dict[str, tuple[Job, list[Slot]]] = {}
        for slot in work.slots.many(list(failed)):
            if slot.state == "failed" and not slot.removed:
                job = failed[slot.id]
                jobs.setdefault(job.id, (job, []))[1].append(slot)
        return list(jobs.values())

    def _retry(self, work: UnitOfWork, job: Job, priority: int) -> Job:
        if job.state.is_active or job.state is JobState.SUCCEEDED:
            raise Conflict(f"This job is {job.state}; there is nothing to retry.", code="over")
        reason = Reason(job.reason) if job.reason else None
        if job.state is JobState.FAILED and reason is not None and reason.is_refusal:
            raise Conflict(f"{WORDS[reason]}: change the prompt instead.", code=reason)
        asked_for = work.slots.many(list(work.jobs.slots_of(job.id)))
        live = [slot for slot in asked_for if not slot.removed]
        if not live:
            raise Conflict("The script no longer has what this job was for.", code="over")
        # What was made since is not bought again by a page that still shows the old job.
        slots = [slot for slot in live if slot.ended_job_id == job.id]
        if not slots:
            raise Conflict("A later job took this one's place.", code="over")
        return self._again(work, job, slots, priority)

    def _again(self, work: UnitOfWork, job: Job, slots: Sequence[Slot], priority: int) -> Job:
        if job.state is JobState.BLOCKED and self._is_under_way(work, job):
            return work.jobs.move(
                job,
                JobState.QUEUED,
                action="resumed",
                run_at=work.now(),
                reason=None,
                error=None,
                fails=0,
                crashes=0,
            )
        asked = work.jobs.slots_of(job.id)
        changed = any(not still_asks(slot, job, asked[slot.id]) for slot in slots)
        # One more take that had no room under the cap is still that one more take.
        kept = job.reason in (Reason.BUDGET, Reason.UNKNOWN_PRICE) and job.reuse_key
        if (job.state is JobState.BLOCKED and not kept) or job.provider is None or changed:
            # A blocked ask takes today's spec when it is freed; so does one of an older script.
            return self._ask_anew(work, job, slots, priority)
        near = work.boards.near(slots)
        asking = self._tools.asking(work)
        provider = asking.providers().named(job.provider)
        if provider is None:
            raise Conflict(f"{job.provider} is not configured.", code=Reason.NO_PROVIDER)
        seed, reuse_key = keyed(job.spec, provider, basis=asked[slots[0].id], inputs=job.inputs)
        made = [
            asking.further(
                slot,
                label=owner_of(near, slot),
                provider=provider.name,
                spec=job.spec,
                seed=seed,
                reuse_key=reuse_key,
                inputs=job.inputs,
                basis=asked[slot.id],
                priority=priority,
                allowed=job.reason == Reason.UNKNOWN_PRICE,
                retry_of=job,
            )
            for slot in slots
        ]
        return made[0]

    def _is_under_way(self, work: UnitOfWork, job: Job) -> bool:
        """A provider took it, so it is asked after it; nothing is bought twice."""
        last = work.jobs.submissions(job.id)[-1:]
        taken = bool(last) and last[0].state is SubmissionState.ACCEPTED
        return taken and work.jobs.active_for(job.reuse_key, job.project_id) is None

    def _ask_anew(self, work: UnitOfWork, job: Job, slots: Sequence[Slot], priority: int) -> Job:
        if job.reason in STOPS_ALL and job.provider is not None:
            work.standings.forget(job.provider)  # a person says that it is mended
        board = work.boards.load(job.project_id)
        asking = self._tools.asking(work)
        planner = asking.planner(asking.inventory(board))
        decisions: list[Decision] = [planner.decide(slot, insisted=True) for slot in slots]
        for one in decisions:
            if one.verb == "blocked":
                raise Conflict(one.detail, code=one.reason or "blocked")
            if one.verb == "wait":
                raise Conflict(one.detail, code=one.reason or "waits")
        asked = asking.apply(board, decisions, retry_of=job, priority=priority)
        return find_job(work, asked.jobs[0]) if asked.jobs else find_job(work, job.id)


def still_asks(slot: Slot, job: Job, asked: str) -> bool:
    """Whether the script wants today what a job was asked for.

    A clip whose frame was let go since still wants the one it was asked with.
    """
    has_frame = source_of(slot) in slot.inputs
    return asked == (slot.basis if has_frame else basis_with(slot, contents(job.inputs)))


def find_job(work: UnitOfWork, job_id: str) -> Job:
    job = work.jobs.get(job_id)
    if job is None:
        raise NotFound("There is no such job.")
    return job
