"""What a person can do about a slot now: the verbs, and the one that mends a problem."""

from domain.access import Right, User
from domain.story.board import Slot
from domain.work.blocking import Fix, Reason
from domain.work.job import Job, JobState
from domain.work.take import Review, Take

RETRY = Fix(action="retry", label="Retry")
FIXES: dict[Reason, Fix] = {
    Reason.NO_PROVIDER: Fix(action="open_script", label="Name one"),
    Reason.MISSING_VOICE: Fix(action="open_script", label="Name one"),
    Reason.MISSING_CREDENTIALS: Fix(action="open_providers", label="Add key"),
    Reason.INVALID_CREDENTIALS: Fix(action="open_providers", label="Mend key"),
    Reason.LOOK_NOT_APPROVED: Fix(action="open_look", label="Open look"),
    Reason.FRAME_NOT_SELECTED: Fix(action="open", label="Select frame"),
    Reason.SOURCE_MISSING: Fix(action="open", label="Add file"),
    Reason.CONTENT_POLICY: Fix(action="open", label="Edit prompt"),
    Reason.INVALID_SPEC: Fix(action="open", label="Edit prompt"),
}
"""Where there is none, Retry is the way."""


def fix_for(reason: Reason | None, job: Job | None, *, is_ready: bool) -> Fix | None:
    """The one thing to do about a failed or blocked slot.

    ``is_ready``: its job's provider is, so there is nothing to mend where providers are set up.
    """
    if reason is Reason.LINE_COMING:
        return None  # it goes on by itself
    fix = FIXES.get(reason, RETRY) if reason is not None else RETRY
    if fix.action == "open_providers" and is_ready:
        fix = RETRY
    return fix if fix is not RETRY or job is not None else None


def actions_for(
    slot: Slot, take: Take | None, job: Job | None, user: User, *, fresh: Take | None = None
) -> tuple[str, ...]:
    """Verbs of CONTRACT.md section 6 that make sense now and that this user may.

    ``take`` is the shown one; *use* is about ``fresh``, where a newer one is hidden.
    """
    if not user.may(Right.MAKE):
        return ()
    verbs = []
    if slot.adapted is not None:
        verbs.append("generate")
    if job is not None and can_retry(job) and slot.state in ("failed", "blocked", "cancelled"):
        verbs.append("retry")
    if slot.state in ("pending", "running", "blocked"):
        verbs.append("cancel")
    of_take = take_actions(slot, take, user) if take is not None else ()
    if fresh is not None and "use" not in of_take:
        verbs.append("use")
    return (*verbs, *of_take)


def take_actions(slot: Slot, take: Take, user: User) -> tuple[str, ...]:
    """Verbs about one take of the slot, whether or not it is the shown one."""
    if not user.may(Right.MAKE):
        return ()
    is_settled = take.review is Review.APPROVED and take.review_basis == slot.basis
    verbs = ["release" if slot.picked == take.id else "use"]
    verbs += ["retake"] if is_settled else ["approve", "retake"]
    if slot.is_frame:
        verbs.append("unselect" if slot.selected == take.id else "select")
    if user.may(Right.DELETE):
        verbs.append("delete")
    return tuple(verbs)


def can_retry(job: Job) -> bool:
    """Whether asking again unchanged could end otherwise."""
    if job.state is JobState.FAILED:
        return not (job.reason and Reason(job.reason).is_refusal)
    return job.state in (JobState.BLOCKED, JobState.CANCELLED)
