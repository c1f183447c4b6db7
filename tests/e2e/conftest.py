"""A served studio, and people who look at it."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

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

    def visitor(self, size: str = "desk", *, base: str | None = None, dark: bool = True) -> Page:
        """A new browser with a session; on a server reached under ``base``."""
        width, height = SIZES[size]
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            base_url=base or self.server.url,
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.server.sign_in.replace(self.server.url, base or self.server.url))
        return page

    def strip(self, size: str = "desk", *, base: str | None = None, project: str = "film") -> Page:
        """A new browser that looks at the strip."""
        page = self.visitor(size, base=base)
        page.goto(f"/p/{project}")
        ready(page)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def ready(page: Page) -> None:
    """Wait until the cards are there and the socket is."""
    expect(page.locator("[data-strip] [data-shot]").first).to_be_visible()
    page.wait_for_function("window.did_handshake")


@pytest.fixture
def house(tmp_path: Path, browser: Browser, server: StartServer) -> Iterator[House]:
    expect.set_options(timeout=PATIENCE_MS)
    made = House(tmp_path, browser, server)
    try:
        yield made
    finally:
        made.close()
