"""The web application: our own FastAPI app with the API, the media route and NiceGUI's pages."""

import gc
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from nicegui import Client, core, ui
from nicegui import app as nicegui_app
from starlette.requests import Request

from domain.ports import EventBus
from domain.studio import Studio
from ui import switchboard, theme
from ui.api.mounting import mount
from ui.first_paint import add_first_paint
from ui.live import Live
from ui.pages.gallery import gallery
from ui.pages.jobs import jobs
from ui.pages.play import play
from ui.pages.productions import productions
from ui.pages.providers import providers
from ui.pages.script import script
from ui.pages.strip import be_ready, strip
from ui.pages.trash import trash
from ui.session import Hosts, guard, mount_login
from ui.shell import Page, build_shell

RECONNECT_S = 60
PING_S = 5
"""NiceGUI makes it 0.8 of the reconnect time otherwise: a dead line would go unnoticed."""

ROUTES: dict[str, Page] = {
    "/": productions,
    "/p/{project}": strip,
    "/p/{project}/play": play,
    "/p/{project}/script": script,
    "/jobs": jobs,
    "/providers": providers,
    "/trash": trash,
    "/gallery": gallery,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Web:
    """What the application is made of."""

    studio: Studio
    bus: EventBus
    checks: Mapping[str, Callable[[], None]]
    """What ``/readyz`` tries."""
    media: APIRouter
    hosts: Hosts


def make_app(web: Web) -> FastAPI:
    """One application a process; NiceGUI keeps its state in the process."""
    live = Live(web.studio, web.bus)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        live.start()
        switchboard.tune(core.sio)
        core.sio.eio.ping_interval = PING_S
        core.sio.eio.ping_timeout = PING_S
        # The default thresholds stop every viewer for a third of a second (LIVE.md 4).
        gc.set_threshold(100_000, 50, 1000)
        gc.freeze()
        yield
        live.stop()

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    theme.serve(app)
    mount_login(app, web.studio, hosts=web.hosts, stylesheet=theme.address())

    @ui.page("/{_:path}")
    async def page(request: Request, client: Client) -> None:
        await be_ready(live, request)
        build_shell(web.studio, live, request, ROUTES)
        add_first_paint(client)

    ui.add_head_html(theme.link(), shared=True)
    ui.run_with(
        app,
        title="Framewright",
        favicon=theme.favicon(),
        dark=None,
        language="en-US",
        binding_refresh_interval=None,
        reconnect_timeout=RECONNECT_S,
        tailwind=False,
        show_welcome_message=False,
    )
    nicegui_app.config.socket_io_js_transports = ["websocket"]
    streams = mount(app, web.studio, checks=web.checks, media=web.media, viewers=live.viewers)
    app.state.stopping = streams.close
    guard(app, web.studio, hosts=web.hosts, open_paths=[theme.address()])
    return app
