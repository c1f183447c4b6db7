"""The web application: our own FastAPI app with the API, the media route and NiceGUI's pages."""

import gc
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import core, ui
from starlette.requests import Request

from domain.ports import EventBus
from domain.studio import Studio
from ui import theme
from ui.live import Live
from ui.pages.gallery import gallery
from ui.pages.productions import productions
from ui.pages.script import script
from ui.pages.strip import strip
from ui.shell import Page, build_shell

RECONNECT_S = 60
PING_S = 5
"""NiceGUI makes it 0.8 of the reconnect time otherwise: a dead line would go unnoticed."""

ROUTES: dict[str, Page] = {
    "/": productions,
    "/p/{project}": strip,
    "/p/{project}/script": script,
    "/gallery": gallery,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Web:
    """What the application is made of."""

    studio: Studio
    bus: EventBus
    checks: Mapping[str, Callable[[], None]]
    mounts: tuple[Callable[[FastAPI], None], ...]
    """Add routes before NiceGUI's catch-all: API, media, sign-in."""


def make_app(web: Web) -> FastAPI:
    """One application a process; NiceGUI keeps its state in the process."""
    live = Live(web.studio, web.bus)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        live.start()
        core.sio.eio.ping_interval = PING_S
        core.sio.eio.ping_timeout = PING_S
        # The default thresholds stop every viewer for a third of a second (LIVE.md 4).
        gc.set_threshold(100_000, 50, 1000)
        gc.freeze()
        yield
        live.stop()

    app = FastAPI(
        title="Framewright",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    theme.serve(app)
    for mount in web.mounts:
        mount(app)

    @ui.page("/{_:path}")
    def page(request: Request) -> None:
        build_shell(web.studio, live, request, ROUTES)

    ui.add_head_html(theme.link(), shared=True)
    ui.run_with(
        app,
        title="Framewright",
        dark=None,
        language="en-US",
        binding_refresh_interval=None,
        reconnect_timeout=RECONNECT_S,
        tailwind=False,
        show_welcome_message=False,
    )
    nicegui_app.config.socket_io_js_transports = ["websocket"]
    return app
