"""One job's making: submit, record, look, fetch; and what follows where a provider could not.

Nothing that a provider may have taken for money is ever submitted again under another key by
itself.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from domain.errors import Lost
from domain.ports import UnitOfWork
from domain.usecases.base import Tools
from domain.usecases.fetching import Fetching
from domain.usecases.finishing import Finishing
from domain.usecases.progress import Progress
from domain.usecases.submitting import Submitting
from domain.work.blocking import WORDS, Reason
from domain.work.job import Job, JobState, Submission, SubmissionState
from domain.work.limits import LONGEST_WAIT
from domain.work.provider import Ask, Handle, Provider, ProviderError, Stopped, Update
from domain.work.retry import BLOCKING, Verdict, judge
from domain.work.standing import STOPS_ALL, Standing

AGAIN = timedelta(seconds=5)
"""After a provider that has the job could not be asked after it."""


class Making:
    """Goes on with a claimed job from where its submission stands."""

    def __init__(self, tools: Tools, *, is_stopping: Callable[[], bool]) -> None:
        self._tools = tools
        self._works = tools.works
        self._submitting = Submitting(tools.works)
        self._finishing = Finishing(tools)
        self._fetching = Fetching(tools.store, tools.inspector)
        self._progress = Progress(
            works=tools.works, bus=tools.bus, clock=tools.clock, is_stopping=is_stopping
        )
        self._clock = tools.clock

    def go_on(self, job: Job, provider: Provider, submission: Submission, *, fresh: bool) -> None:
        """One step. ``fresh``: the intent is of this claim, so nothing of it was sent before."""
        ask = Ask(
            key=submission.key,
            spec=job.spec,
            media_type=job.media_type,
            attempt=job.prior + submission.generation,
            label=job.label,
            inputs=job.inputs,
            fetch=self._fetching.fetch,
            tell=self._progress.teller(job),
        )
        if submission.state is SubmissionState.INTENT:
            try:
                submission = self._submitting.submit(provider, ask, submission, fresh=fresh)
            except ProviderError as error:
                self._not_taken(job, provider, submission, error, fresh=fresh)
                return
        try:
            self._look(job, provider, ask, submission)
        except ProviderError as error:
            self._ask_again(job, provider, submission, error)
        except Stopped:
            self._leave_off(job)

    def _not_taken(
        self,
        job: Job,
        provider: Provider,
        submission: Submission,
        error: ProviderError,
        *,
        fresh: bool,
    ) -> None:
        """The submission raised. Only a first sending whose answer is known is surely over."""
        can_tell = self._submitting.can_tell(provider, submission)
        if can_tell and not error.outcome_known:
            error = ProviderError(
                Reason.TRANSIENT, error.message, retry_after=error.retry_after, outcome_known=True
            )
            over = not provider.capabilities.billable
        else:
            # An answer to a second sending says nothing of the first one (JOBS.md 3.4).
            over = error.outcome_known and (fresh or not provider.capabilities.billable)
        self._give_up(job, submission, error, ends=SubmissionState.REJECTED if over else None)

    def _look(self, job: Job, provider: Provider, ask: Ask, submission: Submission) -> None:
        handle = Handle.model_validate(submission.handle)
        if job.cancel:
            with suppress(ProviderError):
                provider.cancel(handle)
            if not provider.capabilities.billable:
                self._cancel(job)
                return
        update = provider.poll(handle)
        match update.phase:
            case "ready":
                self._finishing.finish(job, provider, submission, provider.result(ask, handle))
            case "queued" | "running" if job.cancel:
                self._cancel(job)
            case "queued" | "running" if self._is_overdue(job):
                self._end_overdue(job, provider, submission)
            case "queued" | "running":
                self._snooze(job, submission, update)
            case "failed":
                reason = update.reason or Reason.PROVIDER_FAILED
                error = ProviderError(reason, update.message or WORDS[reason])
                self._give_up(job, submission, error)
            case "lost":
                known = not provider.capabilities.billable
                error = ProviderError(
                    Reason.TRANSIENT, "The provider no longer knows it.", outcome_known=known
                )
                self._give_up(job, submission, error, ends=SubmissionState.FORGOTTEN)

    def _ask_again(
        self, job: Job, provider: Provider, submission: Submission, error: ProviderError
    ) -> None:
        """A provider that took it could not be asked after it, or its result not be kept."""
        still_there = error.reason.is_passing or error.reason in (BLOCKING | {Reason.DISK_FULL})
        if error.reason is Reason.BAD_OUTPUT:
            done = submission.evolve(state=SubmissionState.DONE, error=error.message)
            with self._works() as work:
                work.jobs.save_submission(done)
                self._move(work, job, Verdict(JobState.FAILED, error.reason), error.message)
                work.commit()
        elif not provider.capabilities.billable or not still_there:
            self._give_up(job, submission, error)
        elif self._is_overdue(job):
            self._end_overdue(job, provider, submission, error)
        else:
            verdict = Verdict(JobState.BLOCKED, error.reason, counts=False)
            if error.reason not in BLOCKING:
                wait = max(AGAIN, timedelta(seconds=error.retry_after or 0))
                soon = min(wait, LONGEST_WAIT)
                verdict = Verdict(JobState.QUEUED, error.reason, soon, counts=False)
            with self._works() as work:
                self._move(
                    work, job, verdict, error.message, deadline=job.deadline, began=job.began
                )
                work.commit()

    def _is_overdue(self, job: Job) -> bool:
        with self._works(reading=True) as work:
            return job.deadline is not None and work.now() > job.deadline

    def _end_overdue(
        self,
        job: Job,
        provider: Provider,
        submission: Submission,
        error: ProviderError | None = None,
    ) -> None:
        """What may cost money is not bought again by itself; else it is tried again."""
        with suppress(ProviderError):
            provider.cancel(Handle.model_validate(submission.handle))
        late = error or ProviderError(Reason.TIMEOUT, "It took longer than this kind of media may.")
        if not provider.capabilities.billable:
            self._give_up(job, submission, late)
            return
        with self._works() as work:
            self._move(work, job, Verdict(JobState.FAILED, late.reason), late.message)
            work.commit()

    def _leave_off(self, job: Job) -> None:
        """It was cancelled, or another worker is to make it: at once where this one ends."""
        with self._works() as work:
            now = work.jobs.get(job.id)
            if now is None or (now.state, now.attempt) != (JobState.RUNNING, job.attempt):
                raise Lost(job.id)
            if now.cancel:
                self._end_cancelled(work, job)
            else:
                work.jobs.move(
                    job, JobState.QUEUED, action="reclaimed", run_at=work.now(), began=False
                )
            work.commit()

    def _cancel(self, job: Job) -> None:
        with self._works() as work:
            self._end_cancelled(work, job)
            work.commit()

    def _end_cancelled(self, work: UnitOfWork, job: Job) -> None:
        work.jobs.move(job, JobState.CANCELLED, action="cancelled")
        self._tools.dependents(work).follow(list(work.jobs.slots_of(job.id)))

    def _snooze(self, job: Job, submission: Submission, update: Update) -> None:
        if update.progress is not None:
            self._progress.tell(job, update.progress)
        began = update.phase == "running"
        with self._works() as work:
            work.jobs.save_submission(submission)
            work.jobs.move(
                job,
                JobState.QUEUED,
                action="waits",
                quiet=began == job.began,
                began=began,
                run_at=work.now() + min(timedelta(seconds=update.next_poll_s), LONGEST_WAIT),
                reason=None,
                error=None,
            )
            work.commit()

    def _give_up(
        self,
        job: Job,
        submission: Submission,
        error: ProviderError,
        *,
        ends: SubmissionState | None = SubmissionState.REJECTED,
    ) -> None:
        """``ends``: as what this generation does; the next one has another key, charged anew."""
        verdict = judge(error, fails=job.fails)
        if ends is None and verdict.state is JobState.FAILED:
            # Tried again as often as is done; what the first sending came to is still not known.
            verdict = Verdict(JobState.BLOCKED, Reason.OUTCOME_UNKNOWN)
        with self._works() as work:
            if ends is not None:
                work.jobs.save_submission(submission.evolve(state=ends, error=error.message))
            self._move(work, job, verdict, error.message)
            work.commit()

    def _move(
        self,
        work: UnitOfWork,
        job: Job,
        verdict: Verdict,
        message: str,
        *,
        deadline: datetime | None = None,
        began: bool = False,
    ) -> None:
        now = work.jobs.get(job.id)
        if now is not None and now.cancel:
            self._end_cancelled(work, job)
            return
        work.jobs.move(
            job,
            verdict.state,
            action="retries" if verdict.state is JobState.QUEUED else verdict.state.value,
            fails=job.fails + verdict.counts,
            reason=verdict.reason,
            error=message,
            run_at=work.now() + verdict.delay,
            deadline=deadline,
            began=began,
        )
        self._learn(work, job, verdict, message)
        if verdict.state is not JobState.QUEUED:
            self._tools.dependents(work).follow(list(work.jobs.slots_of(job.id)))

    def _learn(self, work: UnitOfWork, job: Job, verdict: Verdict, message: str) -> None:
        """A key that was refused is refused for all jobs that would use it."""
        credentials = self._tools.forge.credentials(job.provider or "")
        if verdict.reason not in STOPS_ALL or credentials.variable is None:
            return
        work.standings.note(
            Standing(
                name=job.provider or "",
                account=credentials.account,
                reason=verdict.reason,
                detail=message,
                at=work.now(),
            )
        )
