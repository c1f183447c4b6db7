"""A real Chromium: ``with chromium() as browser: …``; as a program, it installs one if need be."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from playwright._impl._driver import compute_driver_executable
from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import async_playwright
from playwright.sync_api import Browser, sync_playwright

from tests.services.process import Ended, Missing, Process, environment

FLAGS = (
    "--no-sandbox",  # in a container, and as root, there is none to have
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start one; every browser context in it is a browser of its own to a server."""
    with sync_playwright() as playwright:
        path = find(playwright.chromium.executable_path)
        with playwright.chromium.launch(executable_path=path, args=FLAGS) as browser:
            yield browser


@asynccontextmanager
async def async_chromium() -> AsyncIterator[AsyncBrowser]:
    async with async_playwright() as playwright:
        path = find(playwright.chromium.executable_path)
        async with await playwright.chromium.launch(executable_path=path, args=FLAGS) as browser:
            yield browser


def find(own: str) -> Path:
    """Prefer Playwright's own, where it is installed and its libraries are there."""
    for candidate in (own, *map(shutil.which, NAMES)):
        if candidate and starts(candidate):
            return Path(candidate)
    raise Missing("No browser: run `make install`, or put a `chromium` on the PATH.")


def starts(program: str) -> bool:
    try:
        return not subprocess.run(  # noqa: S603 -- a browser we found ourselves
            [program, "--version"], check=False, capture_output=True, timeout=30
        ).returncode
    except OSError:
        return False


def install() -> None:
    """Leave a browser that starts: Playwright's download, else the system's package."""
    if present():
        return
    print("Installing a browser for the tests …", flush=True)  # noqa: T201 -- a program
    if download() and present():
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise Missing(
            "No browser, and Playwright's could not be downloaded. Install Chromium, for example"
            " with: sudo apt-get install chromium"
        )
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3"]
    env = environment(DEBIAN_FRONTEND="noninteractive")
    subprocess.run([*quiet, "update"], check=False, env=env)  # noqa: S603
    # The letters of a page come from a font package, which chromium only recommends.
    packages = ["--no-install-recommends", "chromium", "fonts-liberation"]
    subprocess.run([*quiet, "install", "-y", *packages], check=True, env=env)  # noqa: S603
    if not present():
        raise Missing("apt-get installed chromium, but it does not start.")


def present() -> bool:
    with sync_playwright() as playwright:
        try:
            find(playwright.chromium.executable_path)
        except Missing:
            return False
        return True


def download() -> bool:
    """Let Playwright fetch its own, but not wait for a server that never answers."""
    env = environment(PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="5000")
    with tempfile.TemporaryDirectory() as folder:
        # Its driver itself, not `python -m playwright`, so that ending it ends the download.
        command = [*compute_driver_executable(), "install", "--no-shell", "chromium"]
        with Process(command, log=Path(folder) / "log", env=env) as run:
            try:
                run.wait_for(r"\d+%", within=20)
                return run.wait(within=600) == 0
            except (Ended, subprocess.TimeoutExpired):
                return False


if __name__ == "__main__":
    try:
        install()
    except (Missing, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
