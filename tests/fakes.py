"""Doubles of ports, for tests: fakes that work, never mocks."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Lock

from domain.events import Event
from tests.builders import BEGINNING


class FakeClock:
    """`domain.ports.Clock` that stands still until a test moves it."""

    def __init__(self, now: datetime = BEGINNING) -> None:
        self._now = now
        self._lock = Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def forward(self, by: timedelta) -> None:
        with self._lock:
            self._now += by


class Diary:
    """What happened after commits, in order: hints as (job id, delay), news as events."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.hints: list[tuple[str, float]] = []
        self.events: list[Event] = []

    def clear(self) -> None:
        self.entries.clear()
        self.hints.clear()
        self.events.clear()


class RecordingDispatcher:
    """`domain.ports.Dispatcher` that only notes down."""

    def __init__(self, diary: Diary, before: Callable[[str], None] = lambda _: None) -> None:
        self._diary = diary
        self._before = before

    def dispatch(self, job_id: str, *, delay: float = 0.0) -> None:
        self._before(job_id)
        self._diary.entries.append("hint")
        self._diary.hints.append((job_id, delay))


class RecordingBus:
    """`domain.ports.EventBus` that notes down, and delivers at once on the caller's thread."""

    def __init__(self, diary: Diary) -> None:
        self._diary = diary
        self._listeners: list[Callable[[Sequence[Event]], None]] = []

    def publish(self, events: Sequence[Event]) -> None:
        self._diary.entries.append("news")
        self._diary.events.extend(events)
        for listener in list(self._listeners):
            listener(events)

    def subscribe(self, listener: Callable[[Sequence[Event]], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None: ...
