"""The door: an ASGI middleware that every request and every socket passes.

Nothing behind it is called before the judge has let the request in, and no body is read before.
It is the outermost middleware: added last.
"""

import logging
from collections.abc import Collection

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import StudioError
from domain.studio import Studio
from ui.problems import of_error, problem, unforeseen
from ui.session import sizes
from ui.session.headers import with_headers
from ui.session.hosts import Hosts
from ui.session.judge import Judge
from ui.session.line import OVER, Line, turn_away
from ui.session.visit import Visit

log = logging.getLogger(__name__)


def guard(app: FastAPI, studio: Studio, *, hosts: Hosts, open_paths: Collection[str] = ()) -> None:
    """Put the door before ``app``; call it last. ``open_paths``: the login page's assets."""
    judge = Judge(studio.signing_in, hosts, open_paths=open_paths)
    app.add_middleware(Door, judge=judge)


class Door:
    """What fails behind it is one problem here, and the rest is in the log."""

    def __init__(self, app: ASGIApp, *, judge: Judge) -> None:
        self.app = app
        self._judge = judge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._request(scope, receive, send)
            case "websocket":
                await self._socket(scope, receive, send)
            case _:
                await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = Visit(scope)
        scope.setdefault("state", {})
        if visit.token is not None:
            # Nothing behind the door, no log included, ever sees it.
            scope["query_string"] = visit.query_without_token.encode()
        started = ended = False

        async def watched(message: Message) -> None:
            nonlocal started, ended
            started = started or message["type"] == "http.response.start"
            ended = started and not message.get("more_body", message["type"].endswith("start"))
            await send(message)

        answer = with_headers(watched, visit)
        try:
            refused = await self._judge.decide(visit, scope)
            if refused is not None:
                await refused(scope, receive, answer)
                return
            limit = sizes.most(visit, stranger="user" not in scope["state"])
            await self.app(scope, sizes.counted(receive, limit), answer)
        except Exception as error:
            if started and not ended:
                raise  # the server cuts the connection, so that nobody takes a part for the whole
            failed = _failed(error, visit)
            if not started:
                await failed(scope, receive, answer)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = Visit(scope)
        if await self._judge.admits_socket(visit, scope):
            line = Line(receive, send, still=scope["state"]["still"])
            await self.app(scope, line.receive, line.send)
        elif self._judge.is_own_page(visit) and visit.was_open:
            await turn_away(receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": OVER})


def _failed(error: Exception, visit: Visit) -> Response:
    match error:
        case StudioError():
            return of_error(error)
        case HTTPException():
            return problem(error.status_code, str(error.detail), headers=error.headers)
        case _:
            log.error("%s %s failed", visit.method, visit.path, exc_info=error)
            return unforeseen()
