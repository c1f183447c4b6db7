"""A job: the durable record of making media, its states and the moves between them."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from domain.entity import Entity
from domain.media.staging import MediaType
from domain.work.provider import Input


class JobState(StrEnum):
    """Where a job is. A terminal job never changes again; a retry is a new job."""

    QUEUED = "queued"
    """Waits for a worker, for its time to come, or for the provider to finish."""
    RUNNING = "running"
    """A worker holds it; ``attempt`` is its fencing number."""
    BLOCKED = "blocked"
    """Ended for now: something outside must change first; ``reason`` says what."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        return self in (JobState.QUEUED, JobState.RUNNING)

    @property
    def is_over(self) -> bool:
        return self in (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)


TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED, JobState.BLOCKED}),
    JobState.RUNNING: frozenset(
        {
            JobState.QUEUED,
            JobState.SUCCEEDED,
            JobState.FAILED,
            JobState.BLOCKED,
            JobState.CANCELLED,
        }
    ),
    JobState.BLOCKED: frozenset({JobState.QUEUED, JobState.CANCELLED}),
    JobState.SUCCEEDED: frozenset(),
    JobState.FAILED: frozenset(),
    JobState.CANCELLED: frozenset(),
}


class Job(Entity):
    """The making of one piece of media for one or several slots (`job_slot`)."""

    id: str
    project_id: str
    media_type: MediaType
    provider: str | None = None
    """None only for a job that is blocked because no provider could be resolved."""
    spec: dict[str, Any] = {}
    """The adapted spec with its overrides and its seed: what is really asked."""
    inputs: tuple[Input, ...] = ()
    """The media it is made from, as they were when it was asked for."""
    reuse_key: str = ""
    label: str = ""
    """Whose it is, for a mark in the picture: the shot's code or the concept's key."""
    state: JobState = JobState.QUEUED
    attempt: int = 0
    """The fencing number: grows with every claim."""
    began: bool = False
    """The provider works on it, whether or not a worker holds it just now."""
    fails: int = 0
    crashes: int = 0
    version: int = 1
    priority: int = 0
    owner: str | None = None
    run_at: datetime
    hinted_at: datetime | None = None
    deadline: datetime | None = None
    """When the making under way takes too long. Just what has one takes a place at its provider:
    from the first claim on, snoozes included, until it ends or waits for another try.
    """
    cancel: bool = False
    retry_of: str | None = None
    prior: int = 0
    """How many submissions the jobs made that this one retries."""
    reason: str | None = None
    """Why it is blocked or failed: a code of `domain.work.blocking`."""
    allowed: bool = False
    """A person lets it be bought this once though its price is unknown."""
    error: str | None = None
    """What a person is told; redacted."""
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None


class SubmissionState(StrEnum):
    """What is known of one billable call."""

    INTENT = "intent"
    ACCEPTED = "accepted"
    DONE = "done"
    REJECTED = "rejected"
    """Surely not charged: refused when it was first sent, or failed at the provider."""
    FORGOTTEN = "forgotten"
    """The provider took it and knows nothing of it any more."""

    @property
    def is_over(self) -> bool:
        """Nothing comes of it any more: the next submission has another key."""
        return self in (SubmissionState.REJECTED, SubmissionState.FORGOTTEN)


Charged = Literal["no", "yes", "maybe"]
"""*maybe*: what a person is told as *may have been charged*."""


class Submission(Entity):
    """One row per provider call that may cost money; never deleted with its job."""

    key: str
    """The idempotency key: job id and generation, never the attempt."""
    job_id: str
    generation: int
    project_id: str = ""
    """Whose money it is."""
    provider: str
    state: SubmissionState
    provider_job_id: str | None = None
    handle: dict[str, Any] = {}
    price_micros: int | None = None
    """What it was thought to cost when it was asked for; None where nobody knew."""
    cost_micros: int | None = None
    """None where the provider told none."""
    error: str | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def charged(self) -> Charged:
        """Whether a provider that takes money took some for this."""
        match self.state:
            case SubmissionState.ACCEPTED | SubmissionState.DONE:
                return "yes"
            case SubmissionState.REJECTED:
                return "no"
            case SubmissionState.INTENT | SubmissionState.FORGOTTEN:
                return "maybe"
