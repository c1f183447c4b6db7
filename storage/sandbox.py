"""One-shot children that look at untrusted bytes; none outlives this process.

multiprocessing's forkserver was not taken: it is one per process, imports ``__main__`` again,
speaks pickle, and passes our environment on.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import Any

from domain.errors import Invalid, Unavailable
from storage import framing

_ROOT = str(Path(__file__).resolve().parents[1])
_START = """
import sys
sys.path.insert(0, sys.argv[1])
from storage.sandbox_child import serve
serve(int(sys.argv[2]))
"""
_MAX_ANSWER = 16_000_000


class Sandbox:
    """Thread-safe. Its server starts at the first use and again whenever it is gone."""

    def __init__(self, *, children: int = 4) -> None:
        """``children``: how many files are looked at at once; further callers wait."""
        self._slots = threading.BoundedSemaphore(children)
        self._lock = threading.Lock()
        self._server: _Server | None = None

    def warm(self) -> None:
        """Start the server now, so that the first file need not wait for it."""
        with self._lock:
            self._alive()

    def run(
        self, ask: dict[str, Any], data: bytes, *, sound: bool, seconds: int, memory: int
    ) -> tuple[dict[str, Any], bytes]:
        """What a fresh child found.

        Raises Invalid where the bytes stop the child twice or take too long, Unavailable where
        no child can be had.
        """
        whole = {**ask, "seconds": seconds, "memory": memory}
        deaths = 0
        with self._slots:
            for _ in range(4):
                begun = time.monotonic()
                server, link = self._connect(sound=sound)
                with link:
                    link.settimeout(seconds + 5)  # the child's own alarm comes first
                    try:
                        framing.send(link, whole, data)
                        found, body = framing.receive(link, _MAX_ANSWER)
                    except (EOFError, OSError, ValueError):
                        deaths += server.is_alive  # else the bytes are not to blame
                    else:
                        return found, bytes(body)
                if time.monotonic() - begun >= seconds * 0.9:
                    raise Invalid("The file takes too long to decode.")
                if deaths > 1:
                    raise Invalid("The file stops the decoder.")
        raise Unavailable("The media decoder keeps stopping.")

    def close(self) -> None:
        with self._lock:
            if self._server is not None:
                self._server.stop()
                self._server = None

    def _connect(self, *, sound: bool) -> tuple["_Server", socket.socket]:
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            server = self._alive()
            with contextlib.suppress(OSError):  # it died just now: the link says so
                server.connect(theirs, sound=sound)
        return server, ours

    def _alive(self) -> "_Server":
        if self._server is None or not self._server.is_alive:
            if self._server is not None:
                self._server.stop()
            self._server = _Server()
        return self._server


class _Server:
    """The process behind it; ends when its socket closes, however we end."""

    def __init__(self) -> None:
        if not hasattr(socket, "send_fds"):
            raise Unavailable("Media can't be looked at safely on this system.")
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
                [sys.executable, "-I", "-c", _START, _ROOT, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; and it can end its whole group
            )
        self._link = ours
        self._stop = weakref.finalize(self, _stop, self._process, ours)

    @property
    def is_alive(self) -> bool:
        """It never says anything on this link, so all there can be is the end."""
        try:
            return bool(self._link.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def connect(self, link: socket.socket, *, sound: bool) -> None:
        socket.send_fds(self._link, [b"a" if sound else b"i"], [link.fileno()])

    def stop(self) -> None:
        self._stop()


def _stop(process: "subprocess.Popen[bytes]", link: socket.socket) -> None:
    link.close()
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
