"""The baseline: a bare Starlette websocket page. ``python tests/bench/bare.py FOLDER PICTURES``."""

import asyncio
import json
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.bench import bare_page
from tests.bench.driver import Change
from tests.bench.house import cost
from tests.bench.production import code
from tests.bench.remote import answer
from ui import theme
from ui.live import SUMS_S
from ui.server import bind

STATES = ("pending", "running", "succeeded")
"""What a change makes of a card, in turn."""
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class Bare:
    """One page, any number of shots; everybody is told every change."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures
        self._count = len(list(pictures.glob("*.webp")))
        self._shots: dict[str, int] = {}
        self._versions: dict[str, dict[str, int]] = {}
        self._flags: dict[str, list[str]] = {}
        self._due: set[str] = set()
        self._viewers: dict[WebSocket, str] = {}
        self._turn = count()
        self._loop: asyncio.AbstractEventLoop | None = None

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/p/{key}", self._page),
                Route("/p/{key}/s/{opened}", self._page),
                Route("/pictures/{name}", self._picture),
                Route("/theme.css", self._theme),
                WebSocketRoute("/ws/p/{key}", self._line),
                WebSocketRoute("/ws/p/{key}/s/{opened}", self._line),
            ],
            middleware=[Middleware(GZipMiddleware)],
        )

    # what can be ordered

    def create(self, key: str, shots: int) -> None:
        self._shots[key] = shots
        self._versions[key] = {}
        self._flags[key] = [bare_page.first_flag(at) for at in range(1, shots + 1)]

    def change(self, key: str, count: int, pace: float, among: int) -> list[Change]:
        """Nothing is stored; the stamp is taken where the house's commit would be over."""
        changes = []
        begin = time.perf_counter()
        for number in range(count):
            turn = next(self._turn)
            state = STATES[turn % 3]
            changes.append(self._tell(key, code(turn // 3 % among + 1), state))
            time.sleep(max(0.0, begin + (number + 1) * pace - time.perf_counter()))
        return changes

    def cancel(self, key: str, code: str) -> None:
        self._tell(key, code, "cancelled")

    def versions(self, key: str) -> dict[str, int]:
        return self._versions[key]

    def _tell(self, key: str, name: str, state: str) -> Change:
        known = self._versions[key]
        version = known[name] = known.get(name, 1) + 1
        change = Change(name, version, time.time() * 1000)
        news = bare_page.news(name, version, state)
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._spread(key, news), self._loop)
        return change

    async def _spread(self, key: str, news: dict[str, Any]) -> None:
        """The card at once, the sums a little later: as the house does."""
        self._flags[key][int(news["code"].rpartition("SH")[2]) - 1] = news["wears"]["flag"]
        await self._broadcast(key, json.dumps(news))
        if key not in self._due:
            self._due.add(key)
            await asyncio.sleep(SUMS_S)
            self._due.discard(key)
            await self._broadcast(key, json.dumps(bare_page.sums(self._flags[key])))

    async def _broadcast(self, key: str, news: str) -> None:
        told = [one for one, looks_at in self._viewers.items() if looks_at == key]
        await asyncio.gather(*(one.send_text(news) for one in told))

    # what is served

    async def _page(self, request: Request) -> Response:
        key: str = request.path_params["key"]
        opened: str | None = request.path_params.get("opened")
        return HTMLResponse(bare_page.page(key, self._shots[key], self._count, opened))

    async def _picture(self, request: Request) -> Response:
        return FileResponse(self._pictures / request.path_params["name"], headers=FOREVER)

    async def _theme(self, _request: Request) -> Response:
        return Response(theme.stylesheet(), media_type="text/css", headers=FOREVER)

    async def _line(self, viewer: WebSocket) -> None:
        self._loop = asyncio.get_running_loop()
        key: str = viewer.path_params["key"]
        await viewer.accept()
        self._viewers[viewer] = key
        try:
            while True:
                await self._obey(viewer, key, await viewer.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            del self._viewers[viewer]

    async def _obey(self, viewer: WebSocket, key: str, order: str) -> None:
        verb, _, about = order.partition(" ")
        if verb == "fill":
            html = bare_page.cards(int(about), self._shots[key], self._count)
            await viewer.send_text(json.dumps({"fill": about, "html": html}))
        else:
            self._tell(key, about, "pending")


def run(folder: Path, pictures: Path) -> None:
    bare = Bare(pictures)
    orders: dict[str, Any] = {
        name: getattr(bare, name) for name in ("create", "change", "cancel", "versions")
    }
    answer(folder, orders | {"cost": cost})
    listener = bind("127.0.0.1", 0)
    config = uvicorn.Config(bare.app(), log_level="warning", ws_ping_interval=None)
    print(f"Bare ready: http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
