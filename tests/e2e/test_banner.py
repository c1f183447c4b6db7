"""A production that nobody can make anything for says so once, with two ways out."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House

pytestmark = pytest.mark.e2e
SCRIPT = """\
project: {id: film}
blocks:
  - id: A
    content: The lamp
    media:
      - media_id: m
        media_role: narrative_im
        media_spec: {type: stable_diffusion, prompt: a lamp}
"""


def test_demo_pictures_are_a_visible_edit_of_the_script(house: House) -> None:
    house.serves(SCRIPT)
    page = house.strip()
    banner = page.get_by_role("region", name="What is missing")
    expect(banner).to_contain_text("Nothing here can make pictures yet.")
    expect(banner.get_by_role("link", name="Connect a provider")).to_have_attribute(
        "href", "/providers"
    )
    page.get_by_role("button", name="Make 1 missing").first.click()
    card = page.locator("[data-shot=A]")
    expect(card).to_have_attribute("data-state", "blocked")
    banner.get_by_role("button", name="Use demo pictures").click()
    expect(banner).to_be_hidden()
    script = house.ask("/projects/film/script/revisions")["items"]
    assert len(script) == 2
    expect(card).to_have_attribute("data-kind", "fake")


def test_a_production_that_names_its_providers_has_no_banner(house: House) -> None:
    house.serves(SCRIPT.replace("{id: film}", "{id: film, providers: {image: fake}}"))
    page = house.strip()
    expect(page.get_by_role("region", name="What is missing")).to_be_hidden()
