"""The script page: written by one, seen by all, never lost."""

import httpx
import pytest
from playwright.sync_api import Dialog, Page, Response, expect

from tests.e2e.conftest import House, connected
from tests.e2e.people import card, make_all, wait_all
from tests.e2e.scripts import a_script

pytestmark = [pytest.mark.e2e, pytest.mark.proof]


def open_script(house: House, size: str = "desk") -> Page:
    page = house.visitor(size)
    page.goto("/p/film/script")
    connected(page)
    expect(page.locator(".cm-content")).to_contain_text("film")
    expect(page.locator(".revisions .saved").first).to_be_visible()
    return page


def write(page: Page, before: str, text: str) -> None:
    """Put words behind those that stand in the text."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Home")
    page.evaluate(
        """([id, before]) => {
            const view = getElement(id).editor;
            const at = view.state.doc.toString().indexOf(before) + before.length;
            view.dispatch({selection: {anchor: at}, scrollIntoView: true});
            view.focus();
        }""",
        [page.locator(".nicegui-codemirror").evaluate("one => Number(one.id.slice(1))"), before],
    )
    page.keyboard.insert_text(text)


def save(page: Page, revision: int) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".writing")).to_have_attribute("data-revision", str(revision))


def script(house: House) -> str:
    return httpx.get(f"{house.server.url}/api/v1/projects/film/script", headers=house.owner).text


def test_one_word_edited_makes_just_its_cards_stale_for_everybody_and_comes_back(
    house: House,
) -> None:
    """Issue 3, deliverable 5."""
    house.serves(a_script(6))
    strip = house.strip()
    make_all(strip)
    wait_all(strip)
    page = open_script(house)
    write(page, "lamp number 2", " at dusk")
    margin = page.locator(".margin")
    expect(margin).to_contain_text("Makes stale 1")
    expect(margin.locator(".effect").first).to_contain_text("sc001_SH0002")
    save(page, 2)
    expect(card(strip, "sc001_SH0002")).to_have_attribute("data-flag", "stale")
    expect(strip.locator('[data-strip] [data-flag="stale"]')).to_have_count(1)
    page.get_by_role("button", name="Restore revision 1").click()
    expect(page.locator(".writing")).to_have_attribute("data-revision", "3")
    expect(page.locator(".cm-content")).not_to_contain_text("dusk")
    expect(card(strip, "sc001_SH0002")).not_to_have_attribute("data-flag", "stale")
    expect(strip.locator('[data-strip] [data-flag="stale"]')).to_have_count(0)
    assert len(house.ask("/jobs")["items"]) == 6
    assert house.errors == []


def test_a_mistake_is_told_with_its_line_and_is_not_saved(house: House) -> None:
    house.serves(a_script(2))
    page = open_script(house)
    write(page, "Shot number 1.", "\n    colour: red")
    finding = page.locator(".finding")
    expect(finding).to_contain_text("colour")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.keyboard.press("Control+Home")
    finding.click()
    expect(page.locator(".cm-activeLine")).to_contain_text("colour: red")
    page.keyboard.press("Control+s")
    assert "colour" not in script(house)


def test_what_is_not_saved_outlives_leaving_and_is_asked_for_at_the_door(house: House) -> None:
    house.serves(a_script(2))
    page = open_script(house)
    write(page, "Shot number 1.", " Half a thought.")
    expect(page.locator(".writing")).to_have_attribute("data-unsaved", "")
    page.get_by_role("link", name="Strip", exact=True).click()
    expect(page.locator("[data-strip] [data-shot]").first).to_be_visible()
    page.get_by_role("link", name="Script").click()
    expect(page.locator(".cm-content")).to_contain_text("Half a thought.")
    expect(page.locator(".notice")).to_contain_text("is here again")
    page.locator(".cm-content").click()  # a browser asks only for what a hand has touched
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.reload()
    connected(page)
    assert asked == ["beforeunload"]
    expect(page.locator(".cm-content")).to_contain_text("Half a thought.")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(".cm-content")).not_to_contain_text("Half a thought.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".writing")).to_have_attribute("data-unsaved", "")
    save(page, 2)
    assert "Half a thought." in script(house)
    page.reload()
    connected(page)
    assert asked == ["beforeunload"]


def test_a_save_is_undone_from_another_page_too(house: House) -> None:
    house.serves(a_script(2))
    page = open_script(house)
    before = script(house)
    write(page, "Shot number 1.", " Too much.")
    save(page, 2)
    write(page, "Shot number 0.", " Not yet.")
    expect(page.locator(".writing")).to_have_attribute("data-unsaved", "")
    page.get_by_role("link", name="Strip", exact=True).click()
    expect(page.locator("[data-strip] [data-shot]").first).to_be_visible()
    page.locator(".notice").get_by_role("button", name="Undo").click()
    expect(page.locator(".notice")).to_contain_text("Revision 1 is back, as revision 3.")
    assert script(house) == before
    page.get_by_role("link", name="Script").click()
    expect(page.locator(".writing")).to_have_attribute("data-revision", "3")
    expect(page.locator(".cm-content")).to_contain_text("Not yet.")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.locator(".cm-content")).not_to_contain_text("Not yet.")
    expect(page.locator(".cm-content")).not_to_contain_text("Too much.")
    assert house.errors == []


def test_of_two_who_write_at_once_both_texts_are_shown_and_neither_is_lost(house: House) -> None:
    house.serves(a_script(3))
    anna, ben, idle = (open_script(house) for _ in range(3))
    write(ben, "Shot number 1.", " Ben was here.")
    write(anna, "Shot number 2.", " Anna was here.")
    save(anna, 2)
    expect(idle.locator(".cm-content")).to_contain_text("Anna was here.")
    meanwhile = ben.get_by_role("region", name="Meanwhile")
    expect(meanwhile).to_contain_text("Anna was here.")
    expect(meanwhile).to_contain_text("Ben was here.")
    expect(ben.locator(".cm-content")).to_contain_text("Ben was here.")
    expect(ben.get_by_role("button", name="Save")).to_be_disabled()
    ben.locator(".cm-content").focus()
    ben.keyboard.press("Control+s")
    expect(ben.locator(".writing")).to_have_attribute("data-revision", "1")
    assert "Ben" not in script(house)
    meanwhile.get_by_role("button", name="Take theirs").click()
    expect(ben.locator(".cm-content")).to_contain_text("Anna was here.")
    ben.get_by_role("button", name="Undo").click()
    expect(ben.locator(".cm-content")).to_contain_text("Ben was here.")
    ben.locator(".cm-content").focus()
    save(ben, 3)
    assert "Ben was here." in script(house)
    expect(ben.locator(".revisions .saved")).to_have_count(3)


def test_the_editor_comes_from_this_server_and_only_to_this_page(house: House) -> None:
    house.serves(a_script(2))
    page = house.visitor()
    asked: list[Response] = []
    page.on("response", lambda one: asked.append(one))  # noqa: PLW0108 - it marks what it gets
    page.goto("/p/film")
    expect(page.locator("[data-strip] [data-shot]").first).to_be_visible()
    assert not any("codemirror" in one.url for one in asked)
    page.get_by_role("link", name="Script").click()
    expect(page.locator(".cm-line span").first).to_be_visible()  # coloured: the language is there
    assert any("codemirror" in one.url for one in asked)
    assert {one.url.split("/")[2] for one in asked} == {house.server.url.split("/")[2]}
    assert house.errors == []


def test_lines_end_as_they_did_and_comments_stay(house: House) -> None:
    text = "# mine\t#\r\nproject: {id: film}\r\nblocks:\r\n  - {id: A, content: x}  # 🎬 é\r\n"
    house.serves(text)
    page = open_script(house)
    write(page, "é", " ü🎬")
    save(page, 2)
    assert script(house) == text.replace("é", "é ü🎬")


def test_a_long_script_is_saved_too_and_keys_lead_out_of_the_text(house: House) -> None:
    text = "project: {id: film}\nblocks:\n  - {id: A, content: x}\n" + "# 🎬 long\n" * 100_000
    house.serves(text)
    page = open_script(house)
    write(page, "content: x", "yz")
    save(page, 2)
    assert script(house) == text.replace("content: x", "content: xyz")
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()
