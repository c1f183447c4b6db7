"""The door: an ASGI middleware that every request and every socket passes.

In this order: is the Host ours, who is it, may this origin ask, is it too large. Only then is
anything behind it called. It is the outermost middleware: added last.
"""

import logging
from collections.abc import Collection
from urllib.parse import quote

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.access import User
from domain.errors import StudioError, Unauthorised
from domain.studio import Studio
from domain.usecases.signing_in import SigningIn
from ui.problems import of_error, problem, unforeseen
from ui.session import sizes
from ui.session.headers import with_headers
from ui.session.hosts import Hosts
from ui.session.keeping import keep_session
from ui.session.user import remember
from ui.session.visit import Visit

log = logging.getLogger(__name__)

LOGIN = "/login"
OPEN_PATHS = frozenset({LOGIN, "/healthz", "/readyz"})
"""Answered to anybody; beside them the signed addresses under ``/media/``."""
METRICS = "/metrics"


def guard(
    app: FastAPI,
    studio: Studio,
    *,
    hosts: Hosts,
    open_paths: Collection[str] = (),
) -> None:
    """Put the door before ``app``; call it last. ``open_paths``: the login page's assets."""
    app.add_middleware(
        Door,
        signing_in=studio.signing_in,
        hosts=hosts,
        open_paths=open_paths,
    )


class Door:
    """Decides before a body is read. Sessions are looked up each time: a revoked one is over."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        signing_in: SigningIn,
        hosts: Hosts,
        open_paths: Collection[str] = (),
    ) -> None:
        self.app = app
        self._signing_in = signing_in
        self._hosts = hosts
        self._open = OPEN_PATHS | frozenset(open_paths)

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
            refused = await self._decide(visit, scope)
            if refused is not None:
                await refused(scope, receive, answer)
                return
            await self.app(scope, sizes.counted(receive, _limit(visit, scope)), answer)
        except Exception as error:
            if started and not ended:
                raise  # the server cuts the connection, so that nobody takes a part for the whole
            failed = _failed(error, visit)
            if not started:
                await failed(scope, receive, answer)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = Visit(scope)
        origin = visit.headers.get("origin")
        allowed = self._hosts.knows(visit.host) and (
            origin is None or self._hosts.is_own(origin, visit.host)
        )
        user = await self._who(visit) if allowed else None
        if user is None:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        remember(scope, user)
        await self.app(scope, receive, send)

    async def _decide(self, visit: Visit, scope: Scope) -> Response | None:
        """Who it is, noted in the scope; or the answer that sends them away."""
        if not self._hosts.knows(visit.host):
            return problem(421, "This server does not go by that name.", code="unknown_host")
        if visit.is_garbled:
            return problem(400, "There is a NUL in the address.")
        refused = None if self._is_open(visit) else await self._sign_in(visit, scope)
        if refused is not None:
            return refused
        if visit.bearer is None and not visit.is_safe and not self._may_act(visit):
            return problem(403, "A page of another origin may not do this.", code="bad_origin")
        limit = _limit(visit, scope)
        if sizes.declared(visit) > limit:
            return _failed(sizes.refusal(limit), visit)
        return None

    async def _sign_in(self, visit: Visit, scope: Scope) -> Response | None:
        if visit.token is not None and visit.method == "GET" and visit.may_be_page:
            return await self._let_in(visit, visit.token)
        user = await self._who(visit)
        if user is None:
            return self._send_to_login(visit)
        remember(scope, user)
        return None

    def _is_open(self, visit: Visit) -> bool:
        if visit.path in self._open or visit.path.startswith("/media/"):
            return True
        return visit.path == METRICS and visit.is_local

    def _may_act(self, visit: Visit) -> bool:
        """Whether a page of ours asks, or no page at all.

        A browser says where a request comes from; a program with a cookie says nothing.
        """
        site = visit.headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            return False
        origin = visit.headers.get("origin")
        return origin is None or self._hosts.is_own(origin, visit.host)

    async def _who(self, visit: Visit) -> User | None:
        try:
            if visit.bearer is not None:
                user = self._signing_in.by_token(visit.bearer)
            elif visit.cookie:
                user = await run_in_threadpool(self._signing_in.by_session, visit.cookie)
            else:
                return None
        except Unauthorised:
            return None
        return user.evolve(local=visit.is_local)

    async def _let_in(self, visit: Visit, token: str) -> Response:
        """The printed address: a session, and the same address without its token."""
        try:
            cookie = await run_in_threadpool(self._signing_in.open_door, token)
        except Unauthorised:
            if await self._who(visit) is None:
                return self._send_to_login(visit, page=True)
            return RedirectResponse(visit.here, status_code=303)
        answer = RedirectResponse(visit.here, status_code=303)
        keep_session(answer, visit, cookie, hosts=self._hosts)
        return answer

    def _send_to_login(self, visit: Visit, *, page: bool = False) -> Response:
        if page or visit.wants_page:
            where = "" if visit.here == "/" else f"?next={quote(visit.here, safe='/')}"
            return RedirectResponse(f"{LOGIN}{where}", status_code=303)
        return problem(401, "Sign in, or send Authorization: Bearer with a token.")


def _limit(visit: Visit, scope: Scope) -> int:
    return sizes.most(visit, stranger="user" not in scope.get("state", {}))


def _failed(error: Exception, visit: Visit) -> Response:
    match error:
        case StudioError():
            return of_error(error)
        case HTTPException():
            return problem(error.status_code, str(error.detail), headers=error.headers)
        case _:
            log.error("%s %s failed", visit.method, visit.path, exc_info=error)
            return unforeseen()
