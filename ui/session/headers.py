"""Headers that every answer bears, unless it has its own."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from ui.session.visit import Visit

PAGES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; "
    "form-action 'self'"
)
"""NiceGUI's template compiler needs eval (LIVE.md section 4)."""
PLAIN = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For what is no page: nothing in it may run or load."""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def with_headers(send: Send, visit: Visit) -> Send:
    """A ``send`` that adds what is missing."""
    wanted = {**ALWAYS, "Content-Security-Policy": PAGES if visit.may_be_page else PLAIN}
    if visit.path.startswith("/media/"):  # whoever holds a signed address may show it
        wanted["Cross-Origin-Resource-Policy"] = "cross-origin"

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in wanted.items():
                headers.setdefault(name, value)
        await send(message)

    return dressed
