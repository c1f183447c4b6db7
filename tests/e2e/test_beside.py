"""A command beside a running server: open pages show what it did."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card
from tests.ui.cli.commands import run_command

pytestmark = pytest.mark.e2e
KEY = "last_keeper"


def test_a_demo_that_is_reset_beside_the_server_is_shown_by_the_open_page(house: House) -> None:
    house.serves()
    assert run_command("demo", data=house.data).code == 0
    page = house.strip(project=KEY)
    shot = next(one for one in house.board(KEY)["shots"] if "tomas" not in one["cast"])
    first = card(page, shot["code"])
    expect(first).to_have_attribute("data-state", "succeeded")
    take = house.ask(f"/slots/{shot['primary']}")["take"]
    review = f"{house.server.url}/api/v1/takes/{take}/review"
    said = httpx.post(review, headers=house.owner, json={"status": "approved"})
    assert said.status_code == 200
    expect(first).to_have_attribute("data-flag", "approved")
    assert run_command("demo", "--reset", data=house.data).code == 0
    expect(first).not_to_have_attribute("data-flag", "approved")
    fresh = next(one for one in house.board(KEY)["shots"] if one["code"] == shot["code"])
    assert fresh["id"] != shot["id"]
    expect(first).to_have_attribute("data-state", "succeeded")
