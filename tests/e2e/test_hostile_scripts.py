"""Whatever stands in a script is text: nothing runs, nothing breaks, nothing leaves its card."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House, ready
from tests.e2e.people import card, inspector, make_all, press, wait_all
from tests.e2e.scripts import a_character, a_script
from tests.e2e.watching import states

pytestmark = pytest.mark.e2e

ALARM = "window.alarm = true; document.title = 'taken over'"
TEXTS = {
    0: f"<script>{ALARM}</script>",
    1: f'"><img src=x onerror="{ALARM}">',
    2: "{{ constructor.constructor('window.alarm = true')() }} ${window.alarm = true} {% raw %}",
    3: "'; window.alarm = true; // \" ` \\ </script></textarea></style>",
    4: "\u202eright to left\u202c \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u200f\u05e9\u05dc",
    5: "\U0001f9d1\u200d\U0001f680\U0001f3f4\u200d\u2620\ufe0f e\u0301\u0323\u0489" * 30,
    6: "a" * 10_000,
    7: ":onclick=alert(1) @click=alert(1) v-html=alert(1) javascript:alert(1)",
}
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def a_hostile_script() -> str:
    shot = {
        at: {
            "title": text[:400],
            "content": text,
            "cast": ["mira"],
            "dialogue": [{"speaker": "mira", "text": text}],
        }
        for at, text in TEXTS.items()
    }
    frame = {at: {"prompt": text, "negative_prompt": text} for at, text in TEXTS.items()}
    mira = a_character(prompt=TEXTS[1]) | {"title": TEXTS[0]}
    return a_script(8, scenes=1, shot=shot, frame=frame, concepts=[mira], title=TEXTS[0])


def safe(page: Page, house: House) -> None:
    assert page.evaluate("() => window.alarm") is None
    assert page.title() != "taken over"
    assert page.locator("img[src=x]").count() == 0
    assert house.errors == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_texts_of_a_script_stay_text_everywhere(house: House, size: str) -> None:
    house.serves(a_hostile_script(), env={"FRAMEWRIGHT_FAKE_SPEED": "0"})
    page = house.visitor(size)
    expect(page.get_by_text("<script>").first).to_be_visible()
    page.goto("/p/film")
    ready(page)
    make_all(page)
    wait_all(page)
    for at, text in TEXTS.items():
        expect(card(page, f"sc001_SH{at:04}").locator(".title")).to_have_text(text[:400])
    assert len({box["height"] for box in boxes(page)}) == 1
    assert page.evaluate(WIDE) == 0
    for at, text in TEXTS.items():
        page.goto(f"/p/film/s/sc001_SH{at:04}")
        prompt = inspector(page).get_by_label("Prompt", exact=True)
        expect(prompt).to_have_value(re.compile(re.escape(text[:40])))
        expect(inspector(page).locator(".excerpt")).to_contain_text(text[:200])
        assert page.evaluate(WIDE) == 0
        safe(page, house)
    ready(page)
    press(page, "Make another")
    expect(inspector(page).locator(".take[data-take]")).to_have_count(2)
    page.goto("/p/film/script")
    expect(page.locator(".cm-content")).to_contain_text("<script>")
    assert page.evaluate(WIDE) == 0
    safe(page, house)


def test_ids_with_odd_letters_open_and_are_made(house: House) -> None:
    codes = ["0010", "Ünïcødé.1-a", "シーン_1", "a.b-c_d", "constructor", "__proto__", "é" * 80]
    script = a_script(7, scenes=1, shot={at: {"id": code} for at, code in enumerate(codes)})
    house.serves(script.replace("sc001", "sc-é.1").replace("id: film", "id: Фильм.1"))
    page = house.strip(project="Фильм.1")
    for code in (f"sc-é.1_{one}" for one in codes):
        card(page, code).click()
        expect(inspector(page)).to_have_attribute("data-inspector", code)
        press(page, "Generate")
        expect(card(page, code)).to_have_attribute("data-state", "succeeded")
        page.reload()
        expect(inspector(page)).to_have_attribute("data-inspector", code)
        ready(page)
        page.get_by_role("link", name="Script").click()
        expect(page.locator(".cm-content")).to_contain_text("Фильм.1")
        page.go_back()
        expect(inspector(page)).to_have_attribute("data-inspector", code)
    assert {state for state, _ in states(page).values()} == {"succeeded"}
    assert house.errors == []


def boxes(page: Page) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.evaluate(
        "() => [...document.querySelectorAll('[data-shot]')]"
        ".map((one) => one.getBoundingClientRect().toJSON())"
    )
    return found
