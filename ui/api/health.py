"""``/healthz``: this process answers. ``/readyz``: so does all it needs."""

import logging
from collections.abc import Callable, Mapping
from typing import Literal

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from ui.api.replies import Reply, reply
from ui.problems import problem

log = logging.getLogger(__name__)


class Health(Reply):
    """Alive."""

    status: Literal["ok"] = "ok"


class Ready(Reply):
    """All parts answer."""

    status: Literal["ready"] = "ready"
    checks: Mapping[str, Literal["ok", "failed"]]


def health_routes(checks: Mapping[str, Callable[[], None]]) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz", response_model=Health)
    def healthz() -> Response:
        return reply(Health())

    @router.head("/readyz", include_in_schema=False)
    @router.get("/readyz", response_model=Ready)
    def readyz() -> Response:
        found: dict[str, Literal["ok", "failed"]] = {}
        for name, check in checks.items():
            found[name] = _try(name, check)
        if "failed" in found.values():
            return _not_ready(found)
        return reply(Ready(checks=found))

    return router


def _try(name: str, check: Callable[[], None]) -> Literal["ok", "failed"]:
    try:
        check()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not ready
        log.warning("not ready, %s: %s", name, error)
        return "failed"
    return "ok"


def _not_ready(found: Mapping[str, str]) -> JSONResponse:
    failed = ", ".join(name for name, how in found.items() if how == "failed")
    return problem(503, f"Out of reach: {failed}.", code="not_ready", checks=dict(found))
