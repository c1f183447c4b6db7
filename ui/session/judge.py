"""The judgement on a request by its head alone: where it may go, or what sends it away.

In this order: is the Host ours, who is it, may this origin ask, is it too large.
"""

from collections.abc import Collection
from functools import partial
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from domain.access import User
from domain.errors import Unauthorised
from domain.usecases.signing_in import SigningIn
from ui.problems import problem
from ui.session import sizes
from ui.session.hosts import Hosts
from ui.session.keeping import keep_session
from ui.session.user import remember
from ui.session.visit import Visit

LOGIN = "/login"
OPEN_PATHS = frozenset({LOGIN, "/healthz", "/readyz"})
"""Answered to anybody; beside them the signed addresses under ``/media/``."""
METRICS = "/metrics"
SOCKET = "/_nicegui_ws/"


class Judge:
    """Sessions are looked up each time, so that a revoked one is over at once."""

    def __init__(
        self, signing_in: SigningIn, hosts: Hosts, *, open_paths: Collection[str] = ()
    ) -> None:
        self._signing_in = signing_in
        self._hosts = hosts
        self._open = OPEN_PATHS | frozenset(open_paths)

    async def decide(self, visit: Visit, scope: Scope) -> Response | None:
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
        limit = sizes.most(visit, stranger="user" not in scope["state"])
        return problem(413, sizes.words(limit)) if sizes.declared(visit) > limit else None

    async def admits_socket(self, visit: Visit, scope: Scope) -> bool:
        """A page's line: signed in, and from a page of ours where a browser opens it."""
        is_program = visit.headers.get("origin") is None and self._hosts.knows(visit.host)
        if not (is_program or self.is_own_page(visit)):
            return False
        user = await self._who(visit)
        if user is not None:
            remember(scope, user, still=partial(self._is_still, visit))
        return user is not None

    def is_own_page(self, visit: Visit) -> bool:
        """Whether a browser asks, for a page of ours."""
        origin = visit.headers.get("origin")
        known = origin is not None and self._hosts.knows(visit.host)
        return known and self._hosts.is_own(origin or "", visit.host)

    async def _sign_in(self, visit: Visit, scope: Scope) -> Response | None:
        if visit.token is not None and visit.method == "GET" and visit.may_be_page:
            return await self._let_in(visit, visit.token)
        user = await self._who(visit)
        if user is None:
            return self._send_to_login(visit)
        remember(scope, user, still=partial(self._is_still, visit))
        if visit.path.startswith(SOCKET):
            return problem(426, "The page's line is a websocket only.", code="websocket_only")
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
            if visit.bearer is None and visit.cookie:
                return await run_in_threadpool(self._known, visit)
            return self._known(visit)
        except Unauthorised:
            return None

    def _known(self, visit: Visit) -> User:
        """Raises Unauthorised for a stranger."""
        if visit.bearer is not None:
            user = self._signing_in.by_token(visit.bearer)
        elif visit.cookie:
            user = self._signing_in.by_session(visit.cookie)
        else:
            raise Unauthorised("Sign in first.")
        return user.evolve(local=visit.is_local and self._hosts.is_loopback_only)

    def _is_still(self, visit: Visit) -> bool:
        """Whether who came in would come in again; blocks for a look at the database."""
        try:
            self._known(visit)
        except Unauthorised:
            return False
        return True

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
            facts = {} if visit.here == "/" else {"next": visit.here}
            if visit.cookie and visit.token is None:
                facts["over"] = "1"
            where = f"?{urlencode(facts, safe='/', quote_via=quote)}" if facts else ""
            return RedirectResponse(f"{LOGIN}{where}", status_code=303)
        return problem(401, "Sign in, or send Authorization: Bearer with a token.")
