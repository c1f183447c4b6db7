"""What every event bus must do, on both adapters; and what Redis may do to one of them."""

import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from redis import Redis as Client

from domain.events import Event
from domain.ports import EventBus
from storage import bus as buses
from storage.bus import LocalBus, RedisBus
from tests.builders import BEGINNING
from tests.services.redis import Redis


def an_event(seq: int | None, **fields: Any) -> Event:
    return Event(**{"seq": seq, "project_id": "p", "type": "slot", "at": BEGINNING} | fields)


class Listener:
    """Keeps what it hears, and can be waited for."""

    def __init__(self) -> None:
        self.heard: list[int | None] = []
        self._changed = threading.Condition()

    def __call__(self, events: Sequence[Event]) -> None:
        with self._changed:
            self.heard += [one.seq for one in events]
            self._changed.notify_all()

    def hears(self, *numbers: int | None, within: float = 10.0) -> bool:
        """Whether it has heard just these, once that many came."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.heard) >= len(numbers), within)
            return self.heard == list(numbers)


class Table:
    """The event table, as a bus reads it: 3 at a time, so that it has to turn pages."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def after(self, seq: int) -> Sequence[Event]:
        found = [one for one in self.events if (one.seq or 0) > seq]
        return sorted(found, key=lambda one: one.seq or 0)[:3]


MakeBus = Callable[..., RedisBus]


@pytest.fixture
def redis_bus() -> Iterator[MakeBus]:
    """Buses on one Redis and one channel, as different processes would have."""
    made: list[RedisBus] = []
    channel = uuid4().hex

    def make(url: str, replay: buses.Replay = lambda _: (), last_seq: int = 0) -> RedisBus:
        made.append(RedisBus(url, replay=replay, last_seq=last_seq, channel=channel))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.services)])
def bus(request: pytest.FixtureRequest, redis_bus: MakeBus) -> Iterator[EventBus]:
    if request.param == "redis":
        yield redis_bus(request.getfixturevalue("redis_url"))
        return
    local = LocalBus()
    yield local
    local.close()


def test_every_subscriber_hears_everything_in_order(bus: EventBus) -> None:
    first, second = Listener(), Listener()
    bus.subscribe(first)
    bus.subscribe(second)
    for number in range(1, 101, 2):
        bus.publish([an_event(number), an_event(number + 1)])
    assert first.hears(*range(1, 101))
    assert second.hears(*range(1, 101))


def test_an_event_arrives_as_it_was(bus: EventBus) -> None:
    arrived: list[Event] = []
    listener = Listener()
    bus.subscribe(arrived.extend)
    bus.subscribe(listener)
    event = an_event(1, slot_id="s", detail={"why": "é"}, state="running", version=7)
    bus.publish([event])
    assert listener.hears(1)
    assert arrived == [event]


def test_progress_has_no_number_and_is_always_heard(bus: EventBus) -> None:
    listener = Listener()
    bus.subscribe(listener)
    bus.publish([an_event(1)])
    for _ in range(3):
        bus.publish([an_event(None, type="progress", progress=0.5)])
    assert listener.hears(1, None, None, None)


def test_a_listener_that_fails_stops_nobody(
    bus: EventBus, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Sequence[Event]) -> None:
        raise ZeroDivisionError

    listener = Listener()
    bus.subscribe(fail)
    bus.subscribe(listener)
    bus.publish([an_event(1)])
    bus.publish([an_event(2)])
    assert listener.hears(1, 2)
    assert "a listener failed" in caplog.text


def test_leaving_while_an_event_is_delivered_makes_nobody_miss_it(bus: EventBus) -> None:
    first, last = Listener(), Listener()
    ends: list[Callable[[], None]] = []

    def leave(_: Sequence[Event]) -> None:
        ends[0]()

    bus.subscribe(first)
    ends.append(bus.subscribe(leave))
    bus.subscribe(last)
    bus.publish([an_event(1)])
    bus.publish([an_event(2)])
    assert first.hears(1, 2)
    assert last.hears(1, 2)


def test_who_left_hears_nothing_more_and_may_leave_twice(bus: EventBus) -> None:
    gone, here = Listener(), Listener()
    end = bus.subscribe(gone)
    bus.subscribe(here)
    end()
    end()
    bus.publish([an_event(1)])
    assert here.hears(1)
    assert gone.heard == []


def test_a_closed_bus_takes_events_without_a_word(bus: EventBus) -> None:
    bus.close()
    bus.publish([an_event(1)])


def test_events_come_from_many_threads(bus: EventBus) -> None:
    listener, numbers = Listener(), count(1)
    bus.subscribe(listener)
    turn = threading.Lock()

    def publish() -> None:
        for _ in range(25):
            with turn:
                bus.publish([an_event(next(numbers))])

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert listener.hears(*range(1, 101))


# What Redis may do


@pytest.mark.services
def test_processes_hear_of_each_other(redis_bus: MakeBus, redis_url: str) -> None:
    here, there = redis_bus(redis_url), redis_bus(redis_url)
    listener = Listener()
    there.subscribe(listener)
    here.publish([an_event(1)])
    assert listener.hears(1)


@pytest.mark.services
def test_redis_killed_and_restarted_empty_loses_nothing(redis_bus: MakeBus) -> None:
    table = Table()
    with Redis() as server:
        bus = redis_bus(server.url, table.after)
        listener = Listener()
        bus.subscribe(listener)
        for number in (1, 2):
            table.events.append(an_event(number))
            bus.publish([an_event(number)])
        assert listener.hears(1, 2)
        server.kill()
        for number in range(3, 11):
            table.events.append(an_event(number))
            bus.publish([an_event(number)])
        assert listener.hears(*range(1, 11))
        server.restart()
        table.events.append(an_event(11))
        bus.publish([an_event(11)])
        assert listener.hears(*range(1, 12))


@pytest.mark.services
def test_publishing_never_raises_while_redis_is_away(redis_bus: MakeBus) -> None:
    with Redis() as server:
        bus = redis_bus(server.url)
        server.kill()
        bus.publish([an_event(1)])


@pytest.mark.services
def test_a_bus_that_starts_without_redis_hears_once_it_is_there(redis_bus: MakeBus) -> None:
    with Redis() as server:
        server.kill()
        table = Table()
        bus = redis_bus(server.url, table.after)
        listener = Listener()
        bus.subscribe(listener)
        server.restart()
        table.events.append(an_event(1))
        bus.publish([an_event(1)])
        assert listener.hears(1)


MakeTailing = Callable[[Table], EventBus]


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.services)])
def tailing(
    request: pytest.FixtureRequest, redis_bus: MakeBus, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeTailing]:
    """Buses that look into a table every 0.3 s."""
    monkeypatch.setattr(buses, "LOOK_S", 0.3)
    monkeypatch.setattr(buses, "LOCAL_LOOK_S", 0.3)
    local: list[LocalBus] = []

    def make(table: Table) -> EventBus:
        if request.param == "redis":
            return redis_bus(request.getfixturevalue("redis_url"), table.after)
        local.append(LocalBus(replay=table.after))
        return local[-1]

    yield make
    for one in local:
        one.close()


def test_what_nobody_told_is_found_in_the_table_also_under_traffic(tailing: MakeTailing) -> None:
    """A message was lost, or the process that wrote it has another bus."""
    table = Table()
    bus = tailing(table)
    listener = Listener()
    bus.subscribe(listener)
    table.events.append(an_event(1))
    for _ in range(20):
        bus.publish([an_event(None, type="progress")])
        threading.Event().wait(0.05)
    assert 1 in listener.heard
    assert listener.heard.count(1) == 1


def test_what_was_told_and_is_found_too_is_heard_once(tailing: MakeTailing) -> None:
    table = Table()
    bus = tailing(table)
    listener = Listener()
    bus.subscribe(listener)
    table.events += [an_event(1), an_event(2)]
    bus.publish([an_event(2)])  # the first one is another process's
    assert sorted(found for found in wait_for(listener, 2)) == [1, 2]
    table.events.append(an_event(3))
    assert sorted(found for found in wait_for(listener, 3)) == [1, 2, 3]


def test_the_audits_rows_take_a_number_and_are_told_to_nobody(tailing: MakeTailing) -> None:
    table = Table()
    bus = tailing(table)
    listener = Listener()
    bus.subscribe(listener)
    bus.publish([an_event(1, type="audit"), an_event(2)])
    table.events += [an_event(3, type="audit"), an_event(4)]
    assert wait_for(listener, 2) == [2, 4]


def wait_for(listener: Listener, count: int) -> list[int]:
    """The numbers heard once there are that many."""
    listener.hears(*range(count))
    return [one for one in listener.heard if one is not None]


@pytest.mark.services
def test_a_lower_number_that_comes_later_is_heard_once(
    redis_bus: MakeBus, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two productions take numbers at the same time and commit in the other order."""
    monkeypatch.setattr(buses, "LOOK_S", 0.3)
    table = Table()
    bus = redis_bus(redis_url, table.after)
    listener = Listener()
    bus.subscribe(listener)
    table.events.append(an_event(2))
    bus.publish([an_event(2)])
    assert listener.hears(2)
    table.events.append(an_event(1))  # its message was lost, too
    assert listener.hears(2, 1)
    bus.publish([an_event(1)])
    bus.publish([an_event(3)])
    assert listener.hears(2, 1, 3)


@pytest.mark.services
def test_what_can_not_be_read_stops_nothing(
    redis_bus: MakeBus, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    table = Table()
    bus = redis_bus(redis_url, table.after)
    listener = Listener()
    bus.subscribe(listener)
    table.events.append(an_event(1))
    with Client.from_url(redis_url) as client:
        client.publish(bus.channel, b'[{"from": "the future"}]')
    assert listener.hears(1)
    bus.publish([an_event(2)])
    assert listener.hears(1, 2)


@pytest.mark.services
def test_a_table_that_can_not_be_read_stops_nothing(
    redis_bus: MakeBus, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: int) -> Sequence[Event]:
        raise ZeroDivisionError

    bus = redis_bus(redis_url, fail)
    listener = Listener()
    bus.subscribe(listener)
    bus.publish([an_event(1)])
    assert listener.hears(1)
    assert "can't be read" in caplog.text
