"""``/projects/{project}/events``: what happens, as server-sent events."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from domain.errors import Invalid
from ui.api.streams import Stream, Streams
from ui.session import SignedIn, still_signed_in

LONGEST_ID = 18


class StreamReply(StreamingResponse):
    """Leaves the stream however the answer ends: read to the end, cut off or cancelled."""

    media_type = "text/event-stream"

    def __init__(self, stream: Stream, still: Callable[[], bool]) -> None:
        super().__init__(stream.lines(still), headers={"X-Accel-Buffering": "no"})
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._stream.leave()


def event_routes(streams: Streams) -> APIRouter:
    router = APIRouter(tags=["events"])

    @router.get(
        "/projects/{project}/events",
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def follow(
        request: Request,
        user: SignedIn,
        project: str,
        last_event_id: Annotated[str | None, Header()] = None,
    ) -> Response:
        """From now on, or after ``Last-Event-ID`` with nothing missing."""
        stream = await streams.open(user, project, _last(last_event_id))
        return StreamReply(stream, partial(still_signed_in, request))

    return router


def _last(given: str | None) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdigit()) or len(given) > LONGEST_ID:
        raise Invalid("Last-Event-ID is a decimal number.", code="bad_event_id")
    return int(given)
