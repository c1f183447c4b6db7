"""``Idempotency-Key``: a POST that is sent twice is done once.

The first good answer is given again, word for word; errors are not kept.
"""

import json
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.access import User
from domain.errors import StudioError
from domain.usecases.idempotency import Idempotency, Kept, Request, answering
from ui.problems import of_error, problem

HEADER = "idempotency-key"
LONGEST_KEY = 255
KEPT_HEADERS = ("content-type", "location")
GOOD = range(200, 300)


class Repeats:
    """An ASGI layer before the API; signed-in POSTs with a key pass through it."""

    def __init__(self, app: ASGIApp, idempotency: Idempotency) -> None:
        self.app = app
        self._idempotency = idempotency

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = Headers(scope=scope).get(HEADER) if scope["type"] == "http" else None
        user = scope.get("state", {}).get("user")
        if key is None or scope["method"] != "POST" or not isinstance(user, User):
            await self.app(scope, receive, send)
            return
        if not key.strip() or len(key) > LONGEST_KEY:
            detail = f"Idempotency-Key has 1 to {LONGEST_KEY} characters."
            await problem(422, detail, code="bad_idempotency_key")(scope, receive, send)
            return
        try:
            body = await _read(receive)
            if body is None:
                return
            asked = scope.get("query_string", b"") + b"\n" + body
            begun = await run_in_threadpool(
                self._idempotency.begin, user, scope["path"], key, asked
            )
        except StudioError as error:
            await of_error(error)(scope, receive, send)
            return
        except HTTPException as error:  # too large
            await problem(error.status_code, str(error.detail))(scope, receive, send)
            return
        if isinstance(begun, Kept):
            await _again(*begun)(scope, receive, send)
        else:
            await self._first(scope, _replay(body, receive), send, begun)

    async def _first(self, scope: Scope, receive: Receive, send: Send, request: Request) -> None:
        answer = _Answer()
        try:
            with answering(request):
                await self.app(scope, receive, answer.take)
        except Exception:
            await run_in_threadpool(self._idempotency.forget, request)
            raise
        # Kept before it is told: a client that heard it and asks again gets the same.
        if answer.status in GOOD:
            await run_in_threadpool(self._idempotency.keep, request, answer.status, answer.kept())
        else:
            await run_in_threadpool(self._idempotency.forget, request)
        await answer.give(send)


class _Answer:
    """An answer held back until it is kept."""

    def __init__(self) -> None:
        self.status = 0
        self._start: Message = {}
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start, self.status = message, message["status"]
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")

    def kept(self) -> bytes:
        headers = MutableHeaders(scope=self._start)
        told = {name: headers[name] for name in KEPT_HEADERS if name in headers}
        return json.dumps(told).encode() + b"\n" + self._body

    async def give(self, send: Send) -> None:
        await send(self._start)
        await send({"type": "http.response.body", "body": bytes(self._body)})


def _again(status: int, kept: bytes) -> Response:
    head, _, body = kept.partition(b"\n")
    headers: dict[str, str] = {}
    with suppress(ValueError):
        headers = json.loads(head)
    return Response(body, status_code=status, headers=headers)


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None where the client went away."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body that was read, then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
