"""What a person can do about a slot, and what mends its problem."""

import pytest

from domain.access import OWNER, Role, User
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.fixes import actions_for, fix_for, take_actions
from domain.work.job import JobState
from domain.work.take import Review
from tests.builders import a_board, a_concept, a_job, a_slot, takes_of

BLOCKED = a_board(state="blocked")
[SLOT] = BLOCKED.slots
JOB = a_job(SLOT, state=JobState.BLOCKED)


@pytest.mark.parametrize("reason", [Reason.INVALID_CREDENTIALS, Reason.MISSING_CREDENTIALS])
def test_a_key_is_mended_where_providers_are_set_up_unless_the_provider_is_ready(
    reason: Reason,
) -> None:
    away = fix_for(reason, JOB, is_ready=False)
    assert away is not None
    assert away.action == "open_providers"
    ready = fix_for(reason, JOB, is_ready=True)
    assert ready is not None
    assert (ready.action, ready.label) == ("retry", "Retry")


def test_a_spent_quota_ends_by_retry() -> None:
    fix = fix_for(Reason.QUOTA_EXHAUSTED, JOB, is_ready=True)
    assert fix is not None
    assert fix.action == "retry"


def test_what_was_settled_is_not_offered_again() -> None:
    [take] = takes_of(SLOT, {"basis": SLOT.basis})
    assert {"use", "approve"} <= set(take_actions(SLOT, take, OWNER))
    approved = take.evolve(review=Review.APPROVED, review_basis=SLOT.basis)
    picked = SLOT.evolve(picked=take.id)
    assert take_actions(picked, approved, OWNER) == ("release", "retake", "select", "delete")
    before = approved.evolve(review_basis="of another day")
    assert "approve" in take_actions(picked, before, OWNER)


def test_a_newer_take_can_be_used_though_the_shown_one_is_picked() -> None:
    first, later = takes_of(SLOT, {}, {"basis": SLOT.basis})
    picked = SLOT.evolve(picked=first.id)
    assert "use" not in actions_for(picked, first, JOB, OWNER)
    assert "use" in actions_for(picked, first, JOB, OWNER, fresh=later)


def test_only_a_picture_of_a_shot_can_be_selected_for_video() -> None:
    [take] = takes_of(SLOT, {})
    assert "select" in take_actions(SLOT, take, OWNER)
    voice = SLOT.evolve(media_type=MediaType.VOICE)
    look = a_slot(a_concept(BLOCKED.project))
    assert "select" not in take_actions(voice, take, OWNER)
    assert "select" not in take_actions(look, take, OWNER)


def test_a_viewer_may_do_nothing() -> None:
    [take] = takes_of(SLOT, {})
    assert actions_for(SLOT, take, JOB, User(name="guest", role=Role.VIEWER), fresh=take) == ()
