"""What every dispatcher must do, on both of dramatiq's brokers."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import dramatiq
import pytest
from dramatiq import Broker, Message
from dramatiq.brokers.stub import StubBroker

from jobs.actors import declare
from jobs.alarm import Alarm
from jobs.broker import make_broker
from jobs.dispatcher import DramatiqDispatcher
from tests.builders import new_id
from tests.services.redis import Redis


class Fulfilled:
    """Stands for the use case: keeps the job ids it was called with, and when."""

    def __init__(self) -> None:
        self.jobs: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, job_id: str) -> None:
        with self._changed:
            self.jobs.append(job_id)
            self._changed.notify_all()
        if job_id == "stumbles":
            raise ZeroDivisionError

    def waits_for(self, *job_ids: str, within: float = 10.0) -> bool:
        """Whether each of these came at least once."""
        with self._changed:
            return self._changed.wait_for(lambda: set(job_ids) <= set(self.jobs), within)


class Office:
    """A broker with a worker on it, and a dispatcher in front."""

    def __init__(self, broker: Broker) -> None:
        self.fulfilled = Fulfilled()
        self.dispatcher = DramatiqDispatcher(broker)
        declare(broker, self.fulfilled)
        self._broker = broker
        self._worker = dramatiq.Worker(broker, worker_threads=4, worker_timeout=50)

    def open(self) -> None:
        self._worker.start()

    def close(self) -> None:
        self.dispatcher.close()
        self._worker.stop(timeout=2000)
        self._broker.close()


@pytest.fixture(params=["stub", pytest.param("redis", marks=pytest.mark.services)])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    url = request.getfixturevalue("redis_database") if request.param == "redis" else None
    office = Office(make_broker(url, namespace=new_id()))
    office.open()
    yield office
    office.close()


def test_a_hint_arrives_at_a_worker(office: Office) -> None:
    office.dispatcher.dispatch("job")
    assert office.fulfilled.waits_for("job")


def test_many_hints_all_arrive(office: Office) -> None:
    jobs = [f"job {number}" for number in range(200)]
    for job_id in jobs:
        office.dispatcher.dispatch(job_id)
    assert office.fulfilled.waits_for(*jobs)


def test_a_delayed_hint_arrives_when_it_is_due_and_holds_nobody_up(office: Office) -> None:
    begun = time.monotonic()
    office.dispatcher.dispatch("later", delay=0.6)
    office.dispatcher.dispatch("soon", delay=0.3)
    office.dispatcher.dispatch("now")
    assert office.fulfilled.waits_for("now")
    assert time.monotonic() - begun < 0.3
    assert office.fulfilled.waits_for("later", "soon")
    assert time.monotonic() - begun >= 0.6
    assert office.fulfilled.jobs == ["now", "soon", "later"]


def test_the_same_hint_twice_comes_twice_and_harms_nobody(office: Office) -> None:
    for _ in range(3):
        office.dispatcher.dispatch("job")
    office.dispatcher.dispatch("last")
    assert office.fulfilled.waits_for("job", "last")


def test_a_job_that_stumbles_stops_no_worker(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(8):
        office.dispatcher.dispatch("stumbles")
    office.dispatcher.dispatch("job")
    assert office.fulfilled.waits_for("job")
    assert "stopped in an unforeseen way" in caplog.text


def test_a_closed_dispatcher_forgets_what_was_delayed(office: Office) -> None:
    office.dispatcher.dispatch("later", delay=0.1)
    office.dispatcher.close()
    assert not office.fulfilled.waits_for("later", within=0.3)


@pytest.mark.services
def test_a_broker_that_is_away_is_no_error_and_serves_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Redis() as server:
        office = Office(make_broker(server.url))
        server.kill()
        office.dispatcher.dispatch("lost")
        office.dispatcher.dispatch("lost too", delay=0.01)
        assert "the sweeper sends it again" in caplog.text
        server.restart()
        office.open()
        while not office.fulfilled.waits_for("job", within=0.2):
            office.dispatcher.dispatch("job")
        office.close()


class Unreachable(StubBroker):
    """Takes no message, and its time to say so."""

    def __init__(self) -> None:
        super().__init__(middleware=[])
        self.asked = 0

    def enqueue(self, *_message: Any, **_options: Any) -> Message[Any]:
        self.asked += 1
        raise ConnectionError


def test_a_broker_that_is_away_is_not_waited_for_by_every_hint_of_a_batch() -> None:
    broker = Unreachable()
    dispatcher = DramatiqDispatcher(broker)
    for number in range(100):
        dispatcher.dispatch(f"job {number}")
    assert broker.asked == 1
    dispatcher.close()


@pytest.mark.services
def test_workers_of_another_installation_see_nothing(redis_database: str) -> None:
    ours, theirs = (Office(make_broker(redis_database, namespace=new_id())) for _ in range(2))
    ours.open()
    theirs.open()
    ours.dispatcher.dispatch("job")
    assert ours.fulfilled.waits_for("job")
    assert theirs.fulfilled.jobs == []
    ours.close()
    theirs.close()


def test_an_alarm_that_can_not_ring_rings_the_next_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rung = Fulfilled()

    def ring(job_id: str) -> None:
        rung(job_id)

    alarm = Alarm(ring)
    alarm.set("stumbles", 0.0)
    alarm.set("job", 0.01)
    assert rung.waits_for("stumbles", "job")
    alarm.stop()
    assert "could not be sent" in caplog.text


def test_an_alarm_that_never_rang_stops_too() -> None:
    ring: Callable[[str], None] = Fulfilled()
    Alarm(ring).stop()
