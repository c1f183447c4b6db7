"""The flag says the one most urgent thing, in at most 32 characters."""

import time
from typing import Any

import pytest

from domain.work.blocking import GATES, WORDS, Fix, Reason
from domain.work.job import JobState
from domain.work.take import Review
from domain.work.views import ReasonView
from ui.components.flag import ROOM, FlagName, flag_of, flag_of_shot, ordinal
from ui.pages.gallery_fixtures import job, problem, shown, slot
from ui.pages.gallery_shots import every_flag

QUEUED = job(JobState.QUEUED, position=3)
RETRY = problem(Reason.TIMEOUT, "retry", "Retry", state="failed")


@pytest.mark.parametrize(
    ("facts", "name", "detail", "big"),
    [
        ({}, "empty", "Nothing asked for yet", None),
        ({"state": "pending", "job": QUEUED}, "pending", "3rd in line · openai", "3rd"),
        ({"state": "pending"}, "pending", "Waits to begin", None),
        (
            {"state": "pending", "job": QUEUED.evolve(held="production")},
            "pending",
            "Production is paused",
            None,
        ),
        (
            {"state": "pending", "job": QUEUED.evolve(held="provider")},
            "pending",
            "openai is paused · 3rd in line",
            None,
        ),
        (
            {"state": "running", "job": job(usual_s=41.7)},
            "running",
            "openai · usually 42 s",
            None,
        ),
        ({"state": "running", "job": job(progress=0.644)}, "running", "openai", "64\u202f%"),
        (
            shown(1, 0, state="running", job=job(attempt=9, tries=2)),
            "running",
            "openai · attempt 2",
            None,
        ),
        ({"state": "cancelled"}, "cancelled", "Stopped before a take came", None),
        (RETRY, "failed", "Took too long", None),
        (shown(1, 0, **RETRY), "failed", "Took too long · take 1 shown", None),
        (shown(1, 0), "done", "Take 1 · waits for review", None),
        (shown(2, 0, review=Review.WIP), "done", "Take 2 · work in progress", None),
        (shown(2, 0, selected="t"), "selected", "Take 2 · goes to video", None),
        (shown(4, 0, review=Review.APPROVED), "approved", "Take 4 · 4 kept", None),
        (
            shown(2, 0, newer="t3", newer_number=3),
            "new",
            "Take 3 arrived · take 2 shown",
            None,
        ),
        (shown(2, 0, currency="stale"), "stale", "Inputs changed · take 2 shown", None),
        (
            shown(1, 0, currency="stale", newer="t2", newer_number=2),
            "stale",
            "Inputs changed · take 2 fits",
            None,
        ),
        (
            shown(1, 0, review=Review.APPROVED, review_current=False),
            "changed",
            "Inputs changed since approval",
            None,
        ),
        (
            shown(1, 0, review=Review.RETAKE, review_note="Lower angle,\nlose the lamp"),
            "retake",
            "“Lower angle, lose the lamp”",
            None,
        ),
        (shown(1, 0, review=Review.RETAKE), "retake", "Asked for another · Take 1", None),
    ],
)
def test_a_flag_names_the_state_and_the_reason(
    facts: dict[str, Any], name: str, detail: str, big: str | None
) -> None:
    flag = flag_of(slot("sh", **facts))
    assert (name, detail, big) == (flag.name, flag.detail, flag.big)


def test_the_most_urgent_thing_wins() -> None:
    everything = shown(
        1,
        0,
        review=Review.RETAKE,
        currency="stale",
        newer="t2",
        newer_number=2,
        selected="t1",
        job=QUEUED,
    )
    assert flag_of(slot("sh", **{**everything, "state": "failed"})).name is FlagName.FAILED
    assert flag_of(slot("sh", **{**everything, "state": "blocked"})).name is FlagName.BLOCKED
    assert flag_of(slot("sh", **{**everything, "state": "running"})).name is FlagName.RUNNING
    assert flag_of(slot("sh", **{**everything, "state": "pending"})).name is FlagName.PENDING
    assert flag_of(slot("sh", **everything)).name is FlagName.RETAKE


def test_an_untold_progress_is_a_clock_and_never_a_percentage() -> None:
    flag = flag_of(slot("sh", state="running", job=job(started_at=1_000.0)))
    assert (flag.since, flag.big, flag.progress) == (1_000.0, None, None)


def test_a_fix_stands_only_on_a_problem() -> None:
    offered = Fix(action="retry", label="Retry")
    assert flag_of(slot("sh", **RETRY)).fix == offered
    assert flag_of(slot("sh", **shown(1, 0, fix=offered))).fix is None


@pytest.mark.parametrize("code", list(Reason))
def test_every_reason_fits_beside_the_longest_provider_and_take(code: Reason) -> None:
    facts = shown(128, 0, **problem(code, "retry", "Retry", state="blocked"))
    flag = flag_of(slot("sh", **facts, job=job(provider="stable-diffusion-webui")))
    assert len(flag.detail) <= ROOM
    assert code in GATES or flag.detail.startswith(WORDS[code])


def test_what_waits_says_whose_choice_it_waits_for() -> None:
    reason = ReasonView(code=Reason.LOOK_NOT_APPROVED, message="Waits for the look of tomas")
    flag = flag_of(slot("sh", state="blocked", reason=reason))
    assert flag.detail == "Waits for the look of tomas"


def test_a_long_note_is_cut_at_the_room_there_is() -> None:
    flag = flag_of(slot("sh", **shown(1, 0, review=Review.RETAKE, review_note="word " * 40)))
    assert len(flag.detail) <= ROOM
    assert flag.detail.endswith("…”")


def test_the_gallery_has_a_shot_for_every_flag() -> None:
    assert {flag_of_shot(shot).name for shot in every_flag(time.time())} == set(FlagName)


@pytest.mark.parametrize(
    ("place", "word"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st")],
)
def test_a_place_in_the_line_is_an_ordinal(place: int, word: str) -> None:
    assert word == ordinal(place)
