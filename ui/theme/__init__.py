"""The look: plain CSS files, joined into one sheet and served under the name of its content."""

import gzip
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request, Response

SHEETS = (
    "tokens",
    "glyphs",
    "ground",
    "flag",
    "card",
    "marks",
    "clock",
    "strip",
    "cast",
    "controls",
    "shell",
    "inspector",
    "takes",
    "sheet",
    "play",
    "pages",
    "writing",
    "entries",
    "login",
    "gallery",
)
"""In the order of the cascade."""
DARK = re.compile(r"^body\.body--dark (\{.*?^\})", re.MULTILINE | re.DOTALL)
UNTIL_MOUNTED = (
    r"\g<0>\n@media (prefers-color-scheme: dark) "
    r"{ body:not(.body--light, .body--dark) \g<1> }"
)
"""What is dark by Quasar's class is so by the system's wish before that class is there."""
FOREVER = "public, max-age=31536000, immutable"
MARK = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
    "<rect width='32' height='32' rx='6' fill='#181614'/>"
    "<rect x='4.5' y='8.5' width='23' height='15' rx='2' fill='none' stroke='#f3ede2'"
    " stroke-width='3'/><rect x='8' y='12' width='6' height='8' fill='#ffd53d'/></svg>"
)
"""The brand as a picture of its own: a frame, and in it the hand's yellow."""


@cache
def stylesheet() -> str:
    """The whole look as one sheet."""
    folder = Path(__file__).parent
    whole = "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    return DARK.sub(UNTIL_MOUNTED, whole)


@cache
def zipped() -> bytes:
    """The sheet as gzip; a fifth of it."""
    return gzip.compress(stylesheet().encode(), mtime=0)


@cache
def fingerprint() -> str:
    """Changes with any byte of the sheet."""
    return sha256(stylesheet().encode()).hexdigest()[:16]


def address() -> str:
    """Where ``serve`` answers with the sheet; for ever the same bytes."""
    return f"/theme/{fingerprint()}.css"


def favicon() -> str:
    """The brand for a browser's tab; inline, so that nothing is asked for."""
    return f"data:image/svg+xml,{quote(MARK)}"


def link() -> str:
    """For the head of every page: ``ui.add_head_html(theme.link(), shared=True)``."""
    return f'<link rel="stylesheet" href="{address()}">'


def serve(app: FastAPI) -> None:
    """Let ``app`` answer with the sheet, to be kept by the browser for ever."""

    @app.get(address(), include_in_schema=False)
    def sheet(request: Request) -> Response:
        told = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return Response(stylesheet(), media_type="text/css", headers=told)
        told["Content-Encoding"] = "gzip"
        return Response(zipped(), media_type="text/css", headers=told)
