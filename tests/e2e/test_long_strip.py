"""A strip of a thousand shots: only what is near is built, and everything can be reached."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card
from tests.e2e.scripts import a_script
from tests.e2e.watching import SHIFTS

pytestmark = pytest.mark.e2e

SHOTS, SCENES = 1000, 40
COUNT = "() => document.querySelectorAll('[data-strip] [data-shot]').length"


@pytest.fixture
def long(house: House) -> House:
    house.serves(a_script(SHOTS, scenes=SCENES))
    return house


def test_opening_builds_what_is_near_and_scrolling_the_rest(long: House) -> None:
    page = long.strip()
    page.evaluate(SHIFTS)
    assert page.evaluate(COUNT) <= 150
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.mouse.move(700, 600)
    page.locator("section.scene").nth(20).scroll_into_view_if_needed()
    expect(card(page, "sc021_SH0500")).to_be_attached()
    assert page.evaluate(COUNT) <= 400
    assert page.evaluate("() => document.documentElement.scrollHeight") == height
    assert page.evaluate("() => window.shift") == []


def test_the_ribbon_jumps_to_a_shot_far_down(long: House) -> None:
    page = long.strip()
    ribbon = page.get_by_role("button", name="The whole cut")
    box = ribbon.bounding_box()
    assert box is not None
    ribbon.click(position={"x": box["width"] * 900.5 / SHOTS, "y": box["height"] - 2})
    shot = card(page, "sc037_SH0900")
    expect(shot).to_be_focused()
    expect(shot).to_be_in_viewport()
    assert page.evaluate(COUNT) <= 400


def test_end_reaches_the_last_shot_and_a_filter_hides_all_but_one_kind(long: House) -> None:
    page = long.strip()
    card(page, "sc001_SH0000").focus()
    page.keyboard.press("g")
    expect(card(page, "sc001_SH0000")).to_have_attribute("data-state", "succeeded")
    page.keyboard.press("End")
    expect(card(page, "sc040_SH0999")).to_be_focused()
    filters = page.get_by_role("group", name="Filter by state")
    filters.get_by_role("button", name="Ready: 1").click()
    expect(page.locator("[data-strip] [data-shot]:visible")).to_have_count(1)
    expect(card(page, "sc001_SH0000")).to_be_visible()
    expect(page.locator("section.scene:visible")).to_have_count(1)
    filters.get_by_role("button", name="All: 1000").click()
    expect(card(page, "sc001_SH0001")).to_be_visible()
