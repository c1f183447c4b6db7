"""Errors as ``application/problem+json`` (RFC 9457): ``code`` is stable, ``detail`` is for people.

Nothing of the inside is told: an error that nobody foresaw is one sentence here, the rest is in
the log.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse

from domain.errors import ScriptRefused, StudioError

CODES = {
    400: "invalid_request",
    401: "unauthorised",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_type",
    422: "invalid_request",
    503: "unavailable",
}


class Problem(BaseModel):
    """What every error answers; further facts stand beside these."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str


def problem(
    status: int,
    detail: str,
    *,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
    **facts: Any,
) -> JSONResponse:
    """An answer for ``status``; ``facts`` are plain JSON values."""
    name = code or CODES.get(status, f"http_{status}")
    body = {
        "type": f"urn:framewright:problem:{name}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": name,
        **facts,
    }
    told = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    return JSONResponse(
        body,
        status_code=status,
        media_type="application/problem+json",
        headers={**told, **(headers or {})},
    )


def of_error(error: StudioError) -> JSONResponse:
    """What the domain refused, in its own words."""
    facts = jsonable_encoder(error.facts)
    if isinstance(error, ScriptRefused):
        facts["diagnostics"] = [one.model_dump() for one in error.diagnostics]
    return problem(error.status, error.message, code=str(error.code), **facts)


def unforeseen() -> JSONResponse:
    return problem(500, "Something went wrong here; the server's log says what.", code="internal")


def no_such_path() -> JSONResponse:
    return problem(404, "There is nothing at this address.", code="not_found")
