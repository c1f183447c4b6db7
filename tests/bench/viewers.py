"""Many viewers in one process, at the level of the protocol: what a browser asks, and no browser.

``python tests/bench/viewers.py FOLDER`` takes orders as the servers do.
"""

import asyncio
import json
import re
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import httpx
import websockets

from tests.bench.driver import Change
from tests.bench.remote import answer

CLIENT = re.compile(r"'client_id': '([0-9a-f-]{36})'")
AT_ONCE = 4
"""Viewers that open the page at the same time."""
PING, PONG = "2", "3"
OPEN, EVENT = "40", "42"
ACK_S = 3.0
"""As NiceGUI's script: what was received need not be kept for a reconnect."""
NUMBER = re.compile(r'"_id":(\d+)')


class Viewer:
    """One page with its socket; remembers when it was told each version of each shot."""

    def __init__(self, client_id: str | None) -> None:
        self.told: dict[str, list[tuple[int, float]]] = {}
        self._client_id = client_id
        self._acked = time.monotonic()
        self.line: websockets.ClientConnection | None = None

    async def listen(self) -> None:
        assert self.line is not None
        async for frame in self.line:
            now = time.time() * 1000
            if frame == PING:
                await self.line.send(PONG)
            elif isinstance(frame, str):
                for code, version in told(frame):
                    self.told.setdefault(code, []).append((version, now))
                await self._acknowledge(frame)

    async def _acknowledge(self, frame: str) -> None:
        number = NUMBER.search(frame) if self._client_id else None
        if number is None or time.monotonic() - self._acked < ACK_S or self.line is None:
            return
        self._acked = time.monotonic()
        news = {"client_id": self._client_id, "next_message_id": int(number[1]) + 1}
        await self.line.send(EVENT + json.dumps(["ack", news]))

    def heard(self, change: Change) -> float | None:
        """When it was told this version or a later one."""
        known = self.told.get(change.code, ())
        return min((at for version, at in known if version >= change.version), default=None)

    def last(self, code: str) -> int:
        return max((version for version, _ in self.told.get(code, ())), default=0)


def told(frame: str) -> Iterator[tuple[str, int]]:
    """Which shots a frame tells of, and their versions: of NiceGUI, or of the bare page."""
    if "version" not in frame:
        return
    if not frame.startswith(EVENT):
        news = json.loads(frame)
        yield news["code"], news["version"]
        return
    kind, data = json.loads(frame.removeprefix(EVENT))
    if kind != "update":
        return
    for element in data.values():
        props: Mapping[str, Any] = (isinstance(element, dict) and element.get("props")) or {}
        if "data-shot" in props and "data-version" in props:
            yield props["data-shot"], props["data-version"]


class Crowd:
    """What can be ordered; the viewers live on a loop of their own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="viewers", daemon=True).start()
        self._viewers: list[Viewer] = []
        self._tasks: list[asyncio.Task[None]] = []

    def open(self, address: str, sign_in: str | None, count: int) -> float:
        """Seconds until all have the page and its socket."""
        begin = time.perf_counter()
        asyncio.run_coroutine_threadsafe(self._open(address, sign_in, count), self._loop).result()
        return time.perf_counter() - begin

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()

    def latencies(self, changes: Sequence[Change]) -> list[float]:
        """Milliseconds from each change to each viewer; never told counts as infinite."""
        heard = [
            (viewer.heard(change), change.at) for viewer in self._viewers for change in changes
        ]
        return [float("inf") if at is None else at - begin for at, begin in heard]

    def wrong(self, versions: Mapping[str, int]) -> int:
        """Viewers whose last word about any of these shots is not the truth."""
        return sum(
            any(viewer.last(code) != version for code, version in versions.items())
            for viewer in self._viewers
        )

    async def _open(self, address: str, sign_in: str | None, count: int) -> None:
        gate = asyncio.Semaphore(AT_ONCE)
        async with httpx.AsyncClient(timeout=60, follow_redirects=True) as client:
            if sign_in is not None:
                await client.get(sign_in)
            await asyncio.gather(*(self._join(client, gate, address) for _ in range(count)))

    async def _join(self, client: httpx.AsyncClient, gate: asyncio.Semaphore, address: str) -> None:
        async with gate:
            page = await client.get(address)
            page.raise_for_status()
            found = CLIENT.search(page.text)
            viewer = Viewer(found[1] if found else None)
            cookies = "; ".join(f"{name}={text}" for name, text in client.cookies.items())
            viewer.line = await websockets.connect(
                _nicegui(address, found[1]) if found else _plain(address),
                max_size=None,
                ping_interval=None,
                compression=None,
                additional_headers={"Cookie": cookies} if cookies else {},
            )
            if found:
                await viewer.line.recv()  # engine.io's hello
                await viewer.line.send(OPEN)
                await viewer.line.recv()
        self._viewers.append(viewer)
        self._tasks.append(asyncio.create_task(viewer.listen()))

    async def _close(self) -> None:
        for viewer in self._viewers:
            if viewer.line is not None:
                await viewer.line.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._viewers, self._tasks = [], []


def _nicegui(address: str, client_id: str) -> str:
    """As its own script asks; ``implicit_handshake`` joins with the connection."""
    query = {
        "client_id": client_id,
        "next_message_id": 0,
        "implicit_handshake": "true",
        "document_id": uuid4(),
        "tab_id": uuid4(),
        "old_tab_id": "",
        "EIO": 4,
        "transport": "websocket",
    }
    return f"ws://{urlsplit(address).netloc}/_nicegui_ws/socket.io/?{urlencode(query)}"


def _plain(address: str) -> str:
    parts = urlsplit(address)
    return f"ws://{parts.netloc}/ws{parts.path}"


def run(folder: Path) -> None:
    crowd = Crowd()
    orders = ("open", "close", "latencies", "wrong")
    answer(folder, {name: getattr(crowd, name) for name in orders})
    print("Viewers ready.", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
