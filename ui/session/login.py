"""The login page: plain HTML, no script; a token becomes a session."""

from html import escape
from typing import Annotated

from fastapi import FastAPI, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from domain.errors import Unauthorised
from domain.studio import Studio
from ui.session.hosts import Hosts
from ui.session.judge import LOGIN
from ui.session.keeping import keep_session
from ui.session.visit import Visit, local_path

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="normal">
<title>Sign in · Framewright</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{stylesheet}">
</head>
<body class="body--light login">
<main>
<form method="post" action="{action}">
<p class="brand">Framewright</p>
<h1>Sign in</h1>
{over}<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus
 aria-describedby="hint"{invalid}>
{error}<p id="hint">It is in <b>owner.token</b> in the server's data folder. The address that the
server printed when it started signs in too.</p>
<input type="hidden" name="next" value="{next}">
<button class="btn big primary" type="submit">Sign in</button>
</form>
</main>
</body>
</html>
"""
OVER = (
    '<p class="over" role="status">Your session is over, so the page was closed. '
    "Everything you did is kept.</p>\n"
)
WRONG = '<p class="wrong" role="alert">This token is not known here.</p>\n'


def mount_login(app: FastAPI, studio: Studio, *, hosts: Hosts, stylesheet: str) -> None:
    """Add ``/login``; ``stylesheet`` is the address of the look."""

    def page(wanted: str, *, wrong: bool = False, over: bool = False) -> Response:
        html = PAGE.format(
            action=LOGIN,
            stylesheet=escape(stylesheet),
            next=escape(wanted),
            over=OVER if over else "",
            error=WRONG if wrong else "",
            invalid=' aria-invalid="true"' if wrong else "",
        )
        headers = {"Content-Security-Policy": POLICY}
        return HTMLResponse(html, status_code=401 if wrong else 200, headers=headers)

    @app.get(LOGIN, include_in_schema=False)
    def ask(
        wanted: Annotated[str, Query(alias="next")] = "/",
        over: Annotated[str | None, Query()] = None,
    ) -> Response:
        return page(local_path(wanted), over=over is not None)

    @app.post(LOGIN, include_in_schema=False)
    def answer(
        request: Request,
        token: Annotated[str, Form()] = "",
        wanted: Annotated[str, Form(alias="next")] = "/",
    ) -> Response:
        where = local_path(wanted)
        try:
            cookie = studio.signing_in.open_door(token.strip())
        except Unauthorised:
            return page(where, wrong=True)
        through = RedirectResponse(where, status_code=303)
        keep_session(through, Visit(request.scope), cookie, hosts=hosts)
        return through
