"""``/jobs``: what was asked to be made, how far it is, and what it took."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from domain.access import User
from domain.errors import Invalid, NotFound
from domain.media.staging import MediaType
from domain.studio import Studio
from domain.usecases.control import JobRecord
from domain.work.job import Charged, Job, JobState, SubmissionState
from ui.api.replies import Cursor, Limit, Page, Reply, page_of, reply
from ui.session import SignedIn


class JobReply(Reply):
    """A job; ``attempt`` counts its claims, ``fails`` what its provider refused."""

    id: str
    project: str | None
    """Null where the production is in the trash."""
    media_type: MediaType
    provider: str | None
    label: str
    spec: Mapping[str, Any]
    state: JobState
    attempt: int
    fails: int
    cancel_asked: bool
    reason: str | None
    error: str | None
    retry_of: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class SubmissionReply(Reply):
    """One call of a provider; ``charged`` says whether one that takes money took some."""

    key: str
    generation: int
    provider: str
    state: SubmissionState
    provider_job_id: str | None
    charged: Charged
    cost_micros: int | None
    error: str | None
    created_at: datetime
    updated_at: datetime


class AuditReply(Reply):
    """What happened; ``actor`` is null where the machine acted."""

    seq: int
    action: str
    actor: str | None
    slot: str | None
    shot: str | None
    job_state: str | None
    detail: Mapping[str, Any]
    at: datetime


class JobRecordReply(JobReply):
    """A job with all that is known of it."""

    slots: Sequence[str]
    submissions: Sequence[SubmissionReply]
    audit: Sequence[AuditReply]


def job_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["jobs"])

    def keys(user: User) -> dict[str, str]:
        return {one.id: one.key for one in studio.productions.listing(user)}

    @router.get("/jobs", response_model=Page[JobReply])
    def list_jobs(
        user: SignedIn,
        project: str | None = None,
        state: JobState | None = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Response:
        """Newest first."""
        if cursor is not None:
            try:
                studio.control.get(user, cursor)
            except NotFound:
                raise Invalid("This cursor is not one of ours.", code="bad_cursor") from None
        found = studio.control.listing(
            user, project=project, state=state, before=cursor, limit=limit + 1
        )
        named = keys(user)
        answers = [_job(one, named) for one in found]
        return reply(page_of(answers, limit, lambda one: one.id))

    @router.get("/jobs/{job}", response_model=JobRecordReply)
    def get_job(user: SignedIn, job: str) -> Response:
        return reply(_record(studio.control.get(user, job), keys(user)))

    @router.post("/jobs/{job}/retry", response_model=JobReply, status_code=202)
    def retry_job(user: SignedIn, job: str) -> Response:
        """Answers the new job: one that ended never changes."""
        return reply(_job(studio.control.retry(user, job), keys(user)), 202)

    @router.post("/jobs/{job}/cancel", response_model=JobReply, status_code=202)
    def cancel_job(user: SignedIn, job: str) -> Response:
        """Once accepted it ends ``cancelled``."""
        return reply(_job(studio.control.cancel(user, job), keys(user)), 202)

    return router


def _facts(job: Job, keys: Mapping[str, str]) -> dict[str, Any]:
    own = {name: getattr(job, name) for name in JobReply.model_fields if hasattr(job, name)}
    return own | {"project": keys.get(job.project_id), "cancel_asked": job.cancel}


def _job(job: Job, keys: Mapping[str, str]) -> JobReply:
    return JobReply(**_facts(job, keys))


def _record(record: JobRecord, keys: Mapping[str, str]) -> JobRecordReply:
    return JobRecordReply(
        **_facts(record.job, keys),
        slots=record.slots,
        submissions=[SubmissionReply.model_validate(one) for one in record.submissions],
        audit=[
            AuditReply(
                seq=one.seq or 0,
                action=one.action,
                actor=one.actor,
                slot=one.slot_id,
                shot=one.shot,
                job_state=one.job_state,
                detail=one.detail,
                at=one.at,
            )
            for one in record.events
        ],
    )
