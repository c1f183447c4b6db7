"""The wire is cut while things change: the same document ends right."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import card, inspector, make_all, press, wait_all
from tests.e2e.proxy import Wire
from tests.e2e.scripts import a_script
from tests.e2e.watching import SHIFTS, Watch, agree, states

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("seconds", [1, 6])
def test_what_changed_while_the_wire_was_cut_is_shown_without_a_reload(
    house: House, seconds: int
) -> None:
    server = house.serves(a_script(8))
    with Wire(server.port) as wire:
        far, near = house.strip(base=wire.url), house.strip()
        watch = Watch(far)
        far.evaluate(SHIFTS)
        with wire.cut():
            make_all(near)
            far.wait_for_timeout(seconds * 1000)
            wait_all(near)
            expect(far.locator("#popup")).to_have_attribute("aria-hidden", "false")
            told = far.get_by_role("status").filter(has_text="Connection lost")
            expect(told.get_by_text("Connection lost")).to_be_visible()
            expect(told).to_contain_text(re.compile(r"Connection lost.*shows \d\d:\d\d:\d\d"))
            expect(told).to_contain_text("It comes back by itself. What you typed stays here.")
            assert far.evaluate("() => window.shift") == []
            assert {state for state, _ in states(far).values()} == {"empty"}
        wait_all(far)
        expect(far.locator("#popup")).to_have_attribute("aria-hidden", "true")
        expect(told.get_by_text("Connection lost")).to_be_hidden()
        assert agree(lambda: states(far), lambda: states(near))
        assert watch.kept_every_node(), "reloaded"
        for code in states(far):
            versions = [version for _, version in watch.of(code)]
            assert versions == sorted(versions)


def test_a_draft_and_the_place_on_the_page_outlive_a_cut(house: House) -> None:
    server = house.serves(a_script(8))
    with Wire(server.port) as wire:
        page = house.strip(base=wire.url)
        card(page, "sc001_SH0001").click()
        prompt = inspector(page).get_by_label("Prompt", exact=True)
        prompt.fill("half a thought")
        with wire.cut():
            expect(page.locator("#popup")).to_have_attribute("aria-hidden", "false")
            prompt.press_sequentially(" more")
        expect(page.locator("#popup")).to_have_attribute("aria-hidden", "true")
        expect(prompt).to_have_value("half a thought more")
        press(page, "Make another")
        expect(card(page, "sc001_SH0001")).to_have_attribute("data-state", "succeeded")
        expect(inspector(page).locator(".rows")).to_contain_text(["half a thought more"])
