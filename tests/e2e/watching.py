"""What a page saw, noted down inside it: states as they came, moved layout, what was asked for."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Page, Request

WATCH = """() => {
  window.seen = [];
  window.nodes = new Map();
  const note = (card) => window.seen.push(
    [card.dataset.shot, card.dataset.state, Number(card.dataset.version)]);
  document.querySelectorAll("[data-shot]").forEach((card) => {
    window.nodes.set(card.dataset.shot, card);
    note(card);
  });
  new MutationObserver((news) => news.forEach((one) => {
    if (one.target.dataset.shot) note(one.target);
  })).observe(document.querySelector("[data-strip]"),
    {subtree: true, attributes: true, attributeFilter: ["data-state", "data-version"]});
}"""
KEPT = """() => [...document.querySelectorAll("[data-shot]")].every(
  (card) => window.nodes.get(card.dataset.shot) === card)"""
SHIFTS = """() => {
  window.shift = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.shift.push(...entry.sources.map((one) => one.node && one.node.outerHTML));
  })).observe({type: "layout-shift", buffered: false});
}"""
STATES = """() => Object.fromEntries([...document.querySelectorAll("[data-shot]")].map(
  (card) => [card.dataset.shot, [card.dataset.state, Number(card.dataset.version)]]))"""


class Watch:
    """Follows the cards of an open strip from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(WATCH)

    def of(self, code: str) -> list[tuple[str, int]]:
        """The states and versions of one card, in the order they were painted."""
        seen: Sequence[Sequence[Any]] = self._page.evaluate("() => window.seen")
        return [(state, version) for shot, state, version in seen if shot == code]

    def states(self, code: str) -> list[str]:
        """Without repeats."""
        told = [state for state, _ in self.of(code)]
        return [one for at, one in enumerate(told) if at == 0 or told[at - 1] != one]

    def went(self, code: str, road: Sequence[str]) -> bool:
        """Whether a card went from the first to the last of these states, in their order.

        A busy machine may paint two changes as one, so one between them may be missing.
        """
        seen = self.states(code)
        on = iter(road)
        return [seen[0], seen[-1]] == [road[0], road[-1]] and all(one in on for one in seen)

    def kept_every_node(self) -> bool:
        """Whether each card is still the element it was."""
        return bool(self._page.evaluate(KEPT))


class Requests:
    """Everything a page asks for from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._all: list[Request] = []
        self.sockets: list[str] = []
        page.on("request", self._note)
        page.on("websocket", lambda socket: self.sockets.append(socket.url))

    def _note(self, request: Request) -> None:
        self._all.append(request)

    def settle(self, *, quiet_s: float = 2) -> None:
        """Until the page has asked for nothing for a while; what it asked for is forgotten."""
        before = -1
        while before != len(self._all):
            before = len(self._all)
            self._page.wait_for_timeout(quiet_s * 1000)
        self._all.clear()

    @property
    def scripted(self) -> list[str]:
        """What a script of the page asked for: all that polling could be."""
        return [one.url for one in self._all if one.resource_type in ("xhr", "fetch")]

    @property
    def addresses(self) -> list[str]:
        return [one.url for one in self._all]


def agree(*tellers: Callable[[], object], within: float = 20) -> bool:
    """Whether all come to say the same: what is pushed needs a moment."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        first, *others = [tell() for tell in tellers]
        if all(one == first for one in others):
            return True
        time.sleep(0.05)
    return False


def states(page: Page) -> dict[str, tuple[str, int]]:
    """State and version of each card that is built."""
    found: dict[str, Sequence[Any]] = page.evaluate(STATES)
    return {code: (state, version) for code, (state, version) in found.items()}
