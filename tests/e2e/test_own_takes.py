"""A person's own picture for a slot, and a prompt that goes back into the script."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.e2e.people import card, inspector, press
from tests.e2e.scripts import a_script
from tests.storage.media_files import picture, still

pytestmark = pytest.mark.e2e

FIRST = "sc001_SH0000"
DROP = """(tile, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], 'mine.png', {type: 'image/png'}));
    const how = {dataTransfer: data, bubbles: true, cancelable: true};
    tile.dispatchEvent(new DragEvent('drop', how));
}"""


def opened(house: House, size: str = "desk") -> Page:
    house.serves(a_script(3))
    page = house.strip(size)
    card(page, FIRST).click()
    expect(inspector(page)).to_have_attribute("data-inspector", FIRST)
    return page


def test_a_picture_of_ones_own_is_chosen_or_dropped_and_picked_at_once(
    house: House, tmp_path: Path
) -> None:
    """Issue 3, deliverable 5."""
    page = opened(house)
    other = house.strip()
    tile = inspector(page).locator(".own")
    mine = tmp_path / "mine.png"
    mine.write_bytes(picture(image=still(64, 36)))
    tile.locator("input").set_input_files(mine)
    expect(page.locator(".notice")).to_contain_text("Your own take is here, and picked.")
    takes = inspector(page).locator(".take[data-take]")
    expect(takes).to_have_count(1)
    expect(takes.first).to_have_attribute("data-kind", "upload")
    expect(takes.first).to_have_attribute("aria-label", "Take 1, your own, shown")
    expect(card(other, FIRST)).to_have_attribute("data-state", "succeeded")
    expect(card(other, FIRST)).to_have_attribute("data-kind", "upload")
    tile.evaluate(DROP, list(picture(image=still(64, 40))))
    expect(takes).to_have_count(2)
    expect(takes.first).to_have_attribute("data-shown", "")
    [slot] = next(one for one in house.board()["shots"] if one["code"] == FIRST)["slots"]
    assert (slot["takes"], slot["provider_kind"], slot["currency"]) == (2, "upload", "current")
    assert slot["picked"] == slot["take"]
    assert house.ask("/jobs")["items"] == []


def test_what_is_not_taken_is_told_in_one_sentence(house: House, tmp_path: Path) -> None:
    page = opened(house)
    chooser = inspector(page).locator(".own input")
    notice = page.locator(".notice")
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    chooser.set_input_files(bad)
    expect(notice).to_contain_text("This is no media that is taken")
    big = tmp_path / "big.png"
    with big.open("wb") as file:
        file.truncate(65_000_000)
    chooser.set_input_files(big)
    expect(notice).to_contain_text("big.png has 65 MB; at most 64 are taken.")
    page.route("**/api/v1/slots/*/takes", lambda route: route.abort())
    good = tmp_path / "good.png"
    good.write_bytes(picture(image=still(64, 36)))
    chooser.set_input_files(good)
    expect(notice).to_contain_text("The line is cut; nothing was taken.")
    page.unroute("**/api/v1/slots/*/takes")
    chooser.set_input_files(good)
    expect(inspector(page).locator(".take[data-take]")).to_have_count(1)


def test_a_prompt_that_gave_a_good_take_goes_into_the_script_and_back(house: House) -> None:
    """Issue 3, deliverable 5."""
    page = opened(house)
    press(page, "Generate")
    expect(inspector(page).locator(".take[data-take]")).to_have_count(1)
    prompt = inspector(page).get_by_label("Prompt", exact=True)
    expect(prompt).to_have_value("lamp number 0")
    prompt.fill("lamp number 0, lit")
    press(page, "Make another")
    expect(inspector(page).locator(".take[data-take]")).to_have_count(2)
    jobs = len(house.ask("/jobs")["items"])
    press(page, "Put into script")
    sheet = page.get_by_role("dialog")
    expect(sheet.locator('[data-side="theirs"]')).to_contain_text("prompt: lamp number 0")
    expect(sheet.locator('[data-side="mine"]')).to_contain_text("prompt: lamp number 0, lit")
    sheet.get_by_role("button", name="Put into script").click()
    expect(page.locator(".notice")).to_contain_text("In the script, as revision 2.")
    assert "lamp number 0, lit" in script(house)
    expect(card(page, FIRST)).not_to_have_attribute("data-flag", "stale")
    assert slot(house)["currency"] == "current"
    assert slot(house)["take_number"] == 2
    page.locator(".notice").get_by_role("button", name="Undo").click()
    expect(page.locator(".notice")).to_contain_text("The script is as it was.")
    assert ", lit" not in script(house)
    assert slot(house)["currency"] == "current"
    press(page, "Put into script")
    expect(page.get_by_role("dialog").locator('[data-side="mine"]')).to_contain_text(", lit")
    assert len(house.ask("/jobs")["items"]) == jobs


def script(house: House) -> str:
    address = f"{house.server.url}/api/v1/projects/film/script"
    return httpx.get(address, headers=house.owner).text


def slot(house: House) -> dict[str, object]:
    [found] = next(one for one in house.board()["shots"] if one["code"] == FIRST)["slots"]
    return dict(found)
