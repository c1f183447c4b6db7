"""The house and the bare page beside it, each a real process, for the same productions."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.bench import production
from tests.bench.eye import Eye
from tests.bench.remote import Remote
from tests.services.process import ROOT, Process, environment
from tests.services.server import Server

HERE = Path(__file__).parent
PICTURES = 8


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its address, and the line past its event loop."""

    url: str
    sign_in: str | None
    order: Remote

    def eye(self, browser: Browser) -> Eye:
        return Eye(browser, sign_in=self.sign_in)

    def strip(self, key: str, code: str | None = None) -> str:
        return f"{self.url}/p/{key}" + (f"/s/{code}" if code else "")


@contextmanager
def folder() -> Iterator[Path]:
    """A short path: a socket's name may not be long."""
    with TemporaryDirectory(prefix="fwb", dir="/tmp") as name:
        yield Path(name)


@contextmanager
def house(at: Path, pictures: Path, **productions: int) -> Iterator[Side]:
    """``main.py serve`` with a driver inside, and productions of so many shots."""
    server = Server(at / "house", program=HERE / "house.py", env={"PYTHONPATH": str(ROOT)})
    with ExitStack() as stack:
        stack.callback(server.kill)
        order = stack.enter_context(Remote(server.data))
        for key, shots in productions.items():
            order("create", key=key, shots=shots, pictures=pictures)
        yield Side(server.url, server.sign_in, order)


@contextmanager
def bare(at: Path, pictures: Path, **productions: int) -> Iterator[Side]:
    data = at / "bare"
    data.mkdir()
    command: list[str | Path] = [sys.executable, HERE / "bare.py", data, pictures]
    with Process(command, log=at / "bare.log", env=environment(PYTHONPATH=str(ROOT))) as process:
        url = process.wait_for(r"Bare ready: (http://\S+)\n")[1]
        with Remote(data) as order:
            for key, shots in productions.items():
                order("create", key=key, shots=shots)
            yield Side(url, None, order)


@contextmanager
def both(**productions: int) -> Iterator[tuple[Side, Side]]:
    """(house, bare), with the same pictures."""
    with folder() as at:
        production.draw(at / "pictures", PICTURES)
        with (
            house(at, at / "pictures", **productions) as ours,
            bare(at, at / "pictures", **productions) as theirs,
        ):
            yield ours, theirs


@contextmanager
def crowd(at: Path) -> Iterator[Remote]:
    """A process of viewers; order them to open an address."""
    at.mkdir()
    command: list[str | Path] = [sys.executable, HERE / "viewers.py", at]
    with Process(command, log=at / "log", env=environment(PYTHONPATH=str(ROOT))) as process:
        process.wait_for("Viewers ready")
        with Remote(at) as order:
            yield order
