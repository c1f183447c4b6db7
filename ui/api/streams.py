"""Readers of a production's news, and how each keeps its place.

The event table is the truth, the bus only its doorbell: after each ring the table is read on
from where the reader stands, so nothing is missing, doubled or out of order.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool

from domain.access import User
from domain.errors import Unavailable
from domain.events import Event
from domain.usecases.following import PAGE, Following, Place
from ui.api.wire import KEEP_ALIVE, OPENING, written

KEEP_ALIVE_S = 15.0
"""After so long without news a comment says that the line is alive."""


class Streams:
    """All open streams of this process; ``close`` ends them cleanly, from any thread."""

    def __init__(self, following: Following) -> None:
        self._following = following
        self._open: set[Stream] = set()
        self._guard = threading.Lock()
        self._closed = False

    async def open(self, user: User, key: str, last: int | None) -> "Stream":
        """From now on, or after event ``last``. Raises NotFound."""
        stream = Stream(self._following, user, asyncio.get_running_loop(), self._forget)
        try:
            await run_in_threadpool(stream.begin, key, last)
        except BaseException:
            stream.leave()
            raise
        with self._guard:
            self._open.add(stream)
            closed = self._closed
        if closed:
            stream.leave()
            raise Unavailable("The server is stopping.")
        return stream

    def close(self) -> None:
        with self._guard:
            self._closed = True
            ending = list(self._open)
        for stream in ending:
            stream.end()

    def _forget(self, stream: "Stream") -> None:
        with self._guard:
            self._open.discard(stream)


class Stream:
    """One reader of one production."""

    def __init__(
        self,
        following: Following,
        user: User,
        loop: asyncio.AbstractEventLoop,
        forget: Callable[["Stream"], None],
    ) -> None:
        self._following = following
        self._user = user
        self._loop = loop
        self._forget = forget
        self._place = Place(project_id="", seq=0)
        self._progress: dict[str | None, Event] = {}
        self._rung = asyncio.Event()
        self._ended = False
        # Heard from before the place is read, so that nothing falls between.
        self._unsubscribe = following.listen(self._ring)

    def begin(self, key: str, last: int | None) -> None:
        self._place = self._following.begin(self._user, key, last)

    def end(self) -> None:
        """Finish the answer; from any thread."""
        self._ended = True
        self._on_loop(self._rung.set)

    def leave(self) -> None:
        """Nobody reads any more."""
        self._unsubscribe()
        self._forget(self)

    async def lines(self, still: Callable[[], bool]) -> AsyncIterator[bytes]:
        """``still`` says whether the reader is still signed in; asked every 15 s."""
        yield OPENING
        looked = time.monotonic()
        while not self._ended:
            self._rung.clear()
            async for news in self._news():
                yield news
            if progress := list(self._progress.values()):
                self._progress.clear()
                yield b"".join(written(one) for one in progress)
            is_quiet = False
            try:
                async with asyncio.timeout(KEEP_ALIVE_S):
                    await self._rung.wait()
            except TimeoutError:
                is_quiet = True
            if is_quiet or time.monotonic() - looked >= KEEP_ALIVE_S:
                looked = time.monotonic()
                if not await run_in_threadpool(still):
                    return
            if is_quiet:
                yield KEEP_ALIVE

    async def _news(self) -> AsyncIterator[bytes]:
        full = True
        while full:
            events = await run_in_threadpool(self._following.after, self._user, self._place)
            full = len(events) == PAGE
            if events:
                self._place = self._place.evolve(seq=events[-1].seq)
                yield b"".join(written(one) for one in events)

    def _ring(self, events: Sequence[Event]) -> None:
        """On a thread of the bus."""
        self._on_loop(self._hear, events)

    def _hear(self, events: Sequence[Event]) -> None:
        own = [one for one in events if one.project_id == self._place.project_id]
        self._progress.update((one.slot_id, one) for one in own if one.type == "progress")
        if own or not self._place.project_id:
            self._rung.set()

    def _on_loop(self, call: Callable[..., Any], *arguments: Any) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody reads any more
            self._loop.call_soon_threadsafe(call, *arguments)
