"""Nothing polls: a page asks for nothing but pictures, and talks over one websocket."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card, inspector, make_all, wait_all
from tests.e2e.scripts import a_script
from tests.e2e.watching import Requests

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("seconds", [10, pytest.param(60, marks=pytest.mark.proof)])
def test_an_idle_page_asks_for_nothing(house: House, seconds: int) -> None:
    house.serves(a_script(8))
    page = house.strip()
    asked = Requests(page)
    card(page, "sc001_SH0001").click()
    expect(inspector(page)).to_be_visible()
    asked.settle()
    page.wait_for_timeout(seconds * 1000)
    assert asked.addresses == []
    assert asked.sockets == []


def test_while_24_shots_are_made_nothing_is_asked_for_but_pictures(house: House) -> None:
    house.serves(a_script(24, scenes=4))
    page = house.strip()
    asked = Requests(page)
    asked.settle()
    make_all(page)
    for scene in page.locator("section.scene").all():
        scene.scroll_into_view_if_needed()
    wait_all(page)
    assert asked.scripted == []
    assert asked.sockets == []
    assert all("/media/" in address for address in asked.addresses), asked.addresses
    assert len(set(asked.addresses)) == len(asked.addresses), "a picture was fetched twice"


def test_a_page_loads_from_its_own_origin_over_a_websocket_alone(house: House) -> None:
    server = house.serves(a_script(8))
    page = house.visitor()
    asked = Requests(page)
    page.goto("/p/film")
    make_all(page)
    wait_all(page)
    assert len(asked.sockets) == 1
    assert "transport=websocket" in asked.sockets[0]
    assert asked.scripted == []
    origins = {urlsplit(one).netloc for one in asked.addresses if not one.startswith("data:")}
    assert origins == {urlsplit(server.url).netloc}
