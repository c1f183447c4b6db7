"""``serve``: the page and the API; in the embedded mode the job worker too."""

import argparse
import sys
from typing import Any

from ui.cli.commands import Compose


def run(parsed: argparse.Namespace, compose: Compose) -> int:
    from ui.api.media import media_router  # noqa: PLC0415 - FastAPI and NiceGUI cost half
    from ui.app import Web, make_app  # noqa: PLC0415 - a second, which no other command pays
    from ui.server import DEFAULT_PORT, bind, serve  # noqa: PLC0415
    from ui.session import Hosts  # noqa: PLC0415

    listener = bind(parsed.host, parsed.port)
    port = listener.getsockname()[1]
    if parsed.port is None and port != DEFAULT_PORT:
        print(f"Port {DEFAULT_PORT} is taken; serving on {port}.", file=sys.stderr)
    shared = compose.settings.redis_url is not None
    house: Any = compose(worker=not shared)
    host = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
    address = f"http://{host}:{port}/?token={house.door}"
    tools = house.tools
    app = make_app(
        Web(
            studio=house.studio,
            bus=tools.bus,
            checks=house.checks,
            media=media_router(
                store=tools.store,
                inspector=tools.inspector,
                key=tools.key,
                clock=tools.clock,
                tag_of=house.studio.takes.tag,
            ),
            hosts=Hosts(bound=parsed.host, public_url=tools.base_url or None),
        )
    )

    def ready() -> None:
        print(f"Framewright ready: {address}", flush=True)
        house.studio.demonstration.attend()
        if house.worker is not None:
            house.worker.start()

    try:
        serve(app, listener, address=address, show=parsed.open, ready=ready)
    finally:
        house.close()
    return 0
