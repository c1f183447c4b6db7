"""The session's cookie: for our server alone, out of reach of scripts."""

from starlette.responses import Response

from ui.session.hosts import Hosts
from ui.session.visit import Visit

SESSION_S = 30 * 24 * 3600


def keep_session(answer: Response, visit: Visit, cookie: str, *, hosts: Hosts) -> None:
    """Let the browser keep a session; behind https never over anything less."""
    public = hosts.is_public_secure and hosts.is_public(visit.host)
    answer.set_cookie(
        visit.cookie_name,
        cookie,
        max_age=SESSION_S,
        httponly=True,
        samesite="lax",
        secure=visit.is_secure or public,
    )
