"""What workers do: take up a job, say that they live, take back what dead ones held.

A first run, a resume after a snooze and a recovery after a crash are one path: the submission
row says how far it came. No provider is asked before the intent is committed.
"""

import threading
from datetime import datetime, timedelta

from domain.errors import Lost
from domain.ports import UnitOfWork
from domain.usecases.base import Tools
from domain.usecases.making import Making
from domain.usecases.unblocking import Unblocking
from domain.work.blocking import WORDS, Reason
from domain.work.budget import Purse, book
from domain.work.job import Job, JobState, Submission, SubmissionState
from domain.work.limits import LEASE
from domain.work.provider import Provider
from domain.work.standing import tightened

DUE_AT_ONCE = 64
"""How many hints one sweep sends: order and fairness stay in SQL."""
ASLEEP = LEASE / 2
"""Between two sweeps that succeeded: this machine slept, or the database was away."""


class Fulfilment:
    """The making of media, one job at a time; called from many worker threads."""

    def __init__(self, tools: Tools, *, owner: str) -> None:
        """``owner`` names this worker process; a later one with the same data has another."""
        self._owner = owner
        self._tools = tools
        self._works = tools.works
        self._forge = tools.forge
        self._clock = tools.clock
        self._working_on: set[str] = set()
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._making = Making(tools, is_stopping=self._stopping.is_set)
        self._swept_at: datetime | None = None
        self._woke_at: datetime | None = None

    def begin(self, *, alone: bool) -> None:
        """Before the first job. ``alone``: no other process works on these jobs."""
        with self._works() as work:
            for provider in self._forge.providers():
                work.jobs.limit(provider.name, provider.capabilities.concurrency)
            if alone:
                work.jobs.hasten()
                work.jobs.forget_workers()
                work.keys.forget_requests()
            work.commit()
        # Settings may have been mended while nobody worked.
        Unblocking(self._tools).ask_again()

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
        """Take up no more jobs, and let go of those that take long."""
        self._stopping.set()

    def sweep(self) -> None:
        """Beat, take back what dead workers held, hint at what is due, forget what is over."""
        now = self._clock.now()
        if self._swept_at is not None and now - self._swept_at > ASLEEP:
            self._woke_at = now
        with self._works() as work:
            work.jobs.beat(self._owner)
            if now == self._woke_at:
                work.jobs.renew(self._owner)
            if not self._is_just_awake(now):
                for job in work.jobs.reclaim(self._owner, self._working_on):
                    if not job.state.is_active:
                        self._tools.dependents(work).follow(list(work.jobs.slots_of(job.id)))
            if self._swept_at is not None and now < self._swept_at:
                work.jobs.hasten()
            work.jobs.resume_bought()
            for job_id in work.jobs.due(DUE_AT_ONCE):
                work.dispatch(job_id)
            work.keys.forget_sessions()
            work.commit()
        self._swept_at = now

    def _is_just_awake(self, now: datetime) -> bool:
        """The others may have slept too, or the database: give them time to say that they live."""
        since = None if self._woke_at is None else now - self._woke_at
        return since is not None and timedelta(0) <= since < LEASE / 4

    def _claim_and_work(self, job_id: str) -> None:
        with self._works() as work:
            job = work.jobs.claim(job_id, owner=self._owner)
            if job is None:
                return
            submissions = work.jobs.submissions(job.id) if job.attempt > 1 else ()
            last = submissions[-1] if submissions else None
            under_way = None if last is None or last.state.is_over else last
            provider = None
            if job.cancel and (under_way is None or under_way.state is SubmissionState.INTENT):
                work.jobs.move(job, JobState.CANCELLED, action="cancelled")
            else:
                provider = self._ready_provider(work, job)
                if provider is not None and under_way is None:
                    provider = self._affordable(work, job, provider)
            if provider is None:
                self._tools.dependents(work).follow(list(work.jobs.slots_of(job.id)))
            submission = under_way or self._intent(job, provider, len(submissions), work.now())
            if provider is not None and under_way is None:
                work.jobs.add_submission(submission)
            work.commit()
        if provider is not None:
            self._making.go_on(job, provider, submission, fresh=under_way is None)

    def _ready_provider(self, work: UnitOfWork, job: Job) -> Provider | None:
        """None where it can't be asked now: the job is blocked, and what is under way stays so."""
        name = job.provider or ""
        provider, credentials = self._forge.provider(name), self._forge.credentials(name)
        known = work.standings.all().get(name) if credentials.variable else None
        readiness = tightened(self._forge.readiness(name), known, credentials)
        if provider is not None and readiness.is_ready:
            return provider
        reason = readiness.reason or Reason.NO_PROVIDER
        error = readiness.detail or WORDS[reason]
        work.jobs.move(job, JobState.BLOCKED, action="blocked", reason=reason, error=error)
        return None

    def _affordable(self, work: UnitOfWork, job: Job, provider: Provider) -> Provider | None:
        """None where the project's cap has no room for it: the job is blocked."""
        can = provider.capabilities
        project = work.boards.get(job.project_id) if can.billable else None
        if project is None or project.header.budget is None:
            return provider
        purse = Purse(project.header.budget, book(work.jobs.entries(project.id)).taken)
        price = can.price(job.media_type, job.spec)
        refusal = purse.refusal(price, can.prices.currency, allowed=job.allowed)
        if refusal is None:
            return provider
        reason, error = refusal
        work.jobs.move(job, JobState.BLOCKED, action="blocked", reason=reason, error=error)
        return None

    def _intent(
        self, job: Job, provider: Provider | None, generation: int, now: datetime
    ) -> Submission:
        return Submission(
            key=f"{job.id}.{generation}",
            job_id=job.id,
            generation=generation,
            project_id=job.project_id,
            provider=job.provider or "",
            state=SubmissionState.INTENT,
            price_micros=provider and provider.capabilities.price(job.media_type, job.spec),
            created_at=now,
            updated_at=now,
        )
