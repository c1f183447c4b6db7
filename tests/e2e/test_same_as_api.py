"""The page and the API show one truth: the same state for the same version."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card, make_all, wait_for
from tests.e2e.scripts import a_character, a_script
from tests.e2e.watching import Watch, agree, states

pytestmark = pytest.mark.e2e

ROAD = ["empty", "pending", "running", "succeeded"]

THEATRE = {0: {"demo": "content_policy"}, 1: {"demo": "auth"}, 2: {"demo": "never"}}


def test_cards_say_what_the_board_says(house: House) -> None:
    waits = {5: {"cast": ["mira"]}}
    house.serves(
        a_script(8, frame=THEATRE, shot=waits, concepts=[a_character()], gates={"look": "approved"})
    )
    page = house.strip()
    assert agree(lambda: states(page), house.states)
    make_all(page)
    wait_for(page, "succeeded", 4)
    wait_for(page, "blocked", 2)
    wait_for(page, "failed", 1)
    assert agree(lambda: states(page), house.states)


def test_what_a_program_asks_for_is_painted_on_open_pages(house: House) -> None:
    server = house.serves(a_script(6))
    page = house.strip()
    watch = Watch(page)
    answer = httpx.post(
        f"{server.url}/api/v1/projects/film/generate",
        json={"scope": "missing", "shots": ["sc001_SH0001"]},
        headers=house.owner,
    )
    assert answer.status_code == 202
    expect(card(page, "sc001_SH0001")).to_have_attribute("data-state", "succeeded")
    assert watch.went("sc001_SH0001", ROAD), watch.states("sc001_SH0001")
    assert agree(lambda: states(page), house.states)


def test_an_edit_of_the_script_is_painted_on_open_pages(house: House) -> None:
    server = house.serves(a_script(6))
    page = house.strip()
    make_all(page)
    wait_for(page, "succeeded", 6)
    edited = a_script(7, frame={1: {"prompt": "another lamp"}}, title="The Other Film")
    answer = httpx.put(
        f"{server.url}/api/v1/projects/film/script",
        content=edited.encode(),
        headers={**house.owner, "Content-Type": "application/yaml"},
    )
    assert answer.status_code == 200, answer.text
    expect(page.get_by_role("heading", name="The Other Film")).to_be_visible()
    expect(page.locator("[data-strip] [data-shot]")).to_have_count(7)
    expect(card(page, "sc001_SH0001")).to_have_attribute("data-flag", "stale")
    assert agree(lambda: states(page), house.states)
