"""``GET /media/{sha256}.{ext}``: media and its thumbnails, to whoever holds a signed address."""

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from domain.errors import NotFound, StudioError
from domain.media.delivery import verify
from domain.media.tag import MediaTag
from domain.ports import Clock, MediaInspector, MediaStore
from ui.api.thumbnails import Thumbnails
from ui.problems import of_error

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_WHOLE = 256 * 1024
"""Up to so many bytes an answer is read at once; streaming costs a thread's turn a chunk."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Opened by itself it may show and play itself, and nothing else.
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
    ),
}
_Part = Annotated[str | None, Query()]


def media_router(
    *,
    store: MediaStore,
    inspector: MediaInspector,
    key: bytes,
    clock: Clock,
    tag_of: Callable[[str], MediaTag | None],
) -> APIRouter:
    """``tag_of`` says by ``<sha256>.<ext>`` what is known of it; it is called off the loop.

    Errors are answered here, as problem+json.
    """
    router = APIRouter()
    thumbnails = Thumbnails(store, inspector)

    @router.get("/media/{file}", response_class=Response, name="media")
    @router.head("/media/{file}", response_class=Response, include_in_schema=False)
    def media(
        request: Request, file: str, exp: _Part = None, w: _Part = None, sig: _Part = None
    ) -> Response:
        now = clock.now()
        try:
            width = verify(file, exp=exp, w=w, sig=sig, key=key, now=now)
            tag = tag_of(file)
            if tag is None or tag.file != file:
                raise NotFound("There is no such media.")
            headers = {
                **_HEADERS,
                "Cache-Control": f"private, max-age={_left(exp, now.timestamp())}, immutable",
                "ETag": f'"{tag.sha256}"' if width is None else f'"{tag.sha256}-{width}"',
            }
            if _matches(request.headers.get("if-none-match"), headers["ETag"]):
                return Response(status_code=304, headers=headers)
            if width is None:
                return _original(request, store, tag, headers)
            small = thumbnails.get(file, width)
            headers |= {"Content-Type": "image/webp", "Content-Length": str(len(small))}
            return Response(b"" if request.method == "HEAD" else small, headers=headers)
        except StudioError as error:
            refusal = of_error(error)
            refusal.headers["Cache-Control"] = "no-store"
            return refusal

    return router


def _original(
    request: Request, store: MediaStore, tag: MediaTag, headers: dict[str, str]
) -> Response:
    size = tag.size
    begin, end, status = 0, size, 200
    headers["Accept-Ranges"] = "bytes"
    headers["Content-Type"] = tag.mime  # of the tag; never of the address
    shown = tag.mime.startswith(("image/", "audio/", "video/")) and "svg" not in tag.mime
    headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{tag.file}"'
    wanted = request.headers.get("range") if request.method == "GET" else None
    if wanted and request.headers.get("if-range", headers["ETag"]) == headers["ETag"]:
        span = _span(wanted, size)
        if span is not None:
            begin, end = span
            if begin >= end:
                return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
            status = 206
            headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - begin)
    if request.method == "HEAD":
        store.size(tag.file)  # it must be there
        return Response(status_code=status, headers=headers)
    if end - begin <= _WHOLE:
        return Response(store.read(tag.file, begin, end), status_code=status, headers=headers)
    chunks = store.stream(tag.file, begin, end)
    return StreamingResponse(chunks, status_code=status, headers=headers)


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """From where to before where; None for what is no single range, which is then ignored."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or wanted.strip() == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return int(first), min(size, int(last) + 1) if last else size


def _matches(given: str | None, etag: str) -> bool:
    if given is None:
        return False
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in given.split(","))


def _left(exp: str | None, now: float) -> int:
    return max(0, int(exp or 0) - int(now))
