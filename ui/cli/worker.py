"""``worker``: job workers of the shared mode, each a process; one that dies is started again."""

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

from domain.errors import Misconfigured
from ui.cli.commands import Compose

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
STEADY_S = 60.0
"""A child that lived so long died of something new: the pause begins again."""
GRACE_S = 6.0
"""A child that does not end within this is ended."""
PROGRAM = Path(__file__).parents[2] / "main.py"

log = logging.getLogger(__name__)


def run(parsed: argparse.Namespace, compose: Compose) -> int:
    if compose.settings.redis_url is None:
        raise Misconfigured(
            "worker is for the shared mode: set FRAMEWRIGHT_REDIS_URL and "
            "FRAMEWRIGHT_DATABASE_URL. Without them serve makes the media itself."
        )
    request = EndRequest()
    if parsed.child:
        request.listen_to(sys.stdin.fileno())
        house: Any = compose(worker=True, threads=parsed.threads)
        try:
            house.worker.start()
            request.wait()
        finally:
            house.close()
        return 0
    # A wrong setting is said once, here, and not by every child again and again.
    compose(worker=False).close()
    command = [sys.executable, str(PROGRAM), "worker", "--child", "--threads", str(parsed.threads)]
    command += ["--data", str(compose.settings.data)]
    keepers = [Keeper(command) for _ in range(parsed.processes)]
    for one in keepers:
        one.start()
    print(f"Framewright works; processes: {parsed.processes}.", flush=True)
    request.wait()
    for one in keepers:
        one.end()
    for one in keepers:
        one.see_off()
    return 0


class EndRequest:
    """SIGINT, SIGTERM, or the end of a stream. A pipe, because handlers must not take locks."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, self._ask)

    def listen_to(self, stream: int) -> None:
        """Our parent holds the other end and never writes: its end is ours."""

        def listen() -> None:
            while os.read(stream, 64):
                pass
            os.write(self._write, b".")

        threading.Thread(target=listen, daemon=True).start()

    def wait(self) -> None:
        os.read(self._read, 1)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        os.write(self._write, b".")


class Keeper(threading.Thread):
    """Keeps one child running; the pauses between starts double while they die young."""

    def __init__(self, command: list[str]) -> None:
        super().__init__(daemon=True)
        self._command = command
        self._ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._ending.is_set():
            begun = time.monotonic()
            code = self._live()
            if self._ending.is_set():
                return
            if time.monotonic() - begun > STEADY_S:
                pause = FIRST_PAUSE_S
            log.warning("a worker ended with %s; the next one starts in %g s", code, pause)
            self._ending.wait(pause)
            pause = min(LONGEST_PAUSE_S, pause * 2)

    def end(self) -> None:
        self._ending.set()
        if self._child is not None:
            self._child.terminate()

    def see_off(self) -> None:
        """Wait for the end; insist."""
        self.join(GRACE_S)
        if self.is_alive() and self._child is not None:
            self._child.kill()
            self.join()

    def _live(self) -> int:
        with subprocess.Popen(  # noqa: S603 - our own command, no shell
            self._command,
            stdin=subprocess.PIPE,
            start_new_session=True,  # a Ctrl-C is for the parent, who passes it on
        ) as child:
            self._child = child
            if self._ending.is_set():
                child.terminate()
            return child.wait()  # leaving the block first would close the pipe: its sign to end
