"""``python main.py …`` as a real process, and a served studio among them."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from tests.services.process import ROOT, Process, environment

MAIN = ROOT / "main.py"


def run_main(
    *arguments: str | Path, log: Path, env: Mapping[str, str] = {}, program: Path = MAIN
) -> Process:
    """Start a command; ``env`` is what its environment holds besides the machine's own."""
    return Process([sys.executable, program, *arguments], log=log, env=environment(**env))


class Server:
    """``main.py serve`` on a free port; ready when the constructor returns."""

    def __init__(
        self,
        data: Path,
        *arguments: str | Path,
        port: int = 0,
        within: float = 30,
        env: Mapping[str, str] = {},
        program: Path = MAIN,
    ) -> None:
        data.mkdir(parents=True, exist_ok=True)
        options = ("--port", str(port), "--data", data, "--no-open", *arguments)
        log = data.with_name(f"{data.name}.log")
        self.data = data
        self.process = run_main("serve", *options, log=log, env=env, program=program)
        try:
            ready = self.process.wait_for(r"Framewright ready: (http://\S+)\n", within=within)
        except BaseException:
            self.process.kill()
            raise
        self.sign_in = ready[1]
        """The printed address: opens the page and sets the session cookie."""
        address = urlsplit(self.sign_in)
        self.url = f"{address.scheme}://{address.netloc}"
        self.port = address.port or 80
        self.token = parse_qs(address.query).get("token", [""])[0]

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def log(self) -> str:
        """Everything this run printed; the file goes on across restarts with the same data."""
        return self.process.text

    @property
    def api_token(self) -> str:
        """The owner's token for ``Authorization: Bearer``."""
        return (self.data / "owner.token").read_text().strip()

    def stop(self, within: float = 10) -> int:
        """SIGTERM; the exit code, or -9 when it had to be killed."""
        return self.process.stop(within)

    def kill(self) -> int:
        """SIGKILL."""
        return self.process.kill()


class StartServer(Protocol):
    """What the ``server`` fixture gives: a start whose end is seen to."""

    def __call__(
        self,
        *arguments: str | Path,
        data: Path | None = None,
        port: int = 0,
        env: Mapping[str, str] = {},
    ) -> Server: ...
