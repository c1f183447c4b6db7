"""Event buses: within one process, and between processes over Redis.

Both deliver on a thread of their own, in order. An event is a doorbell: one that gets lost in
Redis, or that another process of the embedded mode wrote, is found in the event table by the next
look, at most ``LOOK_S`` and ``LOCAL_LOOK_S`` later.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

import redis
from pydantic import TypeAdapter
from redis.client import PubSub

from domain.events import Event

Listener = Callable[[Sequence[Event]], None]
Replay = Callable[[int], Sequence[Event]]
"""Events of the table with a greater number than the given one."""

log = logging.getLogger(__name__)
EVENTS = TypeAdapter(list[Event])
LOOK_S = 5.0
LOCAL_LOOK_S = 1.0
GAP_S = 60.0
"""How long a number that was passed over may still come."""


class Listeners:
    """Subscribers of one process; a failing one never stops the others."""

    def __init__(self) -> None:
        self._all: list[Listener] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        with self._lock:
            self._all = [*self._all, listener]

        def end() -> None:
            with self._lock:
                self._all = [one for one in self._all if one is not listener]

        return end

    def deliver(self, events: Sequence[Event]) -> None:
        """To everybody, but for the audit's rows: they only took a number."""
        events = [one for one in events if one.type != "audit"]
        if not events:
            return
        for listener in self._all:
            try:
                listener(events)
            except Exception:
                log.exception("a listener failed")


class Heard:
    """Which events of the table were delivered, so that each is delivered once.

    Numbers of two productions may become visible out of order: a lower one can still come.
    """

    def __init__(self, last_seq: int) -> None:
        self.last = last_seq
        self._gaps: dict[int, float] = {}

    @property
    def complete_to(self) -> int:
        """Nothing up to here is still to come."""
        return min(self._gaps, default=self.last + 1) - 1

    def news(self, events: Sequence[Event]) -> list[Event]:
        """Those that were not delivered yet; progress has no number and is always news."""
        return [one for one in events if one.seq is None or self._is_new(one.seq)]

    def forget_old_gaps(self) -> None:
        """A number that did not come for so long was given to what was undone."""
        before = time.monotonic() - GAP_S
        self._gaps = {seq: since for seq, since in self._gaps.items() if since > before}

    def _is_new(self, seq: int) -> bool:
        if seq <= self.last:
            return self._gaps.pop(seq, None) is not None
        now = time.monotonic()
        self._gaps |= dict.fromkeys(range(self.last + 1, seq), now)
        self.last = seq
        return True


class Tail:
    """Delivers each event of the table once: as it is told, or else as the table has it."""

    def __init__(self, replay: Replay, last_seq: int) -> None:
        self.listeners = Listeners()
        self._replay = replay
        self._heard = Heard(last_seq)

    def deliver(self, events: Sequence[Event]) -> None:
        news = self._heard.news(events)
        if news:
            self.listeners.deliver(news)

    def catch_up(self) -> None:
        """Look for what nobody told."""
        try:
            after = self._heard.complete_to
            while missed := self._replay(after):
                self.deliver(missed)
                after = missed[-1].seq or after
        except Exception:
            log.exception("the event table can't be read")
        self._heard.forget_old_gaps()


class LocalBus:
    """The embedded mode's bus. What a command beside this process did is found by ``replay``."""

    def __init__(self, *, replay: Replay | None = None, last_seq: int = 0) -> None:
        """Without ``replay`` nobody else writes to the table."""
        self._tail = Tail(replay or (lambda _: ()), last_seq)
        self.listeners = self._tail.listeners
        self.subscribe = self.listeners.subscribe
        self._look_s = LOCAL_LOOK_S if replay else None
        self._deliver = self._tail.deliver if replay else self.listeners.deliver
        self._queue: queue.SimpleQueue[Sequence[Event] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)
        self._thread.start()

    def publish(self, events: Sequence[Event]) -> None:
        self._queue.put(events)

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join(timeout=2)

    def _run(self) -> None:
        looked = time.monotonic()
        while True:
            try:
                events = self._queue.get(timeout=self._look_s)
            except queue.Empty:
                events = ()
            if events is None:
                return
            self._deliver(events)
            if self._look_s is not None and time.monotonic() - looked >= self._look_s:
                looked = time.monotonic()
                self._tail.catch_up()


class RedisBus:
    """The shared mode's bus. Redis keeps nothing: ``replay`` finds what it lost."""

    def __init__(self, url: str, *, replay: Replay, last_seq: int, channel: str) -> None:
        """``channel`` keeps installations that share a Redis apart."""
        self._tail = Tail(replay, last_seq)
        self.subscribe = self._tail.listeners.subscribe
        self._redis = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._url = url
        self.channel = channel
        self._closing = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)
        self._thread.start()
        self._ready.wait(timeout=2)

    def publish(self, events: Sequence[Event]) -> None:
        try:
            self._redis.publish(self.channel, EVENTS.dump_json(list(events)))
        except redis.RedisError as error:
            log.warning("Redis did not take an event (%s); readers look it up", error)

    def close(self) -> None:
        self._closing.set()
        self._thread.join(timeout=2)
        self._redis.close()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._listen()
            except redis.RedisError as error:
                log.warning("Redis is out of reach (%s); trying again", error)
                self._tail.catch_up()
                self._closing.wait(1.0)

    def _listen(self) -> None:
        client = redis.Redis.from_url(self._url, socket_connect_timeout=2)
        try:
            make: Callable[[], PubSub] = client.pubsub  # untyped itself
            pubsub = make()
            pubsub.subscribe(self.channel)
            looked = time.monotonic()
            while not self._closing.is_set():
                message = pubsub.get_message(timeout=0.2)
                if message is not None and message["type"] == "subscribe":
                    self._tail.catch_up()
                    self._ready.set()
                elif message is not None and message["type"] == "message":
                    self._hear(message["data"])
                if time.monotonic() - looked >= LOOK_S:
                    looked = time.monotonic()
                    self._tail.catch_up()
        finally:
            client.close()

    def _hear(self, data: bytes) -> None:
        try:
            events = EVENTS.validate_json(data)
        except ValueError as error:  # of a newer version: the table is read instead
            log.warning("an event could not be read (%s)", error)
            self._tail.catch_up()
        else:
            self._tail.deliver(events)
