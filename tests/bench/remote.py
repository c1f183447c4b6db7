"""Orders to another process of the bench, past its event loop: a socket file and a thread."""

import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Any, Self

KEY = b"bench"
SOCKET = "orders"

Handlers = Mapping[str, Callable[..., Any]]


def answer(folder: Path, handlers: Handlers) -> None:
    """Serve orders on a daemon thread for as long as this process lives."""
    listener = Listener(str(folder / SOCKET), authkey=KEY)
    threading.Thread(target=_serve, args=(listener, handlers), name="orders", daemon=True).start()


def _serve(listener: Listener, handlers: Handlers) -> None:
    while True:
        with listener.accept() as caller:
            try:
                while True:
                    name, given = caller.recv()
                    caller.send(_done(handlers[name], given))
            except EOFError:
                continue


def _done(handler: Callable[..., Any], given: Mapping[str, Any]) -> tuple[bool, Any]:
    try:
        return True, handler(**given)
    except Exception as error:  # noqa: BLE001 -- told to whoever asked
        return False, f"{type(error).__name__}: {error}"


class Refused(RuntimeError):
    """The other process could not."""


class Remote:
    """``with Remote(folder) as remote: remote("change", count=3)``."""

    def __init__(self, folder: Path) -> None:
        self._line: Connection = Client(str(folder / SOCKET), authkey=KEY)

    def __call__(self, name: str, **given: Any) -> Any:
        self._line.send((name, given))
        done, result = self._line.recv()
        if not done:
            raise Refused(f"{name}: {result}")
        return result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()
