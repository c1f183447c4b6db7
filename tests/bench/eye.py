"""What the browser itself sees, and when: the same watch in the house's page and in the bare one.

Painted means: the first task after the next frame, as a MessageChannel told in that frame's
callback. Times are the browser's wall clock, which is the server's: both are on this machine.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

from tests.bench.driver import Change

WINDOW = {"width": 1600, "height": 1000}
FIRST_SCREEN = 20
"""Cards that fill this window."""

WATCH = """
(() => {
  const unix = () => performance.timeOrigin + performance.now();
  const afterPaint = (tell) => requestAnimationFrame(() => {
    const line = new MessageChannel();
    line.port1.onmessage = () => tell();
    line.port2.postMessage(0);
  });
  const eye = window.eye = { painted: {}, shift: 0, first: null, pictures: null, clicked: null };
  const inWindow = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  };
  const allPictures = () => {
    const seen = [...document.querySelectorAll("img.frame")].filter(inWindow);
    const wanted = seen.filter((one) => !one.src.startsWith("data:"));
    return wanted.length > 0 && wanted.every((one) => one.complete);
  };
  const lookAtPictures = () => {
    if (eye.first === null || eye.pictures !== null || !allPictures()) return;
    eye.pictures = 0;
    afterPaint(() => { eye.pictures = performance.now(); });
  };
  const cards = document.getElementsByClassName("card");
  let begun = false;
  const look = () => {
    if (begun || cards.length < FIRST_SCREEN) return;
    begun = true;
    afterPaint(() => { eye.first = performance.now(); lookAtPictures(); });
  };
  let jump = null;
  const lookAtJump = () => {
    const card = jump && document.querySelector(`[data-shot="${jump.code}"]`);
    if (!card || !inWindow(card)) return;
    const { begin, tell } = jump;
    jump = null;
    afterPaint(() => tell(performance.now() - begin));
  };
  eye.jump = (code, scene) => new Promise((tell) => {
    jump = { code, begin: performance.now(), tell };
    document.querySelector(`[data-scene="${scene}"]`).scrollIntoView({ block: "end" });
    lookAtJump();
  });
  new MutationObserver((changes) => {
    const now = unix();
    look();
    lookAtJump();
    for (const change of changes) {
      const card = change.target;
      if (change.type !== "attributes" || !card.dataset.shot) continue;
      const key = `${card.dataset.shot} ${card.dataset.version}`;
      if (key in eye.painted) continue;
      const seen = eye.painted[key] = { state: card.dataset.state, dom: now, paint: null };
      afterPaint(() => { seen.paint = unix(); });
    }
  }).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-version"],
  });
  document.addEventListener("load", lookAtPictures, true);
  document.addEventListener("click", (event) => {
    eye.clicked = performance.timeOrigin + event.timeStamp;
  }, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) eye.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
})();
""".replace("FIRST_SCREEN", str(FIRST_SCREEN))


ALL_PAINTED = """(last) => Object.entries(last).every(([code, version]) =>
  Object.entries(eye.painted).some(([key, seen]) => {
    const [name, shown] = key.split(" ");
    return name === code && +shown >= version && seen.paint;
  }))"""


class Opened(NamedTuple):
    """Milliseconds since the navigation began."""

    first: float
    pictures: float


class Eye:
    """One page of a headless Chromium, in a browser context of its own."""

    def __init__(self, browser: Browser, *, sign_in: str | None = None) -> None:
        self._context = browser.new_context(
            viewport={"width": WINDOW["width"], "height": WINDOW["height"]}
        )
        self._context.add_init_script(WATCH)
        self.page: Page = self._context.new_page()
        if sign_in is not None:
            self.page.goto(sign_in, wait_until="load")

    def open(self, address: str) -> Opened:
        """Until the first screen of cards is painted, and until its pictures are."""
        self.page.bring_to_front()
        self.page.goto(address, wait_until="commit")
        self.page.wait_for_function("window.eye && eye.pictures > 0", timeout=60_000)
        first, pictures = self.page.evaluate("[eye.first, eye.pictures]")
        return Opened(first, pictures)

    def settle(self, milliseconds: float = 700) -> None:
        self.page.wait_for_timeout(milliseconds)

    def jump(self, code: str, scene: str) -> float:
        """Scroll to the end of a scene; milliseconds until its card is there and painted."""
        return float(self.page.evaluate("([code, scene]) => eye.jump(code, scene)", [code, scene]))

    @property
    def shift(self) -> float:
        return float(self.page.evaluate("eye.shift"))

    def painted(self, changes: Sequence[Change]) -> list[float]:
        """Milliseconds from each commit to its paint, or to that of a later one of the card."""
        last = {one.code: one.version for one in changes}
        self.page.wait_for_function(ALL_PAINTED, arg=last, timeout=10_000)
        seen = self.page.evaluate("eye.painted")
        by_code: dict[str, list[tuple[int, float]]] = {}
        for key, one in seen.items():
            name, version = key.split()
            if one["paint"] is not None:
                by_code.setdefault(name, []).append((int(version), one["paint"]))
        return [
            min(
                (at for version, at in by_code.get(one.code, ()) if version >= one.version),
                default=float("inf"),
            )
            - one.at
            for one in changes
        ]

    def click(self, selector: str, code: str) -> float:
        """Press a button with the mouse; milliseconds until the card is painted pending."""
        self.page.evaluate("eye.painted = {}")
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None, f"there is no {selector}"
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        found: Any = self.page.wait_for_function(
            """(code) => Object.entries(eye.painted).find(([key, seen]) =>
                key.startsWith(code + " ") && seen.state === "pending" && seen.paint)""",
            arg=code,
            timeout=10_000,
        ).json_value()
        return float(found[1]["paint"]) - float(self.page.evaluate("eye.clicked"))

    def close(self) -> None:
        self._context.close()
