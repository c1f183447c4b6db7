"""The server stops in the middle, kindly or not; the pages see to themselves."""

import time

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card, inspector, make_all, wait_all
from tests.e2e.scripts import a_script
from tests.e2e.watching import agree, states

pytestmark = pytest.mark.e2e

SLOW = {"FRAMEWRIGHT_FAKE_SPEED": "3"}
SHOTS = 10


def test_a_killed_server_loses_nothing_and_the_pages_come_back_by_themselves(house: House) -> None:
    port = house.serves(a_script(SHOTS), env=SLOW).port
    pages = [house.strip(), house.strip("phone")]
    make_all(pages[0])
    for page in pages:
        expect(page.locator("[data-state=running]").first).to_be_visible()
    house.server.kill()
    for page in pages:
        expect(page.locator("#popup")).to_have_attribute("aria-hidden", "false")
    house.serves(port=port)
    for page in pages:
        wait_all(page, within=60)
        expect(page.locator("#popup")).to_have_attribute("aria-hidden", "true")
    board = house.board()
    assert len(board["shots"]) == SHOTS
    takes = [slot["takes"] for shot in board["shots"] for slot in shot["slots"]]
    assert takes == [1] * SHOTS
    assert agree(lambda: states(pages[0]), lambda: states(pages[1]), house.states)
    assert house.errors == []


def test_a_page_with_an_open_inspector_comes_back_to_it(house: House) -> None:
    port = house.serves(a_script(4, scenes=1)).port
    page = house.strip()
    card(page, "sc001_SH0002").click()
    expect(inspector(page)).to_be_visible()
    house.server.kill()
    house.serves(port=port)
    expect(page.locator("#popup")).to_have_attribute("aria-hidden", "true")
    expect(inspector(page)).to_have_attribute("data-inspector", "sc001_SH0002")
    assert page.url.endswith("/p/film/s/sc001_SH0002")


def test_a_terminated_server_ends_cleanly_in_five_seconds_with_pages_open(house: House) -> None:
    server = house.serves(a_script(SHOTS), env=SLOW)
    page = house.strip()
    events = f"{server.url}/api/v1/projects/film/events"
    with httpx.stream("GET", events, headers=house.owner) as stream:
        news = stream.iter_lines()
        make_all(page)
        assert next(news)
        began = time.monotonic()
        assert server.stop(within=10) == 0
        assert time.monotonic() - began < 5
        assert list(news), "the stream ends, it is not cut"
    assert "Traceback" not in server.log
