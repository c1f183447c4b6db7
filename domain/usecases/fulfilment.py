"""What workers do: claim, intent, submit, record, poll, store, finish.

A first run, a resume after a snooze and a recovery after a crash are one path: the submission
row says how far it came. No provider is asked before the intent is committed.
"""

import threading
from datetime import timedelta

from domain.errors import Lost
from domain.events import Event
from domain.ports import Clock, EventBus, Forge, Works
from domain.usecases.finishing import Finishing
from domain.work.blocking import WORDS, Reason
from domain.work.job import Job, JobState, Submission, SubmissionState
from domain.work.provider import Ask, Handle, Provider, ProviderError, Update
from domain.work.retry import judge

DUE_AT_ONCE = 64
"""How many hints one sweep sends: order and fairness stay in SQL."""


class Fulfilment:
    """The making of media, one job at a time; called from many worker threads."""

    def __init__(
        self,
        *,
        owner: str,
        works: Works,
        forge: Forge,
        finishing: Finishing,
        bus: EventBus,
        clock: Clock,
    ) -> None:
        """``owner`` names this worker process; a later one with the same data has another."""
        self._owner = owner
        self._works = works
        self._forge = forge
        self._finishing = finishing
        self._bus = bus
        self._clock = clock
        self._working_on: set[str] = set()
        self._guard = threading.Lock()
        self._stopping = threading.Event()

    def fulfil(self, job_id: str) -> None:
        """Do the next step of a job, if it is due and free; any other hint is a no-op."""
        if self._stopping.is_set():
            return
        with self._guard:
            if job_id in self._working_on:
                return
            self._working_on.add(job_id)
        try:
            self._claim_and_work(job_id)
        except Lost:
            pass  # somebody else owns it now, and nothing of ours may touch it
        finally:
            with self._guard:
                self._working_on.discard(job_id)

    def stop(self) -> None:
        """Take up no more jobs."""
        self._stopping.set()

    def sweep(self) -> None:
        """Beat, take back what dead workers held, hint at what is due."""
        with self._guard:
            working_on = list(self._working_on)
        with self._works() as work:
            work.jobs.beat(self._owner)
            work.jobs.reclaim(self._owner, working_on)
            for job_id in work.jobs.due(DUE_AT_ONCE):
                work.dispatch(job_id)
            work.commit()

    def _claim_and_work(self, job_id: str) -> None:
        with self._works() as work:
            job = work.jobs.claim(job_id, owner=self._owner)
            if job is None:
                return
            if job.cancel:
                work.jobs.move(job, JobState.CANCELLED, action="cancelled")
                work.commit()
                return
            submissions = work.jobs.submissions(job.id)
            fresh = not submissions or submissions[-1].state is SubmissionState.REJECTED
            submission = self._intent(job, len(submissions)) if fresh else submissions[-1]
            if fresh:
                work.jobs.add_submission(submission)
            work.commit()
        try:
            provider = self._ready_provider(job)
            ask = self._ask(job, submission)
            if submission.state is SubmissionState.INTENT:
                submission = self._submit(provider, ask, submission, fresh=fresh)
            self._look(job, provider, ask, submission)
        except ProviderError as error:
            self._give_up(job, submission, error)

    def _intent(self, job: Job, generation: int) -> Submission:
        now = self._clock.now()
        return Submission(
            key=f"{job.id}.{generation}",
            job_id=job.id,
            generation=generation,
            provider=job.provider or "",
            state=SubmissionState.INTENT,
            created_at=now,
            updated_at=now,
        )

    def _ready_provider(self, job: Job) -> Provider:
        name = job.provider or ""
        provider, readiness = self._forge.provider(name), self._forge.readiness(name)
        if provider is None or readiness.reason is not None:
            raise ProviderError(readiness.reason or Reason.NO_PROVIDER, readiness.detail)
        if job.deadline is not None and self._clock.now() > job.deadline:
            raise ProviderError(Reason.TIMEOUT, "It took longer than this kind of media may.")
        return provider

    def _ask(self, job: Job, submission: Submission) -> Ask:
        return Ask(
            key=submission.key,
            spec=job.spec,
            media_type=job.media_type,
            attempt=job.prior + submission.generation,
            label=job.label,
        )

    def _submit(
        self, provider: Provider, ask: Ask, submission: Submission, *, fresh: bool
    ) -> Submission:
        capabilities = provider.capabilities
        if not fresh and capabilities.billable and not capabilities.idempotent_submit:
            # A worker stopped between intent and answer: it may have been charged.
            raise ProviderError(
                Reason.OUTCOME_UNKNOWN, WORDS[Reason.OUTCOME_UNKNOWN], outcome_known=False
            )
        handle = provider.submit(ask)
        accepted = submission.evolve(
            state=SubmissionState.ACCEPTED,
            provider_job_id=handle.provider_job_id,
            handle=handle.model_dump(),
        )
        with self._works() as work:
            work.jobs.save_submission(accepted)
            work.commit()
        return accepted

    def _look(self, job: Job, provider: Provider, ask: Ask, submission: Submission) -> None:
        handle = Handle.model_validate(submission.handle)
        if self._is_cancelled(job):
            provider.cancel(handle)
            with self._works() as work:
                work.jobs.move(job, JobState.CANCELLED, action="cancelled")
                work.commit()
            return
        update = provider.poll(handle)
        match update.phase:
            case "queued" | "running":
                self._snooze(job, update)
            case "ready":
                made = provider.result(ask, handle)
                self._finishing.finish(job, provider, submission, made)
            case "failed":
                reason = update.reason or Reason.PROVIDER_FAILED
                raise ProviderError(reason, update.message or WORDS[reason])
            case "lost":
                known = not provider.capabilities.billable
                raise ProviderError(
                    Reason.TRANSIENT, "The provider no longer knows it.", outcome_known=known
                )

    def _is_cancelled(self, job: Job) -> bool:
        with self._works(reading=True) as work:
            now = work.jobs.get(job.id)
        return now is not None and now.cancel

    def _snooze(self, job: Job, update: Update) -> None:
        if update.progress is not None:
            self._tell_progress(job, update.progress)
        with self._works() as work:
            work.jobs.move(
                job,
                JobState.QUEUED,
                action="waits",
                quiet=update.phase == "running",
                began=update.phase == "running",
                run_at=self._clock.now() + timedelta(seconds=update.next_poll_s),
            )
            work.commit()

    def _tell_progress(self, job: Job, progress: float) -> None:
        with self._works(reading=True) as work:
            slots = work.slots.many(list(work.jobs.slots_of(job.id)))
        now = self._clock.now()
        self._bus.publish(
            [
                Event(
                    project_id=job.project_id,
                    type="progress",
                    slot_id=slot.id,
                    job_id=job.id,
                    job_state=job.state,
                    state=slot.state,
                    version=slot.version,
                    progress=progress,
                    at=now,
                )
                for slot in slots
            ]
        )

    def _give_up(self, job: Job, submission: Submission, error: ProviderError) -> None:
        verdict = judge(error, fails=job.fails)
        with self._works() as work:
            now = work.jobs.get(job.id)
            if now is not None and now.cancel:
                work.jobs.move(job, JobState.CANCELLED, action="cancelled")
                work.commit()
                return
            if error.outcome_known:
                # This generation is over; the next one may be billed anew.
                work.jobs.save_submission(
                    submission.evolve(state=SubmissionState.REJECTED, error=error.message)
                )
            work.jobs.move(
                job,
                verdict.state,
                action="retries" if verdict.state is JobState.QUEUED else verdict.state.value,
                began=False,
                fails=job.fails + verdict.counts,
                reason=verdict.reason,
                error=error.message,
                run_at=self._clock.now() + verdict.delay,
                deadline=None if verdict.state is JobState.QUEUED else job.deadline,
            )
            work.commit()
