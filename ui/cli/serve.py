"""``serve``: the page and the API; in the embedded mode the job worker too."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from ui.cli.commands import Compose
from ui.server import DEFAULT_PORT, bind, serve


def run(parsed: argparse.Namespace, compose: Compose) -> int:
    from ui.app import Web, make_app  # noqa: PLC0415 - NiceGUI costs half a second

    listener = bind(parsed.host, parsed.port)
    port = listener.getsockname()[1]
    if parsed.port is None and port != DEFAULT_PORT:
        print(f"Port {DEFAULT_PORT} is taken; serving on {port}.", file=sys.stderr)
    house: Any = compose(worker=True)
    host = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
    address = f"http://{host}:{port}/?token={house.door}"
    app = make_app(
        Web(studio=house.studio, bus=house.tools.bus, checks=house.checks, mounts=mounts(house))
    )

    def ready() -> None:
        print(f"Framewright ready: {address}", flush=True)
        if house.worker is not None:
            house.worker.start()

    try:
        serve(app, listener, address=address, show=parsed.open, ready=ready)
    finally:
        house.close()
    return 0


def mounts(house: Any) -> tuple[Callable[[FastAPI], None], ...]:
    """What stands before NiceGUI's catch-all."""
    from ui.api.media import media_router  # noqa: PLC0415

    def media(app: FastAPI) -> None:
        tools = house.tools
        router = media_router(
            store=tools.store,
            inspector=tools.inspector,
            key=tools.key,
            clock=tools.clock,
            tag_of=house.studio.takes.tag,
        )
        app.include_router(router)

    return (media,)
