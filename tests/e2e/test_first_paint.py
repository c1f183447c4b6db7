"""The first answer is painted before any script ran, and mounting the page moves nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import House, ready
from tests.e2e.people import card, make_all, wait_all
from tests.e2e.scripts import a_script

pytestmark = pytest.mark.e2e

PLACES = """() => [...document.querySelectorAll(
    ".bar, .bar a, .head, .head h1, .clock, .acts .btn, .cut, .chip, .slug h2, .meta, " +
    ".scene, .card, .frame, .code, .title, .state"
  )].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const look = getComputedStyle(one);
    return [one.className, [x, y, width, height].map(Math.round).join(" "),
      look.color, look.backgroundColor, look.font].join(" | ");
  })"""


def without_scripts(page: Page) -> Callable[[], None]:
    """NiceGUI's script does not come; call the answer to let it."""

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/nicegui.js", refuse)
    return lambda: page.unroute("**/nicegui.js", refuse)


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_everything_stands_and_looks_as_in_the_mounted_page(
    house: House, size: str, *, dark: bool
) -> None:
    house.serves(a_script(6), env={"FRAMEWRIGHT_FAKE_SPEED": "0"})
    page = house.visitor(size, dark=dark)
    page.goto("/p/film")
    ready(page)
    make_all(page)
    wait_all(page)
    page.reload()
    ready(page)
    mounted = page.evaluate(PLACES)
    let = without_scripts(page)
    page.reload()
    expect(page.locator("[inert] .card")).to_have_count(6)
    painted: Any = page.evaluate(PLACES)
    assert painted == mounted
    let()
    page.reload()
    ready(page)
    assert page.evaluate(PLACES) == mounted


def test_the_first_one_who_looks_has_the_cards_in_the_first_answer(house: House) -> None:
    house.serves(a_script(6))
    page = house.visitor()
    without_scripts(page)
    page.goto("/p/film/s/sc001_SH0002")
    expect(card(page, "sc001_SH0002")).to_be_visible()


def test_mounting_leaves_one_of_each_card_and_nothing_that_can_t_be_pressed(house: House) -> None:
    house.serves(a_script(6))
    page = house.strip()
    expect(page.locator("[data-shot]")).to_have_count(6)
    expect(page.locator("[inert]")).to_have_count(0)
    expect(page.locator("#app").first.locator("[data-strip]")).to_have_count(1)


def test_what_a_script_says_is_text_in_it(house: House) -> None:
    content = '<img src=x onerror=alert(1)> & \\"$`</div>'
    house.serves(a_script(1).replace("content:", f'content: "{content}" #', 1))
    page = house.visitor()
    without_scripts(page)
    page.goto("/p/film")
    expect(page.locator(".card .title")).to_contain_text("<img src=x onerror=alert(1)> &")
