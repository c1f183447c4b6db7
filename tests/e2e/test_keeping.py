"""Jobs, pauses and the trash, as a person has them: seen live, by keys, and taken back."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.e2e.people import card, inspector, make_all, press, wait_all, wait_for
from tests.e2e.scripts import a_script

pytestmark = pytest.mark.e2e

INSTANT = {"FRAMEWRIGHT_FAKE_SPEED": "0"}
ROWS = "details.entry:not([hidden])"


def jobs_page(house: House, size: str = "desk") -> Page:
    page = house.visitor(size)
    page.goto("/jobs")
    expect(page.get_by_role("heading", name="Jobs")).to_be_visible()
    return page


def test_the_jobs_page_is_pushed_to_filters_and_tells_all_of_a_job(house: House) -> None:
    house.serves(a_script(3), env=INSTANT)
    page = jobs_page(house)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    httpx.post(f"{house.server.url}/api/v1/projects/film/generate", headers=house.owner)
    done = page.locator(f'{ROWS}[data-state="succeeded"]')
    expect(done).to_have_count(3)
    assert not asked  # it came by the socket
    page.get_by_role("combobox", name="State").select_option("failed")
    expect(page.locator(ROWS)).to_have_count(0)
    page.get_by_role("combobox", name="State").select_option("succeeded")
    page.get_by_role("combobox", name="Production").select_option("film")
    page.get_by_role("combobox", name="Provider").select_option("fake")
    expect(done).to_have_count(3)
    done.first.locator("summary").focus()
    page.keyboard.press("ArrowDown")
    expect(done.nth(1).locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    [number] = {
        one["provider_job_id"]
        for one in house.ask(f"/jobs/{done.nth(1).get_attribute('data-job')}")["submissions"]
    }
    told = done.nth(1)
    expect(told.get_by_label("Submissions")).to_contain_text(number)
    expect(told.get_by_label("History")).to_contain_text("asked · queued")
    assert not house.errors


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_paused_production_says_so_and_its_jobs_can_be_cancelled_and_retried(
    house: House, size: str
) -> None:
    house.serves(a_script(2), env=INSTANT)
    page = house.strip(size)
    httpx.post(f"{house.server.url}/api/v1/projects/film/pause", headers=house.owner)
    expect(page.locator(".line .mini")).to_have_text("Paused")
    make_all(page)
    wait_for(page, "pending", 2)
    expect(card(page, "sc001_SH0000").locator(".state")).to_have_attribute(
        "data-detail", re.compile("Production is paused")
    )
    jobs = jobs_page(house, size)
    jobs.locator(f"{ROWS} summary").first.click()
    jobs.get_by_role("button", name="Cancel").click()
    expect(jobs.locator(f'{ROWS}[data-state="cancelled"]')).to_have_count(1)
    jobs.get_by_role("button", name="Retry").click()
    expect(jobs.locator(f'{ROWS}[data-state="queued"]')).to_have_count(2)
    page.get_by_role("button", name="Resume").locator("visible=true").click()
    wait_all(page)
    expect(page.locator(".line .mini")).to_be_hidden()
    assert not house.errors


def test_a_deleted_take_is_taken_back_from_the_notice_and_from_the_trash(house: House) -> None:
    house.serves(a_script(1), env=INSTANT)
    page = house.strip()
    make_all(page)
    wait_all(page)
    card(page, "sc001_SH0000").click()
    expect(inspector(page)).to_be_visible()
    press(page, "Delete")
    sheet = page.locator(".confirm")
    expect(sheet).to_contain_text("1 take")
    sheet.get_by_role("button", name="Cancel").click()
    expect(sheet).to_be_hidden()
    press(page, "Delete")
    sheet.get_by_role("button", name="Delete").click()
    wait_for(page, "empty", 1)
    page.get_by_role("button", name="Undo").click()
    wait_for(page, "succeeded", 1)
    press(page, "Delete")
    sheet.get_by_role("button", name="Delete").click()
    wait_for(page, "empty", 1)
    page.goto("/trash")
    entry = page.locator("[data-trash]")
    expect(entry).to_contain_text("Take 1 of sc001_SH0000")
    entry.get_by_role("button", name=re.compile("^Undo")).click()
    expect(entry).to_have_count(0)
    assert house.states()["sc001_SH0000"][0] == "succeeded"
    assert not house.errors


def test_what_is_purged_is_confirmed_once_more_and_gone(house: House) -> None:
    house.serves(a_script(1), env=INSTANT)
    asked = httpx.delete(f"{house.server.url}/api/v1/projects/film", headers=house.owner)
    confirm = asked.json()["confirm"]
    url = f"{house.server.url}/api/v1/projects/film?confirm={confirm}"
    assert httpx.delete(url, headers=house.owner).is_success
    page = house.visitor()
    page.goto("/trash")
    page.get_by_role("button", name="Delete film for good").click()
    page.locator(".confirm").get_by_role("button", name="Delete for good").click()
    expect(page.locator("[data-trash]")).to_have_count(0)
    assert house.ask("/trash")["items"] == []
    assert not house.errors
