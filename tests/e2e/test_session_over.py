"""A page left open ends with its session, and says so where it leads."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card
from tests.e2e.scripts import a_script

pytestmark = pytest.mark.e2e


def end_sessions(house: House) -> None:
    """As signing out in another tab, or an owner who revokes them, does."""
    with closing(sqlite3.connect(house.data / "framewright.db")) as database, database:
        database.execute("DELETE FROM session")


def test_an_act_after_the_end_of_the_session_does_nothing_and_leads_to_the_login(
    house: House,
) -> None:
    house.serves(a_script(3))
    page = house.strip()
    end_sessions(house)
    card(page, "sc001_SH0001").click()
    expect(page).to_have_url(re.compile(r"/login\?next=/p/film"))
    expect(page.get_by_role("status")).to_contain_text("Your session is over")
    page.get_by_label("Token").fill(house.server.api_token)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/p/film"))


def test_a_page_that_comes_back_to_a_server_without_its_session_is_led_to_the_login(
    house: House,
) -> None:
    port = house.serves(a_script(3)).port
    page = house.strip()
    house.server.kill()
    end_sessions(house)
    house.serves(port=port)
    expect(page).to_have_url(re.compile(r"/login\?next=/p/film"))
    expect(page.get_by_role("status")).to_contain_text("Your session is over")
