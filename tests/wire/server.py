"""A vendor's server for tests: a real socket on loopback, answers as its wire has them.

What a test puts into ``script`` is answered first, one a request to that path; after that the
fake does the vendor's work. Everything it was asked stands in ``asked``.
"""

import json
import socket
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Handler = Callable[[Request, bytes], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a test wants said."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        if isinstance(self.body, bytes):
            return Response(self.body, self.status, headers=dict(self.headers))
        return JSONResponse(self.body, self.status, headers=dict(self.headers))


class WireFake:
    """Use in ``with``; ``url`` is its origin."""

    def __init__(self) -> None:
        self.script: dict[str, list[Answer]] = defaultdict(list)
        self.asked: list[Asked] = []
        self.hold: dict[str, threading.Event] = {}
        """A path whose answer waits until its event is set."""
        self.arrived = threading.Condition()
        routes = [
            Route(path, self._answering(handler), methods=[method])
            for (method, path), handler in self.routes().items()
        ]
        self._app = Starlette(routes=routes)
        self._app.router.default = self._lost
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(self._app, log_level="error", lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    def routes(self) -> dict[tuple[str, str], Handler]:
        """What the vendor answers, by method and path."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._socket.listen()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for event in self.hold.values():
            event.set()
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(20)
        self._socket.close()

    def say(self, path: str, *answers: Answer) -> None:
        self.script[path] += answers

    def calls(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    def wait_for(self, path: str, count: int = 1, within: float = 30) -> None:
        """Until so many requests to a path have arrived."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.calls(path)) >= count, within), path

    def _answering(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await self._answer(request, handler)

        return answer

    async def _lost(self, scope: Any, receive: Any, send: Any) -> None:
        async def nothing(_request: Request, _body: bytes) -> Response:
            return JSONResponse({"detail": "Not Found"}, 404)

        response = await self._answer(Request(scope, receive), nothing)
        await response(scope, receive, send)

    async def _answer(self, request: Request, handler: Handler) -> Response:
        body = await request.body()
        path = request.url.path
        with self.arrived:
            self.asked.append(Asked(request.method, path, dict(request.headers), body))
            self.arrived.notify_all()
        if path in self.hold:
            await run_in_threadpool(self.hold[path].wait, 60)
        scripted = self.script[path]
        return scripted.pop(0).response() if scripted else await handler(request, body)
