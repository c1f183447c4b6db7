"""A served studio, and people who look at it."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.services.process import Process, environment
from tests.services.server import Server, StartServer

FAST = {"FRAMEWRIGHT_FAKE_ART": "plain", "FRAMEWRIGHT_FAKE_SPEED": "0.3"}
SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
PATIENCE_MS = 20_000


class House:
    """One data folder, its server, and the browsers at it."""

    def __init__(self, folder: Path, browser: Browser, start: StartServer) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._browser = browser
        self._start = start
        self._contexts: list[BrowserContext] = []
        self.server: Server
        self.errors: list[str] = []
        """What went wrong in any page: uncaught errors, and what the console was told."""

    def holds(self, *scripts: str, env: Mapping[str, str] = {}) -> None:
        """Put productions into the folder, before it is served."""
        paths = []
        for number, script in enumerate(scripts):
            paths.append(self.folder / f"script{number}.yaml")
            paths[-1].write_text(script, encoding="utf-8")
        command: list[str | Path] = [sys.executable, "-m", "tests.e2e.load", self.data, *paths]
        with Process(command, log=self.folder / "load.log", env=environment(**env)) as run:
            assert run.wait(60) == 0, run.text

    def serves(self, *scripts: str, env: Mapping[str, str] = {}, port: int = 0) -> Server:
        """The server, with these productions."""
        if scripts:
            self.holds(*scripts, env=env)
        self.server = self._start(data=self.data, port=port, env={**FAST, **env})
        return self.server

    def visitor(
        self,
        size: str = "desk",
        *,
        base: str | None = None,
        dark: bool = True,
        zone: str | None = None,
    ) -> Page:
        """A new browser with a session; on a server reached under ``base``."""
        width, height = SIZES[size]
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            base_url=base or self.server.url,
            timezone_id=zone,
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.server.sign_in.replace(self.server.url, base or self.server.url))
        connected(page)
        return page

    def strip(
        self,
        size: str = "desk",
        *,
        base: str | None = None,
        project: str = "film",
        zone: str | None = None,
    ) -> Page:
        """A new browser that looks at the strip."""
        page = self.visitor(size, base=base, zone=zone)
        page.goto(f"/p/{project}")
        ready(page)
        return page

    @property
    def owner(self) -> dict[str, str]:
        """Headers that say so."""
        return {"Authorization": f"Bearer {self.server.api_token}"}

    def ask(self, path: str) -> Any:
        """The API's answer to a GET, as the owner."""
        return httpx.get(f"{self.server.url}/api/v1{path}", headers=self.owner).json()

    def board(self, project: str = "film") -> Any:
        return self.ask(f"/projects/{project}/board")

    def states(self, project: str = "film") -> dict[str, tuple[str, int]]:
        """State and version of each shot, as the API has them."""
        shots = self.board(project)["shots"]
        return {shot["code"]: (shot["state"], shot["version"]) for shot in shots}

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def ready(page: Page) -> None:
    """Wait until the cards are there and the socket is."""
    expect(page.locator("[data-strip] [data-shot]").first).to_be_visible()
    connected(page)


def connected(page: Page) -> None:
    """Wait until the socket is there."""
    page.wait_for_function("window.did_handshake")


@pytest.fixture
def house(tmp_path: Path, browser: Browser, server: StartServer) -> Iterator[House]:
    expect.set_options(timeout=PATIENCE_MS)
    made = House(tmp_path, browser, server)
    try:
        yield made
    finally:
        made.close()
