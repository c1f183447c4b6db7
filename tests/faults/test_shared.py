"""Rows 4, 5, 15, 17 to 20 and 24 of docs/faults.md: the shared mode and the servers it needs."""

import os
import signal

import httpx
import pytest

from jobs.broker import make_broker
from jobs.dispatcher import DramatiqDispatcher
from tests.faults.studios import SharedStudio
from tests.faults.trial import Trial

pytestmark = [pytest.mark.services, pytest.mark.proof]

TOLLS = ["toll-keys", "toll-plain"]
HOUR_S = "3600"


def studio_of(trial: Trial) -> SharedStudio:
    assert isinstance(trial.studio, SharedStudio)
    return trial.studio


def test_without_redis_people_are_served_and_their_jobs_are_made_when_it_is_back(
    shared: Trial,
) -> None:
    studio = studio_of(shared)
    studio.redis.kill()
    try:
        job = shared.ask("toll-keys")
        assert shared.record(job)["state"] == "queued"
    finally:
        studio.redis.restart()
    assert shared.end(job)["state"] == "succeeded"
    assert len(shared.bill(job)) == 1


def test_a_redis_that_answers_nothing_keeps_nobody_waiting(shared: Trial) -> None:
    studio = studio_of(shared)
    os.kill(studio.redis.pid, signal.SIGSTOP)
    try:
        path, body = shared.wish("toll-plain")
        [job] = studio.api("POST", path, json=body).json()["jobs"]  # waits a minute, not longer
    finally:
        os.kill(studio.redis.pid, signal.SIGCONT)
    assert shared.end(job)["state"] == "succeeded"
    assert len(shared.bill(job)) == 1


@pytest.mark.parametrize("what", ["flush", "restart"])
def test_what_redis_forgets_is_hinted_at_again(shared: Trial, what: str) -> None:
    studio = studio_of(shared)
    toll = studio.tolls["toll-plain"]
    toll.plan(poll=["wait"])
    toll.shut(shut=True)
    before = toll.asked()["poll"]
    under_way, waiting = shared.ask("toll-plain"), shared.ask("toll-keys")
    shared.until(lambda: toll.asked()["poll"] > before)
    (studio.redis.flush if what == "flush" else studio.redis.restart)()
    toll.shut(shut=False)
    for job in (under_way, waiting):
        assert shared.end(job)["state"] == "succeeded"
        assert len(shared.bill(job)) == 1


def test_a_hundred_hints_at_once_are_one_making(shared: Trial) -> None:
    studio = studio_of(shared)
    job = shared.ask("toll-plain")
    broker = make_broker(studio.redis.url)
    dispatcher = DramatiqDispatcher(broker)
    for number in range(100):
        dispatcher.dispatch(job if number % 10 else f"no such job {number}")
    ended = shared.end(job)
    for _ in range(100):
        dispatcher.dispatch(job)
    broker.close()
    assert (ended["state"], len(shared.bill(job))) == ("succeeded", 1)
    assert len(ended["submissions"]) == 1


@pytest.mark.parametrize("toll", TOLLS)
def test_an_id_that_was_paid_for_is_recorded_when_the_database_is_back(
    shared: Trial, toll: str
) -> None:
    """PostgreSQL is cut off while the provider has the order and its worker has no answer yet."""
    studio, gate = studio_of(shared), shared.studio.tolls[toll]
    gate.plan(submit=["wait"])
    gate.shut(shut=True)
    before = gate.asked()["submit"]
    job = shared.ask(toll)
    shared.until(lambda: gate.asked()["submit"] > before)
    studio.postgres.kill()
    gate.shut(shut=False)
    studio.postgres.restart()
    ended = shared.end(job)
    assert (ended["state"], ended["fails"]) == ("succeeded", 0)
    assert len(shared.bill(job)) == 1


@pytest.mark.parametrize("by", [HOUR_S, f"-{HOUR_S}"])
@pytest.mark.parametrize("whose", ["serve", "make"])
def test_clocks_that_are_an_hour_off_hold_nothing_up(shared: Trial, whose: str, by: str) -> None:
    """The web process's, or the workers'; the database's time counts."""
    toll = shared.studio.tolls["toll-keys"]
    with shared.studio.note(f"clock-{whose}", by):
        toll.plan(submit=["429"], poll=["slow", "500"])
        jobs = [shared.ask(name) for name in TOLLS]
        ended = [shared.end(job) for job in jobs]
    assert [one["state"] for one in ended] == ["succeeded", "succeeded"]
    assert [len(shared.bill(job)) for job in jobs] == [1, 1]


@pytest.mark.proof
@pytest.mark.parametrize("toll", TOLLS)
@pytest.mark.parametrize("point", ["intent", "answered", "downloaded"])
def test_a_worker_that_sleeps_beyond_its_lease_is_fenced_off(
    shared: Trial, point: str, toll: str
) -> None:
    """SIGSTOP in the middle; another worker takes the job over; then SIGCONT."""
    shared.studio.stop_at(point, by="pause")
    job = shared.ask(toll)
    shared.stopped(f"pause {point}")
    taken_over = ("reclaimed", "blocked")
    shared.until(lambda: any(one["action"] in taken_over for one in shared.record(job)["audit"]))
    shared.until(lambda: shared.record(job)["state"] in ("succeeded", "blocked"))
    for one in shared.studio.workers:
        one.send(signal.SIGCONT)
    ended = shared.until(lambda: (found := shared.record(job))["state"] == "succeeded" and found)
    for other in [shared.ask(toll) for _ in range(6)]:
        shared.end(other)  # meanwhile the one that slept has come to the end of its step
    takes = shared.studio.api("GET", f"/slots/{ended['slots'][0]}/takes").json()["items"]
    assert (len(takes), len(shared.bill(job))) == (1, 1)
    assert [one["charged"] for one in ended["submissions"]] == ["yes"]


@pytest.mark.proof
@pytest.mark.parametrize("toll", TOLLS)
def test_a_killed_workers_jobs_are_taken_over_after_its_lease(shared: Trial, toll: str) -> None:
    shared.studio.stop_at("recorded")
    job = shared.ask(toll)
    shared.stopped("kill recorded")
    ended = shared.end(job)
    assert (ended["state"], len(shared.bill(job))) == ("succeeded", 1)
    assert any(one["action"] == "reclaimed" for one in ended["audit"])


def test_a_web_process_that_is_killed_takes_nothing_along(shared: Trial) -> None:
    path, body = shared.wish("toll-plain")
    shared.studio.stop_at("hint")
    with pytest.raises(httpx.HTTPError):
        shared.studio.api("POST", path, json=body, headers={"Idempotency-Key": "web"})
    [job] = shared.until(lambda: shared.jobs_of(body))
    assert shared.end(job)["state"] == "succeeded"
    assert len(shared.bill(job)) == 1
