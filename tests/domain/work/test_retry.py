"""What follows a provider's error: one table."""

from datetime import timedelta

import pytest

from domain.work.blocking import WORDS, Reason
from domain.work.job import JobState
from domain.work.limits import LONGEST_WAIT, MAX_FAILS
from domain.work.provider import ProviderError
from domain.work.retry import BASE_S, CAP_S, judge

BLOCKS = [
    Reason.NO_PROVIDER,
    Reason.MISSING_CREDENTIALS,
    Reason.INVALID_CREDENTIALS,
    Reason.QUOTA_EXHAUSTED,
    Reason.MISSING_MODEL,
    Reason.MISSING_VOICE,
    Reason.RETIRED_MODEL,
    Reason.UNREACHABLE,
    Reason.OUTCOME_UNKNOWN,
]
PASSES = [Reason.TRANSIENT, Reason.TIMEOUT]
FAILS = [
    Reason.INVALID_SPEC,
    Reason.CONTENT_POLICY,
    Reason.PROVIDER_FAILED,
    Reason.BAD_OUTPUT,
    Reason.LOST,
    Reason.DISK_FULL,
    Reason.SOURCE_MISSING,
]


def an_error(reason: Reason, **fields: object) -> ProviderError:
    error = ProviderError(reason, WORDS[reason])
    for name, value in fields.items():
        setattr(error, name, value)
    return error


@pytest.mark.parametrize("reason", BLOCKS)
def test_what_only_a_person_can_change_blocks_and_uses_no_attempt(reason: Reason) -> None:
    verdict = judge(an_error(reason), fails=0)
    assert verdict[:2] == (JobState.BLOCKED, reason)
    assert not verdict.counts


@pytest.mark.parametrize("reason", FAILS)
def test_what_will_not_pass_fails_at_once(reason: Reason) -> None:
    assert judge(an_error(reason), fails=0)[:2] == (JobState.FAILED, reason)


@pytest.mark.parametrize("reason", PASSES)
def test_what_may_pass_is_tried_again_until_the_last_attempt(reason: Reason) -> None:
    verdicts = [judge(an_error(reason), fails=fails) for fails in range(MAX_FAILS)]
    assert [one.state for one in verdicts] == [JobState.QUEUED] * 4 + [JobState.FAILED]
    assert all(one.counts for one in verdicts)


@pytest.mark.parametrize("reason", list(Reason))
def test_an_unknown_outcome_blocks_whatever_the_reason(reason: Reason) -> None:
    verdict = judge(an_error(reason, outcome_known=False), fails=0)
    assert verdict[:2] == (JobState.BLOCKED, Reason.OUTCOME_UNKNOWN)


@pytest.mark.parametrize(
    ("fails", "seconds"),
    [
        (0, BASE_S),
        (1, 2.0),
        (2, 4.0),
        (3, 8.0),
    ],
)
def test_the_wait_doubles_with_every_attempt(fails: int, seconds: float) -> None:
    verdict = judge(an_error(Reason.TRANSIENT), fails=fails, chance=1.0)
    assert verdict.delay == timedelta(seconds=seconds)


def test_the_wait_is_drawn_from_all_of_it() -> None:
    error = an_error(Reason.TRANSIENT)
    assert judge(error, fails=2, chance=0.0).delay == timedelta(0)
    assert judge(error, fails=2, chance=0.25).delay == timedelta(seconds=1)
    drawn = {judge(error, fails=3).delay for _ in range(20)}
    assert len(drawn) > 1
    assert all(timedelta(0) <= one <= timedelta(seconds=min(8, CAP_S)) for one in drawn)


@pytest.mark.parametrize(
    ("said", "seconds"), [(None, BASE_S), (3.0, 3.0), (10_000.0, LONGEST_WAIT.total_seconds())]
)
def test_a_busy_provider_is_asked_when_it_said_so_and_no_attempt_is_used(
    said: float | None, seconds: float
) -> None:
    verdict = judge(an_error(Reason.RATE_LIMITED, retry_after=said), fails=MAX_FAILS)
    assert verdict.state is JobState.QUEUED
    assert verdict.delay == timedelta(seconds=seconds)
    assert not verdict.counts


def test_a_provider_that_says_when_is_not_asked_before() -> None:
    verdict = judge(an_error(Reason.TRANSIENT, retry_after=7.0), fails=0, chance=0.0)
    assert verdict.delay == timedelta(seconds=7)
