"""A real child process: started on a leash, awaited by what it prints, ended by its own id."""

import os
import pwd
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from signal import SIGTERM, Signals
from typing import Self

LEASH = Path(__file__).with_name("leash.py")
ROOT = Path(__file__).parents[2]


class Missing(RuntimeError):
    """Something the tests need is not on this machine."""


class Ended(RuntimeError):
    """The process ended, or said nothing, while it was waited for."""


def free_port() -> int:
    """Name a loopback port that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**extra: str) -> dict[str, str]:
    """Copy this machine's environment without Framewright's own settings and keys."""
    own = re.compile(r"FRAMEWRIGHT_|.*_(API_)?(KEY|TOKEN|SECRET)(_FILE)?$")
    inherited = os.environ  # noqa: TID251 -- a child's environment starts from ours
    return {name: text for name, text in inherited.items() if not own.match(name)} | extra


class Process:
    """One child with its output in a file; usable as a context manager."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        user: pwd.struct_passwd | None = None,
    ) -> None:
        ids = (str(user.pw_uid), str(user.pw_gid)) if user else ("-", "-")
        leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), *ids]
        self.log = log
        self._command = " ".join(map(str, command))
        with log.open("ab") as output:
            self._begin = output.tell()
            self._child = subprocess.Popen(  # noqa: S603 -- our own command, no shell
                [*leash, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env=environment() if env is None else env,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative: the signal that ended it."""
        return self._child.poll()

    @property
    def text(self) -> str:
        """Everything it printed, both streams."""
        return self.log.read_bytes()[self._begin :].decode(errors="replace")

    def wait_for(self, pattern: str, *, within: float = 30) -> re.Match[str]:
        """Wait until it has printed ``pattern``; say what it printed instead if it never does."""
        deadline = time.monotonic() + within
        while True:
            ended = self.exit_code  # before the look, so that last words are heard
            if found := re.search(pattern, self.text):
                return found
            if ended is not None or time.monotonic() > deadline:
                why = f"said no {pattern!r} in {within:g} s" if ended is None else f"ended: {ended}"
                raise Ended(f"{self._command} {why}\n{self.text}")
            time.sleep(0.005)  # noqa: TID251 -- a foreign process has no clock of ours

    def wait(self, within: float = 30) -> int:
        """Wait for its end and return its exit code."""
        return self._child.wait(within)

    def stop(self, within: float = 10, *, by: Signals = SIGTERM) -> int:
        """Ask it to end, and insist after ``within`` seconds."""
        self._child.send_signal(by)
        try:
            return self.wait(within)
        except subprocess.TimeoutExpired:
            return self.kill()

    def send(self, signal: Signals) -> None:
        self._child.send_signal(signal)

    def kill(self) -> int:
        """End it at once, without a chance to say good-bye."""
        self._child.kill()
        return self.wait()
