"""Nothing moves: a card is as high in one state as in any other, on every window."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SIZES, House
from tests.e2e.people import card, inspector, make_all, press, wait_for
from tests.e2e.scripts import a_script
from tests.e2e.watching import SHIFTS

pytestmark = pytest.mark.e2e

THEATRE = {
    0: {"demo": "content_policy"},
    1: {"demo": "auth"},
    2: {"demo": "never"},
    3: {"demo": "transient,ok"},
    4: {"demo": "ok@1s"},
}
HEIGHTS = """() => [...document.querySelectorAll("[data-strip] [data-shot]")].map(
  (card) => card.getBoundingClientRect().height)"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CLIPPED = """() => [...document.querySelectorAll("button, h1, .slug h2")].filter(
  (one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest(".cells, .tools, .nav, .tabs")).map((one) => one.outerHTML)"""


@pytest.mark.parametrize("size", list(SIZES))
def test_no_card_moves_or_grows_while_all_go_through_their_states(house: House, size: str) -> None:
    house.serves(a_script(10, frame=THEATRE))
    page = house.strip(size)
    heights = set(measured(page))
    page.evaluate(SHIFTS)
    make_all(page)
    wait_for(page, "running", 1)
    heights |= set(measured(page))
    wait_for(page, "succeeded", 7)
    wait_for(page, "failed", 1)
    wait_for(page, "blocked", 1)
    heights |= set(measured(page))
    assert page.evaluate("() => window.shift") == []
    assert len(heights) == 1, heights
    assert page.evaluate(TOO_WIDE) == 0
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("size", list(SIZES))
def test_the_inspector_fits_its_window(house: House, size: str) -> None:
    house.serves(a_script(4, scenes=1))
    page = house.strip(size)
    card(page, "sc001_SH0000").click()
    expect(inspector(page)).to_be_visible()
    press(page, "Generate")
    expect(inspector(page).locator(".take[data-take]")).to_have_count(1)
    assert page.evaluate(TOO_WIDE) == 0
    assert page.evaluate(CLIPPED) == []


def measured(page: Page) -> list[float]:
    found: list[float] = page.evaluate(HEIGHTS)
    return found
