"""Doubles of ports, for tests: fakes that work, never mocks."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from domain.errors import Invalid, NotFound
from domain.events import Event
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import Inspected
from domain.work.inputs import tainted
from domain.work.provider import Ask, Capabilities, Handle, Made, Readiness, Update
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
        events = [one for one in events if one.type != "audit"]
        if not events:
            return
        self._diary.entries.append("news")
        self._diary.events.extend(events)
        for listener in list(self._listeners):
            listener(events)

    def subscribe(self, listener: Callable[[Sequence[Event]], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None: ...


class Killed(BaseException):
    """Stands for a worker that is killed at a named point: nothing after it happens."""


class ScriptedProvider:
    """`domain.work.provider.Provider` that does what a test tells it, and keeps the bill.

    ``on_submit``, ``on_poll`` and ``on_result`` are taken one a call, from the front: an update
    to give, an error or `Killed` to raise, what to do while it is made, None for the usual.
    ``Killed`` in ``after_bill`` comes when the provider has taken the order and before anybody
    knows.
    """

    def __init__(
        self,
        name: str = "fake",
        *,
        kind: ProviderKind = ProviderKind.FAKE,
        makes: Iterable[MediaType] = (MediaType.IMAGE,),
        **capabilities: Any,
    ) -> None:
        self.name = name
        self.capabilities = Capabilities(kind=kind, makes=frozenset(makes), **capabilities)
        self.readiness = Readiness()
        self.on_submit: list[BaseException | None] = []
        self.after_bill: list[BaseException | None] = []
        self.on_poll: list[Update | BaseException | None] = []
        self.on_result: list[bytes | BaseException | Callable[[Ask], None] | None] = []
        self.submitted: list[str] = []
        self.bills: Counter[str] = Counter()
        self.cancelled: list[str] = []
        self.attempts: list[int] = []
        self.inputs: list[tuple[str, ...]] = []
        """Names and bytes of what each was made from."""

    def check(self) -> Readiness:
        return self.readiness

    def submit(self, ask: Ask) -> Handle:
        self.submitted.append(ask.key)
        self.attempts.append(ask.attempt)
        _stumble(self.on_submit)
        if not (self.capabilities.idempotent_submit and self.bills[ask.key]):
            self.bills[ask.key] += 1
        _stumble(self.after_bill)
        return Handle(provider_job_id=f"{self.name} {ask.key}")

    def poll(self, _handle: Handle) -> Update:
        told = _next(self.on_poll)
        _raise(told)
        return told if isinstance(told, Update) else Update(phase="ready")

    def result(self, ask: Ask, _handle: Handle) -> Made:
        told = _next(self.on_result)
        _raise(told)
        if callable(told):
            told(ask)
        fetch = ask.fetch or (lambda _: b"")
        self.inputs.append(tuple(f"{one.name}: {fetch(one).decode()}" for one in ask.inputs))
        kind = tainted(self.capabilities.kind, ask.inputs)
        made = {MediaType.VIDEO: "clip", MediaType.VOICE: "voice"}.get(ask.media_type, "picture")
        data = told if isinstance(told, bytes) else f"{made} of {ask.key}, {kind}".encode()
        return Made(data=data, realised={**ask.spec, "model": self.name})

    def cancel(self, handle: Handle) -> None:
        self.cancelled.append(handle.provider_job_id)


T = TypeVar("T")


def _next(script: list[T]) -> T | None:
    return script.pop(0) if script else None


def _stumble(script: list[BaseException | None]) -> None:
    told = _next(script)
    _raise(told)


def _raise(told: object) -> None:
    if isinstance(told, BaseException):
        raise told


class MemoryStore:
    """`domain.ports.MediaStore` in a dictionary; ``on_put`` is raised once each."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.on_put: list[BaseException | None] = []

    def put(self, data: bytes, extension: str) -> str:
        _stumble(self.on_put)
        sha256 = hashlib.sha256(data).hexdigest()
        self.files[f"{sha256}.{extension}"] = data
        return sha256

    def has(self, file: str) -> bool:
        return file in self.files

    def size(self, file: str) -> int:
        return len(self.read(file))

    def read(self, file: str, start: int = 0, stop: int | None = None) -> bytes:
        if file not in self.files:
            raise NotFound(f"There is no {file}.")
        return self.files[file][start:stop]

    def stream(self, file: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        return iter([self.read(file, start, stop)])

    def put_derived(self, file: str, width: int, data: bytes) -> None:
        self.files[f"{file}.{width}"] = data

    def derived(self, file: str, width: int) -> bytes | None:
        return self.files.get(f"{file}.{width}")

    def path(self, _file: str) -> Path | None:
        return None

    def delete(self, file: str) -> None:
        self.files.pop(file, None)

    def check(self) -> None: ...


_PICTURE = "image/png", "png", MediaType.IMAGE
_TOLD = {
    b"clip": ("video/mp4", "mp4", MediaType.VIDEO),
    b"voice": ("audio/wav", "wav", MediaType.VOICE),
}


class TrustingInspector:
    """`domain.ports.MediaInspector` that takes all bytes for small pictures, but ``b"bad"``.

    What begins with ``clip`` or ``voice`` is one. ``marked_fake`` None: by what a
    `ScriptedProvider` says in its bytes.
    """

    def __init__(self, *, marked_fake: bool | None = True) -> None:
        self.marked_fake = marked_fake

    def inspect(self, data: bytes) -> Inspected:
        if data == b"bad":
            raise Invalid("This does not decode.")
        fake = data.endswith(b", fake") if self.marked_fake is None else self.marked_fake
        mime, extension, media_type = next(
            (found for word, found in _TOLD.items() if data.startswith(word)), _PICTURE
        )
        return Inspected(
            mime=mime,
            extension=extension,
            media_type=media_type,
            width=64,
            height=64,
            marked_fake=fake,
            poster=b"poster",
        )

    def thumbnail(self, data: bytes, _width: int) -> bytes:
        return b"thumbnail of " + data

    def sound(self, data: bytes) -> bytes:
        return data
