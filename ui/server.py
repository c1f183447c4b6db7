"""Serving: the socket, uvicorn, and a clean stop with open streams."""

import contextlib
import errno
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from fastapi import FastAPI

from domain.errors import Misconfigured

DEFAULT_PORT = 8080
NEXT_PORTS = 100
GRACE_S = 2
"""An open stream would hold uvicorn for ever."""


def bind(host: str, port: int | None) -> socket.socket:
    """A listening socket. None: the default port or the next free one; 0: any free one.

    Raises Misconfigured where a named port is taken.
    """
    tries = range(DEFAULT_PORT, DEFAULT_PORT + NEXT_PORTS) if port is None else [port]
    for one in tries:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, one))
            listener.listen(2048)
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE or port is not None:
                reason = error.strerror or str(error)
                raise Misconfigured(f"{host}:{one} can't be served: {reason}.") from error
            continue
        return listener
    raise Misconfigured(f"No free port from {DEFAULT_PORT} on; name one with --port.")


def serve(
    app: FastAPI, listener: socket.socket, *, address: str, show: bool, ready: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM; calls ``ready`` once connections are accepted.

    ``app.state.stopping`` ends what would stay open.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # the printed address's token would be in it
        timeout_graceful_shutdown=GRACE_S,
        ws_ping_interval=None,
        server_header=False,
    )
    server = _Server(app, config, ready, address if show else None)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    with contextlib.suppress(ValueError):  # not the main thread: a test's
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, stop)
    server.run(sockets=[listener])


class _Server(uvicorn.Server):
    def __init__(
        self,
        app: FastAPI,
        config: uvicorn.Config,
        ready: Callable[[], None],
        address: str | None,
    ) -> None:
        super().__init__(config)
        self._app = app
        self._ready = ready
        self._address = address

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ours are set already, and they don't raise again after the stop."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Open streams end by themselves: uvicorn would wait, then cut them with a traceback."""
        self._app.state.stopping()
        await super().shutdown(sockets=sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()
            if self._address:
                threading.Thread(target=webbrowser.open, args=(self._address,), daemon=True).start()
