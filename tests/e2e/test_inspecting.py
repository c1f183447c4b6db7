"""The inspector: an address of its own, verbs that last, and the keyboard all the way."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House, connected, ready
from tests.e2e.people import card, inspector, make_all, press, wait_all
from tests.e2e.scripts import a_script
from tests.e2e.watching import states
from ui.app import ROUTES

pytestmark = pytest.mark.e2e

INSTANT = {"FRAMEWRIGHT_FAKE_SPEED": "0"}


def a_made_strip(house: House, shots: int = 8) -> Page:
    house.serves(a_script(shots), env=INSTANT)
    page = house.strip()
    make_all(page)
    wait_all(page)
    return page


def test_it_opens_by_click_and_by_enter_and_back_closes_it(house: House) -> None:
    house.serves(a_script(8))
    page = house.strip()
    card(page, "sc001_SH0001").click()
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0001")
    expect(page).to_have_url(re.compile("/p/film/s/sc001_SH0001$"))
    expect(card(page, "sc001_SH0001")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(inspector(page)).to_be_hidden()
    expect(page).to_have_url(re.compile("/p/film$"))
    card(page, "sc001_SH0002").focus()
    page.keyboard.press("Enter")
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0002")
    page.reload()
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0002")
    ready(page)
    inspector(page).get_by_role("button", name="Close").click()
    expect(inspector(page)).to_be_hidden()
    expect(page).to_have_url(re.compile("/p/film$"))


def test_opening_and_closing_leaves_the_strip_where_it_was(house: House) -> None:
    house.serves(a_script(40, scenes=4))
    page = house.strip()
    last = card(page, "sc004_SH0039")
    page.locator("section.scene").last.scroll_into_view_if_needed()
    last.scroll_into_view_if_needed()
    before = page.evaluate("() => scrollY")
    assert before > 500
    last.click()
    expect(inspector(page)).to_be_visible()
    expect(last).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(inspector(page)).to_be_hidden()
    expect(last).to_be_in_viewport()
    expect(last).to_be_focused()


def test_escape_closes_it_and_the_focus_goes_back_to_its_card(house: House) -> None:
    house.serves(a_script(8))
    page = house.strip()
    card(page, "sc001_SH0003").focus()
    page.keyboard.press("Enter")
    inspector(page).get_by_label("Prompt", exact=True).focus()
    page.keyboard.press("Escape")
    expect(inspector(page)).to_be_hidden()
    expect(card(page, "sc001_SH0003")).to_be_focused()


def test_arrows_of_the_inspector_go_to_the_neighbours(house: House) -> None:
    house.serves(a_script(8))
    page = house.strip()
    page.goto("/p/film/s/sc001_SH0001")
    ready(page)
    inspector(page).get_by_role("button", name="Next shot").click()
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0002")
    for code in ("sc001_SH0001", "sc001_SH0000"):
        inspector(page).get_by_role("button", name="Previous shot").click()
        expect(inspector(page)).to_have_attribute("data-inspector", code)


def test_what_a_person_says_of_a_take_lasts(house: House) -> None:
    page = a_made_strip(house, 3)
    said = [("Approve", "approved"), ("Retake", "retake"), ("Select for video", "selected")]
    cards = [card(page, code) for code in states(page)]
    for at, (verb, flag) in enumerate(said):
        cards[at].click()
        expect(inspector(page).locator(".flagbar")).to_have_attribute("data-flag", "done")
        press(page, verb)
        expect(cards[at]).to_have_attribute("data-flag", flag)
    page.reload()
    for at, (_, flag) in enumerate(said):
        expect(cards[at]).to_have_attribute("data-flag", flag)
    expect(inspector(page).locator(".flagbar")).to_have_attribute("data-flag", "selected")
    ready(page)
    press(page, "Not for video")
    expect(cards[2]).not_to_have_attribute("data-selected", "")


def test_an_older_take_can_be_compared_and_used_and_it_lasts(house: House) -> None:
    page = a_made_strip(house, 2)
    card(page, "sc001_SH0000").click()
    press(page, "Make another")
    takes = inspector(page).locator(".take[data-take]")
    expect(takes).to_have_count(2)
    first = takes.filter(has_text="Take 1")
    expect(takes.filter(has_text="Take 2")).to_have_attribute("data-shown", "")
    first.click()
    slider = inspector(page).get_by_role("slider", name=re.compile("Compare"))
    expect(slider).to_be_in_viewport(ratio=0.9)
    press(page, "Use this")
    expect(first).to_have_attribute("data-shown", "")
    page.reload()
    expect(first).to_have_attribute("data-shown", "")


def test_every_verb_has_its_name_and_none_stands_for_nothing(house: House) -> None:
    page = a_made_strip(house, 2)
    card(page, "sc001_SH0000").click()
    buttons = inspector(page).get_by_role("button")
    there = ("Approve", "Retake", "Select for video", "Use this", "Delete")
    for name in (*there, "Make another", "Put into script"):
        expect(inspector(page).get_by_role("button", name=name, exact=True)).to_be_enabled()
    for name in ("Release", "Retry", "Cancel", "Not for video"):
        expect(buttons.filter(has_text=name)).to_be_hidden()


def test_a_double_click_on_a_production_opens_it_once_and_whole(house: House) -> None:
    house.serves(a_script(200))
    page = house.visitor()
    page.get_by_role("link", name="The Film").dblclick()
    ready(page)
    card(page, "sc001_SH0000").click()
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0000")
    page.go_back()
    expect(inspector(page)).to_be_hidden()
    page.go_back()
    expect(page.get_by_role("heading", name="Productions")).to_be_visible()


def test_what_is_not_there_says_so_kindly(house: House) -> None:
    house.serves(a_script(2))
    page = house.visitor()
    for address, says in [
        ("/p/atlantis", "atlantis"),
        ("/p/atlantis/s/sc001_SH0000", "atlantis"),
        ("/p/atlantis/script", "atlantis"),
        ("/p/film/s/SH9999", "There is no shot SH9999 here"),
        ("/p/film/look/nothing", "There is no such look here"),
        ("/nowhere", "There is no page /nowhere"),
        ("/p/film/nowhere", "There is no page /p/film/nowhere"),
    ]:
        page.goto(address)
        expect(page.get_by_text(says).locator("visible=true").first).to_be_visible()
        expect(inspector(page)).to_be_hidden()
        page.get_by_role("link", name="Framewright").click()
        expect(page.get_by_role("heading", name="Productions")).to_be_visible()
    assert house.errors == []


def test_every_place_opens_directly_and_from_the_bar_without_a_reload(house: House) -> None:
    house.serves(a_script(2))
    page = house.visitor()
    for address in ROUTES:
        page.goto(address.format(project="film"))
        connected(page)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        expect(page.get_by_text("Not here", exact=True)).to_be_hidden()
    page.goto("/p/film")
    ready(page)
    page.evaluate("() => window.stayed = true")
    page.get_by_role("link", name="Script").click()
    expect(page.locator(".cm-content")).to_contain_text("sc001")
    page.get_by_role("link", name="Providers").click()
    expect(page.locator('[data-provider="fake"]')).to_contain_text("Ready")
    page.get_by_role("link", name="Framewright").click()
    page.get_by_role("link", name="The Film").click()
    ready(page)
    card(page, "sc001_SH0000").click()
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0000")
    expect(page).to_have_url(re.compile("/p/film/s/sc001_SH0000$"))
    page.go_back()
    expect(inspector(page)).to_be_hidden()
    page.go_back()
    expect(page.get_by_role("heading", name="Productions")).to_be_visible()
    expect(page.locator(".notice")).to_be_hidden()
    assert page.evaluate("() => window.stayed")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="The Film").click(modifiers=["Control"])
    ready(opened.value)


def test_the_keyboard_walks_the_strip(house: House) -> None:
    house.serves(a_script(8, frame={5: {"demo": "content_policy"}}), env=INSTANT)
    page = house.strip()
    make_all(page)
    expect(card(page, "sc002_SH0005")).to_have_attribute("data-state", "failed")
    card(page, "sc001_SH0000").focus()
    for key, code in [
        ("ArrowRight", "sc001_SH0001"),
        ("ArrowLeft", "sc001_SH0000"),
        ("End", "sc002_SH0007"),
        ("Home", "sc001_SH0000"),
        ("ArrowDown", "sc002_SH0004"),
        ("ArrowUp", "sc001_SH0000"),
        ("n", "sc002_SH0005"),
    ]:
        page.keyboard.press(key)
        expect(card(page, code)).to_be_focused()
    page.keyboard.press("Home")
    expect(card(page, "sc001_SH0000")).to_be_focused()
    page.keyboard.press("a")
    expect(card(page, "sc001_SH0000")).to_have_attribute("data-flag", "approved")
    page.keyboard.press("s")
    expect(card(page, "sc001_SH0000")).to_have_attribute("data-selected", "")
    page.keyboard.press("s")
    expect(card(page, "sc001_SH0000")).not_to_have_attribute("data-selected", "")
    page.keyboard.press("r")
    expect(card(page, "sc001_SH0000")).to_have_attribute("data-flag", "retake")


def test_tab_reaches_the_strip_once_and_goes_on(house: House) -> None:
    house.serves(a_script(8))
    page = house.strip()
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(WHERE))
        if reached[-1] == "body" and len(reached) > 1:
            break
    assert reached[0] == "Skip to the strip"
    assert [one for one in reached if one.startswith("sc0")] == ["sc001_SH0000"]
    assert "Make 8 missing" in reached
    assert reached.index("Make 8 missing") < reached.index("sc001_SH0000")


WHERE = """() => {
  const at = document.activeElement;
  if (at === document.body) return "body";
  return at.dataset.shot || at.textContent.trim() || at.getAttribute("aria-label");
}"""


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_the_opened_card_stays_in_sight_beside_the_inspector(house: House, size: str) -> None:
    house.serves(a_script(9, scenes=1))
    page = house.strip(size)
    for code in ("sc001_SH0002", "sc001_SH0008"):
        card(page, code).click()
        expect(inspector(page)).to_have_attribute("data-inspector", code)
        expect(card(page, code)).to_be_in_viewport(ratio=0.9)
        at, drawer = card(page, code).bounding_box(), page.locator(".drawer").bounding_box()
        assert at is not None
        assert drawer is not None
        assert at["x"] + at["width"] <= drawer["x"]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_times_are_those_of_the_viewers_clock(house: House) -> None:
    house.serves(a_script(1, scenes=1))
    far = house.strip(zone="Asia/Kathmandu")
    make_all(far)
    wait_all(far)
    card(far, "sc001_SH0000").click()
    when = inspector(far).locator("li time").first
    expect(when).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    at = datetime.fromisoformat(when.get_attribute("datetime") or "")
    here = at.astimezone(ZoneInfo("Asia/Kathmandu"))
    expect(when).to_have_text(f"{here:%H:%M:%S}")
    far.reload()  # its history is there before the browser has said where it is
    expect(when).to_have_text(f"{here:%H:%M:%S}")


def test_what_was_refused_leads_to_the_prompt_that_must_be_changed(house: House) -> None:
    house.serves(a_script(1, scenes=1, frame={0: {"demo": "content_policy, ok"}}), env=INSTANT)
    page = house.strip()
    make_all(page)
    wait_all(page, "failed")
    card(page, "sc001_SH0000").click()
    yellow = inspector(page).locator(".btn.primary").filter(visible=True)
    expect(yellow).to_have_text(["Edit prompt"])
    yellow.click()
    expect(inspector(page).get_by_label("Prompt", exact=True)).to_be_focused()
