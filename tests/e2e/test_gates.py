"""A frame that waits for a look is made when somebody approves the look."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card, inspector, make_all, press, wait_for
from tests.e2e.scripts import a_character, a_script
from tests.e2e.watching import Watch

pytestmark = pytest.mark.e2e


def a_gated_script() -> str:
    return a_script(
        4,
        scenes=1,
        shot={1: {"cast": ["mira"]}, 2: {"cast": ["mira", "tom"]}},
        concepts=[a_character("mira"), a_character("tom")],
        gates={"look": "approved"},
    )


def test_open_look_and_approve_lets_the_waiting_shots_be_made(house: House) -> None:
    house.serves(a_gated_script())
    page = house.strip()
    make_all(page)
    wait_for(page, "succeeded", 2)
    waiting = card(page, "sc001_SH0001")
    expect(waiting).to_have_attribute("data-flag", "blocked")
    watch = Watch(page)
    waiting.get_by_role("button", name="Open look").click()
    expect(inspector(page)).to_have_attribute("data-inspector", "mira")
    expect(inspector(page).locator(".flagbar")).to_have_attribute("data-flag", "done")
    press(page, "Approve")
    expect(waiting).to_have_attribute("data-state", "succeeded")
    road = ["blocked", "pending", "running", "succeeded"]
    assert watch.went("sc001_SH0001", road), watch.states("sc001_SH0001")
    both = card(page, "sc001_SH0002")
    expect(both).to_have_attribute("data-flag", "blocked")
    both.get_by_role("button", name="Open look").click()
    expect(inspector(page)).to_have_attribute("data-inspector", "tom")
    press(page, "Approve")
    expect(both).to_have_attribute("data-state", "succeeded")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_cast_stands_above_the_first_scene_and_opens_its_looks(house: House, size: str) -> None:
    house.serves(a_gated_script())
    page = house.strip(size)
    cast = page.get_by_role("region", name="Cast")
    mira = cast.locator('[data-look="mira"]')
    expect(mira).to_have_attribute("data-state", "empty")
    make_all(page)
    expect(mira).to_have_attribute("data-state", "succeeded")
    mira.click()
    expect(inspector(page)).to_have_attribute("data-inspector", "mira")
    press(page, "Approve")
    expect(mira).to_have_attribute("data-flag", "approved")
    page.reload()
    expect(inspector(page)).to_have_attribute("data-inspector", "mira")
    expect(cast.locator("[data-shot]")).to_have_count(0)
