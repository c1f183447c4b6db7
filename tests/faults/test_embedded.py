"""Rows 21 to 23, 25 and 29 of docs/faults.md: one process, SQLite, and a disk that fills up."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import pytest

from tests.faults.trial import Trial

pytestmark = [pytest.mark.services, pytest.mark.proof]

TOLLS = ["toll-keys", "toll-plain"]


@contextmanager
def writing(trial: Trial) -> Iterator[None]:
    """Another program is in the middle of writing into the database file."""
    path = trial.studio.data / "framewright.db"
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def held(trial: Trial, toll: str, step: str) -> None:
    """The next request of this step waits at the toll until it is let go."""
    gate = trial.studio.tolls[toll]
    gate.plan(**{step: ["wait"]})
    gate.shut(shut=True)


@pytest.mark.parametrize("toll", TOLLS)
def test_a_locked_database_is_waited_for_and_pages_are_answered_meanwhile(
    embedded: Trial, toll: str
) -> None:
    gate = embedded.studio.tolls[toll]
    held(embedded, toll, "submit")
    before = gate.asked()["submit"]
    job = embedded.ask(toll)
    embedded.until(lambda: gate.asked()["submit"] > before)
    with writing(embedded):
        gate.shut(shut=False)  # what was paid for can't be written down now
        assert embedded.record(job)["state"] == "running"
        assert embedded.studio.api("GET", "/providers").is_success
    ended = embedded.end(job)
    assert ended["state"] == "succeeded"
    assert all(one["action"] != "reclaimed" for one in ended["audit"])
    assert (embedded.charged(job), len(embedded.bill(job))) == (["yes"], 1)


def test_a_full_disk_makes_no_promise_that_it_can_not_keep(embedded: Trial) -> None:
    """SQLite's own *database or disk is full*."""
    big = "project: {id: big, title: Big}\nblocks:\n" + "".join(
        f"  - {{id: S{number:05}, content: {'x' * 200}}}\n" for number in range(2000)
    )
    kind = {"Content-Type": "application/yaml"}
    with embedded.studio.note("full-database"):
        refused = embedded.studio.api("POST", "/projects", content=big, headers=kind)
        assert refused.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
        assert embedded.studio.api("GET", "/projects/big").status_code == httpx.codes.NOT_FOUND
    made = embedded.studio.api("POST", "/projects", content=big, headers=kind)
    assert made.status_code == httpx.codes.CREATED


@pytest.mark.parametrize("toll", TOLLS)
def test_jobs_go_on_when_the_database_has_room_again(embedded: Trial, toll: str) -> None:
    gate = embedded.studio.tolls[toll]
    held(embedded, toll, "poll")
    before = gate.asked()["poll"]
    jobs = [embedded.ask(toll) for _ in range(3)]
    embedded.until(lambda: gate.asked()["poll"] > before)
    with embedded.studio.note("full-database"):
        gate.shut(shut=False)
        embedded.until(lambda: embedded.studio.api("GET", "/jobs").is_success)
    for job in jobs:
        assert embedded.end(job)["state"] == "succeeded"
        assert len(embedded.bill(job)) == 1


@pytest.mark.parametrize("toll", TOLLS)
def test_a_full_media_disk_loses_no_result_that_was_paid_for(embedded: Trial, toll: str) -> None:
    before = embedded.studio.tolls[toll].asked()["result"]
    with embedded.studio.note("full"):
        job = embedded.ask(toll)
        embedded.until(lambda: embedded.studio.tolls[toll].asked()["result"] > before)
        reason = embedded.until(lambda: embedded.record(job)["reason"])
    assert reason == "disk_full"
    ended = embedded.end(job)
    assert (ended["state"], ended["fails"]) == ("succeeded", 0)
    assert len(embedded.bill(job)) == 1
    assert list((embedded.studio.data / "media" / "tmp").glob("*.part")) == []


@pytest.mark.parametrize("by", ["3600", "-3600"])
def test_a_clock_that_steps_by_an_hour_and_back_holds_nothing_up(embedded: Trial, by: str) -> None:
    toll = embedded.studio.tolls["toll-keys"]
    toll.plan(submit=["429"], poll=["500"])
    with embedded.studio.note("clock-serve", by):
        job = embedded.ask("toll-keys")
        embedded.until(lambda: embedded.record(job)["attempt"] > 0)
    ended = embedded.end(job)
    assert (ended["state"], len(embedded.bill(job))) == ("succeeded", 1)


@pytest.mark.parametrize("toll", TOLLS)
def test_a_cancel_while_an_order_is_under_way_ends_cancelled_and_keeps_what_was_paid(
    embedded: Trial, toll: str
) -> None:
    gate = embedded.studio.tolls[toll]
    held(embedded, toll, "result")
    before = gate.asked()["result"]
    job = embedded.ask(toll)
    embedded.until(lambda: gate.asked()["result"] > before)
    assert embedded.studio.api("POST", f"/jobs/{job}/cancel").status_code == httpx.codes.ACCEPTED
    gate.shut(shut=False)
    ended = embedded.end(job)
    takes = embedded.studio.api("GET", f"/slots/{ended['slots'][0]}/takes").json()["items"]
    assert (ended["state"], [take["late"] for take in takes]) == ("cancelled", [True])
    assert (embedded.charged(job), len(embedded.bill(job))) == (["yes"], 1)
    assert embedded.studio.api("POST", f"/jobs/{job}/cancel").status_code == httpx.codes.CONFLICT
