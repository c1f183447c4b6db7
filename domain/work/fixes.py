"""What a person can do about a slot now: the verbs, and the one that mends a problem."""

from domain.access import Right, User
from domain.story.board import Slot
from domain.work.blocking import Fix, Reason
from domain.work.job import Job, JobState
from domain.work.take import Take

RETRY = Fix(action="retry", label="Retry")
FIXES: dict[Reason, Fix] = {
    Reason.NO_PROVIDER: Fix(action="open_script", label="Name one"),
    Reason.MISSING_CREDENTIALS: Fix(action="open_providers", label="Add key"),
    Reason.INVALID_CREDENTIALS: Fix(action="open_providers", label="Mend key"),
    Reason.LOOK_NOT_APPROVED: Fix(action="open_look", label="Open look"),
    Reason.FRAME_NOT_SELECTED: Fix(action="open", label="Select frame"),
    Reason.SOURCE_MISSING: Fix(action="open", label="Add file"),
    Reason.CONTENT_POLICY: Fix(action="open", label="Edit prompt"),
    Reason.INVALID_SPEC: Fix(action="open", label="Edit prompt"),
}
"""Where there is none, Retry is the way."""


def fix_for(slot: Slot, reason: Reason | None, job: Job | None) -> Fix | None:
    """The one thing to do about a failed or blocked slot."""
    if slot.state not in ("failed", "blocked"):
        return None
    if reason in FIXES:
        return FIXES[reason]
    return RETRY if job is not None else None


def actions_for(slot: Slot, take: Take | None, job: Job | None, user: User) -> tuple[str, ...]:
    """Verbs of CONTRACT.md section 6 that make sense now and that this user may."""
    if not user.may(Right.MAKE):
        return ()
    verbs = []
    if slot.adapted is not None:
        verbs.append("generate")
    if job is not None and can_retry(job) and slot.state in ("failed", "blocked", "cancelled"):
        verbs.append("retry")
    if slot.state in ("pending", "running", "blocked"):
        verbs.append("cancel")
    if take is not None:
        verbs += ["use", "approve", "retake"]
        if slot.media_type.is_picture:
            verbs.append("unselect" if slot.selected == take.id else "select")
    return tuple(verbs)


def can_retry(job: Job) -> bool:
    """Whether asking again unchanged could end otherwise."""
    if job.state is JobState.FAILED:
        return not (job.reason and Reason(job.reason).is_refusal)
    return job.state in (JobState.BLOCKED, JobState.CANCELLED)
