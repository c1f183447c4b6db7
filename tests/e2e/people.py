"""What people do at a page, and how they see that it is done."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.watching import states


def card(page: Page, code: str) -> Locator:
    return page.locator(f'[data-shot="{code}"]')


def make_all(page: Page) -> None:
    """Press the one yellow button above the strip."""
    page.get_by_role("button", name="missing").locator("visible=true").click()


def wait_for(page: Page, state: str, count: int, *, within: float = 20) -> None:
    """Until that many cards are in this state."""
    cards = page.locator(f'[data-strip] [data-shot][data-state="{state}"]')
    expect(cards).to_have_count(count, timeout=within * 1000)


def wait_all(page: Page, state: str = "succeeded", *, within: float = 20) -> None:
    """Until every card that is built is in this state."""
    wait_for(page, state, len(states(page)), within=within)


def inspector(page: Page) -> Locator:
    return page.locator("aside.insp")


def press(page: Page, verb: str) -> None:
    """A verb of the open inspector."""
    inspector(page).get_by_role("button", name=verb, exact=True).click()
