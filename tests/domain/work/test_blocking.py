"""Reasons, their words and their fixes."""

import pytest

from domain.work.blocking import ENDED_BY_CONFIGURATION, GATES, WORDS, Reason
from domain.work.fixes import FIXES, RETRY
from domain.work.job import TRANSITIONS, JobState
from domain.work.retry import BLOCKING


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_that_fit_on_a_card(reason: Reason) -> None:
    assert 0 < len(WORDS[reason]) <= 32


def test_every_fix_has_a_label_that_fits_on_a_button() -> None:
    assert all(0 < len(one.label) <= 14 for one in (*FIXES.values(), RETRY))


def test_a_reason_is_passing_or_a_refusal_or_neither_never_both() -> None:
    assert {one for one in Reason if one.is_passing} == {
        Reason.TRANSIENT,
        Reason.RATE_LIMITED,
        Reason.TIMEOUT,
    }
    assert {one for one in Reason if one.is_refusal} == {
        Reason.CONTENT_POLICY,
        Reason.INVALID_SPEC,
    }


def test_what_a_provider_blocks_for_is_no_gate_and_does_not_pass_by_itself() -> None:
    assert not BLOCKING & GATES
    assert not any(one.is_passing or one.is_refusal for one in BLOCKING)


@pytest.mark.parametrize(
    "reason",
    [
        Reason.INVALID_CREDENTIALS,
        Reason.QUOTA_EXHAUSTED,
        Reason.OUTCOME_UNKNOWN,
        Reason.KEEPS_STOPPING,
        Reason.BUDGET,
        Reason.UNKNOWN_PRICE,
    ],
)
def test_what_a_look_at_the_settings_can_not_tell_ends_by_retry_only(reason: Reason) -> None:
    assert reason not in ENDED_BY_CONFIGURATION


def test_what_is_over_stays_over() -> None:
    assert {state for state, ways in TRANSITIONS.items() if not ways} == {
        state for state in JobState if state.is_over
    }


def test_every_state_has_its_ways_and_none_leads_to_itself() -> None:
    assert set(TRANSITIONS) == set(JobState)
    assert all(state not in ways for state, ways in TRANSITIONS.items())
    assert {state for state, ways in TRANSITIONS.items() if JobState.RUNNING in ways} == {
        JobState.QUEUED
    }
