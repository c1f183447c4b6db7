"""After a restore: what may have been bought since the backup is not bought again by itself."""

from datetime import datetime

from domain.access import OWNER
from domain.ports import UnitOfWork
from domain.usecases.base import Tools
from domain.work.blocking import Reason
from domain.work.job import Job, JobState, SubmissionState

ACTIVE = (JobState.QUEUED, JobState.RUNNING)
AT_ONCE = 500


def hold_what_may_be_paid(tools: Tools, made_at: datetime) -> int:
    """Block active jobs of providers that take money; returns how many.

    The backup does not know what they did after it. What a provider had taken already is only
    asked after, and what costs nothing goes on.
    """
    words = f"Restored from a backup of {made_at:%Y-%m-%d %H:%M} UTC: it may have been made since."
    with tools.works(actor=OWNER.name) as work:
        held = [
            work.jobs.move(
                job,
                JobState.BLOCKED,
                action="blocked",
                reason=Reason.OUTCOME_UNKNOWN,
                error=words,
            )
            for job in _active(work)
            if _may_cost(tools, job) and not _was_taken(work, job)
        ]
        work.commit()
    return len(held)


def _active(work: UnitOfWork) -> list[Job]:
    found: list[Job] = []
    for state in ACTIVE:
        before = None
        while page := work.jobs.listing(project_id=None, state=state, before=before, limit=AT_ONCE):
            found += page
            before = page[-1].id
    return found


def _may_cost(tools: Tools, job: Job) -> bool:
    provider = tools.forge.provider(job.provider or "")
    return provider is None or provider.capabilities.billable


def _was_taken(work: UnitOfWork, job: Job) -> bool:
    last = work.jobs.submissions(job.id)[-1:]
    return bool(last) and last[0].state is SubmissionState.ACCEPTED
