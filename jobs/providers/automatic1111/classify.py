"""What an answer of an A1111 server means, and of stable-diffusion.cpp's; PROVIDERS.md 1.5."""

from collections.abc import Mapping
from typing import Any

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.providers.wire.failures import Told, read_error, retry_after

OUT_OF_MEMORY = ("outofmemoryerror", "out of memory")
OWN_FAULT = ("invalid encoded image", "requests not allowed")
NO_ROUTE = ("", "not found", "method not allowed")
TOO_LARGE = "The picture is too large for the server's memory. Ask for a smaller one."
NO_CHECKPOINT = ("unknown checkpoint", "no checkpoint", "no model loaded")


class OutOfMemory(ProviderError):
    """Once it may pass; twice the picture is too large for the server."""

    def __init__(self, message: str) -> None:
        super().__init__(Reason.TRANSIENT, message)


def classify(status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
    """The error that an answer tells of."""
    told = read_error(body)
    said = f"{told.kind} {told.message}".lower()
    detail = f" It says: {told.message}" if told.message else ""
    if any(word in said for word in OUT_OF_MEMORY):
        return OutOfMemory("The server ran out of memory.")
    if any(word in said for word in NO_CHECKPOINT):
        message = f"The server has no such model. Write another one in models.{detail}"
        return ProviderError(Reason.MISSING_MODEL, message)
    reason, message = _by_status(status, said, told)
    waits = reason in (Reason.RATE_LIMITED, Reason.TRANSIENT)
    wait = retry_after(headers, told.message) if waits else None
    return ProviderError(reason, message, retry_after=wait)


def _by_status(status: int, said: str, told: Told) -> tuple[Reason, str]:
    detail = f" It says: {told.message}" if told.message else ""
    match status:
        case 401 | 403:
            message = "The server refused the name and password (--api-auth)."
            reason = Reason.INVALID_CREDENTIALS
        case 404 | 405 if told.message.lower() in NO_ROUTE:
            message = "This server answers, but has no API: start it with --api."
            reason = Reason.WRONG_SERVER
        case 429:
            reason, message = Reason.RATE_LIMITED, "The server's queue is full."
        case 408 | 502 | 503 | 504:
            message = "The server is not ready to make anything yet."
            reason = Reason.TRANSIENT
        case _ if status < 400:  # noqa: PLR2004 - HTTP's numbers stand for themselves
            message = "The server's answer is none of its kind. Check base_url."
            reason = Reason.WRONG_SERVER
        case _ if status < 500 or any(word in said for word in OWN_FAULT):  # noqa: PLR2004
            field = f" ({told.field})" if told.field else ""
            message = f"The server can't make this{field}.{detail}"
            reason = Reason.INVALID_SPEC
        case _:
            reason, message = Reason.TRANSIENT, f"The server answers {status}.{detail}"
    return reason, message


def job_error(error: Any, *, tried_before: bool) -> tuple[Reason, str]:
    """Why a job of stable-diffusion.cpp failed. It costs nothing, so it is tried once more."""
    message = str(error.get("message") or "") if isinstance(error, Mapping) else ""
    if any(word in message.lower() for word in OUT_OF_MEMORY):
        told = "The server ran out of memory."
        return (Reason.INVALID_SPEC, TOO_LARGE) if tried_before else (Reason.TRANSIENT, told)
    told = f"The server failed. It says: {message}" if message else "The server failed."
    return (Reason.PROVIDER_FAILED if tried_before else Reason.TRANSIENT), told
