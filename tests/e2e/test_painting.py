"""From a click to a painted card, in every browser that looks, by push alone."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card, inspector, make_all, press, wait_all, wait_for
from tests.e2e.scripts import a_script
from tests.e2e.watching import Watch, agree, states

pytestmark = pytest.mark.e2e

ROAD = ["empty", "pending", "running", "succeeded"]
PRESS_AT = """(at) =>
  setTimeout(() => document.querySelector(".acts .primary").click(), at - Date.now())"""
SLOW = {"FRAMEWRIGHT_FAKE_SPEED": "1"}


def test_pressing_make_takes_every_card_down_the_whole_road(house: House) -> None:
    house.serves(a_script(8), env=SLOW)
    page = house.strip()
    watch = Watch(page)
    make_all(page)
    wait_all(page)
    for code in states(page):
        versions = [version for _, version in watch.of(code)]
        assert watch.went(code, ROAD), watch.states(code)
        assert versions == sorted(versions), code
    assert watch.kept_every_node()
    expect(page.get_by_role("button", name="Nothing to make").first).to_be_disabled()
    assert house.errors == []


def test_generate_in_the_inspector_makes_that_shot_alone(house: House) -> None:
    house.serves(a_script(4, scenes=1))
    page = house.strip()
    card(page, "sc001_SH0002").click()
    press(page, "Generate")
    expect(card(page, "sc001_SH0002")).to_have_attribute("data-state", "succeeded")
    assert [state for state, _ in states(page).values()].count("empty") == 3
    expect(inspector(page).locator(".take[data-take]")).to_have_count(1)
    expect(inspector(page).locator(".stage img").first).to_have_js_property("complete", value=True)


def test_the_key_g_makes_the_card_that_has_the_focus(house: House) -> None:
    house.serves(a_script(4, scenes=1))
    page = house.strip()
    card(page, "sc001_SH0001").focus()
    page.keyboard.press("g")
    expect(card(page, "sc001_SH0001")).to_have_attribute("data-state", "succeeded")
    expect(card(page, "sc001_SH0001")).to_be_focused()


def test_two_browsers_see_the_same_changes(house: House) -> None:
    house.serves(a_script(6), env=SLOW)
    here, there = house.strip(), house.strip("phone")
    watches = [Watch(here), Watch(there)]
    make_all(here)
    for page in (here, there):
        wait_all(page)
    assert agree(lambda: states(here), lambda: states(there))
    for watch in watches:
        assert watch.went("sc001_SH0000", ROAD), watch.states("sc001_SH0000")
        assert watch.kept_every_node()


def test_pressing_make_in_two_browsers_at_once_makes_nothing_twice(house: House) -> None:
    house.serves(a_script(6))
    here, there = house.strip(), house.strip()
    at = here.evaluate("() => Date.now() + 300")
    for page in (here, there):
        page.evaluate(PRESS_AT, at)
    wait_all(here)
    wait_all(there)
    assert {version for _, version in states(here).values()} == {4}, "asked, began, succeeded"
    expect(here.locator("[role=alert]")).to_have_text("")


def test_what_went_wrong_says_so_and_offers_its_fix(house: House) -> None:
    frames = {1: {"demo": "content_policy"}, 2: {"demo": "auth"}, 3: {"demo": "transient,ok"}}
    house.serves(a_script(5, scenes=1, frame=frames))
    page = house.strip()
    make_all(page)
    wait_for(page, "succeeded", 3)
    failed, blocked = card(page, "sc001_SH0001"), card(page, "sc001_SH0002")
    expect(failed).to_have_attribute("data-state", "failed")
    expect(failed.get_by_role("button", name="Edit prompt")).to_be_visible()
    expect(blocked).to_have_attribute("data-state", "blocked")
    expect(blocked.locator("button.fix")).to_be_visible()
    failed.get_by_role("button", name="Edit prompt").click()
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0001")
    expect(failed.get_by_role("button", name="Edit prompt")).not_to_have_attribute(
        "aria-busy", "true"
    )
