"""A page's line, the websocket it is kept by: it ends with the session that opened it.

The page itself need not know: one that is told to load again is sent to sign in by the door.
"""

import json
import time
from asyncio import timeout
from collections.abc import Callable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Send

LOOK_S = 10.0
"""How often a line on which nothing is asked looks whether its session holds."""
COMMAND = '42["event"'
"""How a person's act begins in Socket.IO's words; all else keeps the line itself."""
RELOAD = '42["run_javascript",{"code":"location.reload()"}]'
WELCOME = "0" + json.dumps(
    {"sid": "none", "upgrades": [], "pingInterval": 25_000, "pingTimeout": 20_000}
)
REFUSED = '44{"message":"Implicit handshake failed"}'
"""NiceGUI's own words for a page it doesn't know: the browser loads it again."""
PATIENCE_S = 5.0
OVER = 1008


class Line:
    """What passes on an admitted line; no act of a session that is over comes through."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        *,
        still: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._receive = receive
        self._send = send
        self._still = still
        self._clock = clock
        self._looked = clock()
        self._is_over = False

    async def receive(self) -> Message:
        """As the browser sent it; a disconnect once the session is over."""
        message = await self._receive()
        if message["type"] != "websocket.receive" or await self._holds(message):
            return message
        self._is_over = True
        await self._send({"type": "websocket.send", "text": RELOAD})
        await self._send({"type": "websocket.close", "code": OVER})
        return {"type": "websocket.disconnect", "code": OVER}

    async def send(self, message: Message) -> None:
        if not self._is_over:
            await self._send(message)

    async def _holds(self, message: Message) -> bool:
        is_act = (message.get("text") or "").startswith(COMMAND)
        if not is_act and self._clock() - self._looked < LOOK_S:
            return True
        self._looked = self._clock()
        return await run_in_threadpool(self._still)


async def turn_away(receive: Receive, send: Send) -> None:
    """Let a page of ours know that its session is over: closing would only make it try again."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": WELCOME})
    with suppress(TimeoutError):
        async with timeout(PATIENCE_S):
            if (await receive())["type"] != "websocket.receive":
                return
    await send({"type": "websocket.send", "text": REFUSED})
    await send({"type": "websocket.close", "code": OVER})
