"""How many bytes a request may bring: by its declared length, and counted while they come."""

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from ui.session.visit import Visit

MEGABYTE = 1_000_000
SCRIPT = 8 * MEGABYTE
"""A script may have 5 MB; a somewhat longer one still gets its diagnostic."""
ARCHIVE = 64 * MEGABYTE
OTHER = MEGABYTE
STRANGER = 16_000
"""Before sign-in: a login form."""


def most(visit: Visit, *, stranger: bool) -> int:
    """Bytes this request may bring."""
    if stranger:
        return STRANGER
    kind = visit.headers.get("content-type", "").partition(";")[0].strip().lower()
    if "zip" in kind or kind == "multipart/form-data":
        return ARCHIVE
    return SCRIPT if "yaml" in kind else OTHER


def declared(visit: Visit) -> int:
    """The length its header tells; 0 without one, and for one that is no number."""
    given = visit.headers.get("content-length", "")
    return int(given) if given.isascii() and given.isdigit() else 0


def words(limit: int) -> str:
    return f"At most {limit:,} bytes are taken here."


def counted(receive: Receive, limit: int) -> Receive:
    """A ``receive`` that stops beyond ``limit``."""
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413, words(limit))
        return message

    return receive_counted
