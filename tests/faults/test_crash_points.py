"""Rows 1, 2, 7 to 14 of docs/faults.md: kill -9 of the whole house at each step of a job."""

import httpx
import pytest

from tests.faults.points import MADE
from tests.faults.trial import Trial

pytestmark = [pytest.mark.services, pytest.mark.proof]

UNKNOWN = {"intent", "answered"}
"""Between these two nobody can know whether the order was taken."""

IN_A_HURRY = {"intent", "answered", "recorded", "stored", "finished"}


@pytest.mark.parametrize("toll", ["toll-keys", "toll-plain"])
@pytest.mark.parametrize(
    "point",
    [one if one in IN_A_HURRY else pytest.param(one, marks=pytest.mark.proof) for one in MADE],
)
def test_a_kill_at_any_step_loses_nothing_and_buys_nothing_twice(
    embedded: Trial, point: str, toll: str
) -> None:
    embedded.studio.stop_at(point)
    job = embedded.ask(toll)
    embedded.stopped(f"kill {point}")
    ended, bill = embedded.end(job), embedded.bill(job)
    if toll == "toll-plain" and point in UNKNOWN:
        assert (ended["state"], ended["reason"]) == ("blocked", "outcome_unknown")
        assert embedded.charged(job) == ["maybe"]
        assert len(bill) == (1 if point == "answered" else 0)
    else:
        assert (ended["state"], len(bill)) == ("succeeded", 1)
        assert embedded.charged(job) == ["yes"]
        assert ended["submissions"][0]["cost_micros"] == bill[0].cents * 10_000


@pytest.mark.parametrize("toll", ["toll-keys", "toll-plain"])
def test_an_answer_that_is_lost_after_it_was_charged_is_never_bought_again(
    embedded: Trial, toll: str
) -> None:
    embedded.studio.tolls[toll].plan(submit=["drop"])
    job = embedded.ask(toll)
    ended = embedded.end(job)
    assert ended["state"] == ("succeeded" if toll == "toll-keys" else "blocked")
    assert embedded.charged(job) == (["yes"] if toll == "toll-keys" else ["maybe"])
    assert len(embedded.bill(job)) == 1


def test_a_busy_answer_after_a_lost_one_is_no_proof_that_nothing_was_charged(
    embedded: Trial,
) -> None:
    """JOBS.md 3.4: the bug that the trial's random run found."""
    embedded.studio.tolls["toll-keys"].plan(submit=["drop", "429", "429"])
    job = embedded.ask("toll-keys")
    ended = embedded.end(job)
    assert (ended["state"], len(embedded.bill(job))) == ("succeeded", 1)
    assert len(ended["submissions"]) == 1


def test_a_result_that_breaks_off_is_fetched_again(embedded: Trial) -> None:
    embedded.studio.tolls["toll-plain"].plan(result=["break", "drop"])
    job = embedded.ask("toll-plain")
    assert embedded.end(job)["state"] == "succeeded"
    assert len(embedded.bill(job)) == 1


@pytest.mark.parametrize("fault", ["corrupt", "empty"])
def test_a_bad_result_is_told_and_not_bought_again(embedded: Trial, fault: str) -> None:
    embedded.studio.tolls["toll-keys"].plan(result=[fault])
    job = embedded.ask("toll-keys")
    ended = embedded.end(job)
    assert (ended["state"], ended["reason"]) == ("failed", "bad_output")
    assert (embedded.charged(job), len(embedded.bill(job))) == (["yes"], 1)


# What people ask


def test_a_house_killed_before_it_committed_made_nothing_and_does_it_when_asked_again(
    embedded: Trial,
) -> None:
    path, body = embedded.wish("toll-keys")
    key = {"Idempotency-Key": "before the commit"}
    embedded.studio.stop_at("commit")
    with pytest.raises(httpx.HTTPError):
        embedded.studio.api("POST", path, json=body, headers=key)
    embedded.until(lambda: embedded.studio.api("GET", "/jobs").is_success)
    assert embedded.jobs_of(body) == []
    answer = embedded.studio.api("POST", path, json=body, headers=key)
    assert answer.status_code == httpx.codes.ACCEPTED
    assert embedded.jobs_of(body) == answer.json()["jobs"]


def test_a_house_killed_after_it_committed_makes_it_once_however_often_it_is_asked(
    embedded: Trial,
) -> None:
    path, body = embedded.wish("toll-keys")
    key = {"Idempotency-Key": "after the commit"}
    embedded.studio.stop_at("hint")
    with pytest.raises(httpx.HTTPError):
        embedded.studio.api("POST", path, json=body, headers=key)
    again = embedded.until(lambda: embedded.studio.api("POST", path, json=body, headers=key))
    assert again.json()["code"] == "in_progress"
    [job] = embedded.jobs_of(body)
    assert embedded.end(job)["state"] == "succeeded"
    assert embedded.jobs_of(body) == [job]


def test_a_double_click_is_one_job(embedded: Trial) -> None:
    path, body = embedded.wish("toll-keys")
    key = {"Idempotency-Key": "twice"}
    first, second = (
        embedded.studio.api("POST", path, json=body, headers=key).json() for _ in range(2)
    )
    assert first == second
    assert embedded.jobs_of(body) == first["jobs"]
