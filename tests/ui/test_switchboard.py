"""The tuned line sends what socket.io's own does; a new version of it can't differ unseen."""

import asyncio
from typing import Any

import pytest
from engineio.packet import Packet as Frame  # type: ignore[import-untyped]
from nicegui import json
from socketio import AsyncServer  # type: ignore[import-untyped]

from ui.switchboard import TextPacket, tune

CHANGE = {"17": {"tag": "div", "text": "Läuft · \u202f5", "props": {"data-version": 3}}, "_id": 4}


class Wire:
    """A server whose frames are kept instead of sent."""

    def __init__(self, *, tuned: bool) -> None:
        self.server = AsyncServer(async_mode="asgi", json=json)
        if tuned:
            tune(self.server)
        self.sent: list[tuple[str, Any]] = []
        self.server.eio.send_packet = self._keep

    async def join(self, *rooms: str) -> None:
        """One browser for each: in a room of its own."""
        for room in rooms:
            sid = await self.server.manager.pre_connect(f"line of {room}", "/")
            await self.server.manager.connect(sid, "/")
            await self.server.enter_room(sid, room)
            await self.server.enter_room(sid, "all")

    async def _keep(self, to: str, frame: Frame) -> None:
        self.sent.append((to, frame.encode()))


async def both(event: str, data: Any, room: str) -> tuple[Wire, Wire]:
    own, ours = Wire(tuned=False), Wire(tuned=True)
    for wire in (own, ours):
        await wire.join("mira", "jonas")
        await wire.server.emit(event, dict(data), room=room)
    return own, ours


@pytest.mark.parametrize("room", ["mira", "all", "nobody"])
@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("update", CHANGE),
        ("run_javascript", {"code": "1"}),
        ("notify", {"message": "hello"}),
        ("load_js_components", {"components": [{"key": "a1/input.js", "tag": "nicegui-input"}]}),
        ("download", {"src": b"bytes"}),
    ],
)
async def test_the_same_frames_reach_the_same_browsers(event: str, data: Any, room: str) -> None:
    own, ours = await both(event, data, room)
    assert ours.sent == own.sent
    assert len({to for to, _ in ours.sent}) == {"mira": 1, "all": 2, "nobody": 0}[room]


def test_nothing_is_looked_for_where_there_is_only_text() -> None:
    class Untouched(dict[str, Any]):
        def values(self) -> Any:
            raise AssertionError("somebody looks for bytes")

    assert not TextPacket.data_is_binary(["update", Untouched()])
    assert TextPacket.data_is_binary(["download", {"src": b"bytes"}])


async def test_what_a_browser_says_is_understood() -> None:
    wire = Wire(tuned=True)
    heard: list[Any] = []

    async def hear(_sid: str, told: Any) -> None:
        heard.append(told)

    wire.server.on("event", hear)
    await wire.join("mira")
    await wire.server._handle_eio_message("line of mira", '2["event",{"id":5}]')  # noqa: SLF001
    async with asyncio.timeout(10):
        while not heard:  # noqa: ASYNC110 -- of what it watches nobody tells
            await asyncio.sleep(0)
    assert heard == [{"id": 5}]
