"""The API on our app: one application of its own for every address that is no page.

NiceGUI answers whatever nobody else took, with HTML. So everything under ``/api`` and ``/media``
and the health addresses goes here first, whatever the method, and errors are all problem+json.
"""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.errors import Lost, StudioError
from domain.studio import Studio
from ui.api.events import event_routes
from ui.api.health import health_routes
from ui.api.jobs import job_routes
from ui.api.library import library_routes
from ui.api.metrics import metrics_routes
from ui.api.projects import project_routes
from ui.api.providers import provider_routes
from ui.api.repeats import Repeats
from ui.api.revisions import revision_routes
from ui.api.scripts import script_routes
from ui.api.slots import slot_routes
from ui.api.state import state_routes
from ui.api.streams import Streams
from ui.api.takes import take_routes
from ui.api.trash import trash_routes
from ui.problems import Problem, no_such_path, of_error, problem, unforeseen
from ui.version import own_version

VERSION = "/api/v1"
FOLDERS = ("/api", "/media")
PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}, "description": words}
    for status, words in (
        (401, "Nobody is signed in"),
        (403, "This user may not"),
        (404, "No such thing"),
        (422, "The request is wrong"),
    )
}


def mount(
    app: FastAPI,
    studio: Studio,
    *,
    checks: Mapping[str, Callable[[], None]],
    media: APIRouter | None = None,
    viewers: Callable[[], int] = lambda: 0,
) -> Streams:
    """Add the API before all other routes of ``app``; returns its open streams, to be closed.

    ``checks``: what ``/readyz`` tries, each raising where its part is out of reach. ``viewers``:
    how many pages are open, for ``/metrics``.
    """
    streams = Streams(studio.following)
    api = FastAPI(
        title="Framewright",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=ERRORS,
    )
    for router in (
        project_routes(studio),
        revision_routes(studio),
        script_routes(studio),
        state_routes(studio),
        slot_routes(studio),
        take_routes(studio),
        trash_routes(studio),
        library_routes(studio),
        job_routes(studio),
        event_routes(streams),
        provider_routes(studio),
    ):
        api.include_router(router, prefix=VERSION)
    api.include_router(health_routes(checks))
    api.include_router(metrics_routes(studio.measuring, viewers=viewers, version=own_version()))
    if media is not None:
        api.include_router(media)
    _answer_errors(api)
    app.router.routes.insert(0, _Ours(Repeats(api, studio.idempotency)))
    return streams


class _Ours(BaseRoute):
    """Takes its paths as they are, whatever the method."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = scope.get("path", "")
        ours = path in PATHS or f"{path}/".startswith(tuple(f"{one}/" for one in FOLDERS))
        return (Match.FULL if ours and scope["type"] == "http" else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _answer_errors(api: FastAPI) -> None:
    @api.exception_handler(StudioError)
    def refused(_request: Request, error: StudioError) -> Response:
        return of_error(error)

    @api.exception_handler(Lost)
    def lost(_request: Request, _error: Lost) -> Response:
        return problem(409, "It changed meanwhile; look again.", code="changed_meanwhile")

    @api.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> Response:
        # Without what was sent: it may be anything, a secret too.
        found = [{name: one[name] for name in ("loc", "msg", "type")} for one in error.errors()]
        where = ".".join(str(part) for part in found[0]["loc"]) if found else "body"
        detail = f"{where}: {found[0]['msg']}" if found else "The request is wrong."
        return problem(422, detail, code="invalid_request", errors=found)

    @api.exception_handler(Exception)
    def failed(_request: Request, _error: Exception) -> Response:
        return unforeseen()  # the door logs it

    @api.exception_handler(HTTPException)
    def http(_request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:  # noqa: PLR2004 - the router's own
            return no_such_path()
        return problem(error.status_code, str(error.detail), headers=error.headers)
