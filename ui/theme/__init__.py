"""The look: plain CSS files, joined into one sheet and served under the name of its content."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI, Response

SHEETS = (
    "tokens",
    "glyphs",
    "ground",
    "flag",
    "card",
    "marks",
    "strip",
    "controls",
    "shell",
    "inspector",
    "takes",
    "sheet",
    "pages",
    "login",
    "gallery",
)
"""In the order of the cascade."""


@cache
def stylesheet() -> str:
    """The whole look as one sheet."""
    folder = Path(__file__).parent
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)


@cache
def fingerprint() -> str:
    """Changes with any byte of the sheet."""
    return sha256(stylesheet().encode()).hexdigest()[:16]


def address() -> str:
    """Where ``serve`` answers with the sheet; for ever the same bytes."""
    return f"/theme/{fingerprint()}.css"


def link() -> str:
    """For the head of every page: ``ui.add_head_html(theme.link(), shared=True)``."""
    return f'<link rel="stylesheet" href="{address()}">'


def serve(app: FastAPI) -> None:
    """Let ``app`` answer with the sheet, to be kept by the browser for ever."""

    @app.get(address(), include_in_schema=False)
    def sheet() -> Response:
        forever = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(stylesheet(), media_type="text/css", headers=forever)
