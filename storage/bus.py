"""Event buses: within one process, and between processes over Redis.

Both deliver on a thread of their own, in order. An event is a doorbell: one that gets lost in
Redis is found in the event table by the next look, at most ``LOOK_S`` later.
"""

import logging
import queue
import threading
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
        for listener in self._all:
            try:
                listener(events)
            except Exception:
                log.exception("a listener failed")


class LocalBus:
    """The embedded mode's bus."""

    def __init__(self) -> None:
        self._listeners = Listeners()
        self.subscribe = self._listeners.subscribe
        self._queue: queue.SimpleQueue[Sequence[Event] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)
        self._thread.start()

    def publish(self, events: Sequence[Event]) -> None:
        self._queue.put(events)

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join(timeout=2)

    def _run(self) -> None:
        while (events := self._queue.get()) is not None:
            self._listeners.deliver(events)


class RedisBus:
    """The shared mode's bus. Redis keeps nothing: ``replay`` finds what it lost."""

    def __init__(self, url: str, *, replay: Replay, last_seq: int, channel: str) -> None:
        """``channel`` keeps installations that share a Redis apart."""
        self._listeners = Listeners()
        self.subscribe = self._listeners.subscribe
        self._redis = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._url = url
        self._channel = channel
        self._replay = replay
        self._last_seq = last_seq
        self._closing = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)
        self._thread.start()
        self._ready.wait(timeout=2)

    def publish(self, events: Sequence[Event]) -> None:
        try:
            self._redis.publish(self._channel, EVENTS.dump_json(list(events)))
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
                self._catch_up()
                self._closing.wait(1.0)

    def _listen(self) -> None:
        client = redis.Redis.from_url(self._url, socket_connect_timeout=2)
        try:
            make: Callable[[], PubSub] = client.pubsub
            pubsub = make()
            pubsub.subscribe(self._channel)
            quiet = 0.0
            while not self._closing.is_set():
                message = pubsub.get_message(timeout=0.2)
                if message is None:
                    quiet += 0.2
                    if quiet >= LOOK_S:
                        quiet = 0.0
                        self._catch_up()
                elif message["type"] == "subscribe":
                    self._catch_up()
                    self._ready.set()
                elif message["type"] == "message":
                    self._hear(EVENTS.validate_json(message["data"]))
        finally:
            client.close()

    def _hear(self, events: Sequence[Event]) -> None:
        self._last_seq = max([self._last_seq, *(one.seq or 0 for one in events)])
        self._listeners.deliver(events)

    def _catch_up(self) -> None:
        try:
            missed = self._replay(self._last_seq)
        except Exception:
            log.exception("the event table can't be read")
            return
        if missed:
            self._hear(missed)
