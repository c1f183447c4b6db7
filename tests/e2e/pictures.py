"""``python -m tests.e2e.pictures``: the README's pictures, taken of the demo as it is made."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.services.browser import chromium
from tests.services.process import ROOT
from tests.services.server import Server, run_main

FOLDER = ROOT / "docs" / "pictures"
QUALITY = 82
SETTLED = """['running', 'pending'].every((flag) =>
  document.querySelector(`.chip[data-flag=${flag}]`).textContent === '0')"""
HALF = "document.querySelectorAll('[data-shot][data-state=succeeded]').length >= 4"
DRAWN = """[...document.images].every((one) => one.complete
  || one.getBoundingClientRect().top > innerHeight)"""


def keep(page: Page, name: str) -> None:
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(600)  # what moves into place has arrived
    FOLDER.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        shot.convert("RGB").save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)
    print(FOLDER / f"{name}.webp")


def look(browser: Browser, server: Server, width: int, height: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="light" if scheme == "light" else "dark",
        device_scale_factor=1 if width > 600 else 2,
    )
    page = context.new_page()
    page.goto(server.sign_in)
    page.goto(f"{server.url}/p/last_keeper")
    page.wait_for_selector("[data-shot]")
    return page


def take(folder: Path) -> None:
    with run_main("demo", "--data", folder / "data", log=folder / "demo.log") as demo:
        demo.wait(60)
    server = Server(folder / "data")
    try:
        with chromium() as browser:
            desk = look(browser, server, 1440, 900, "dark")
            desk.wait_for_function(HALF, timeout=60_000)
            keep(desk, "making")
            desk.wait_for_function(SETTLED, timeout=60_000)
            keep(desk, "strip")
            desk.locator("[data-shot=sc010_SH0030]").click()
            desk.wait_for_selector("[data-inspector] [data-take]")
            keep(desk, "inspector")
            keep(look(browser, server, 390, 780, "dark"), "phone")
            keep(look(browser, server, 1440, 900, "light"), "light")
    finally:
        server.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        take(Path(made))
