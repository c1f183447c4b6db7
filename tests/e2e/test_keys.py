"""A person connects a provider: pastes a key, sees it tried, and what waited is made."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.wire.openai import KEY, OpenAIFake

pytestmark = pytest.mark.e2e
SCRIPT = """\
project: {id: film, providers: {image: openai}}
blocks:
  - {id: A, content: The lamp, media: [{media_id: m, media_role: narrative_im,
      media_spec: {type: stable_diffusion, prompt: a lamp, width: 64, height: 64}}]}
"""


@pytest.fixture
def fake() -> Iterator[OpenAIFake]:
    with OpenAIFake() as server:
        yield server


def test_a_pasted_key_is_tried_at_once_serves_without_a_restart_and_is_not_shown(
    house: House, fake: OpenAIFake
) -> None:
    providers = house.folder / "providers.toml"
    providers.write_text(f'[openai]\nbase_url = "{fake.base_url}"\nprices = {{image = 0.04}}\n')
    house.serves(SCRIPT, env={"FRAMEWRIGHT_PROVIDERS": str(providers)})
    strip = house.strip()
    strip.get_by_role("button", name="Make 1 missing").first.click()
    card = strip.locator("[data-shot=A]")
    expect(card).to_have_attribute("data-state", "blocked")
    page = house.visitor()
    page.goto("/providers")
    openai = page.locator("[data-provider=openai]")
    expect(openai).to_contain_text("Key missing. Set OPENAI_API_KEY")
    field = openai.get_by_label("Key of openai")
    field.fill("sk-proj-wrong-wrong-wrong")
    openai.get_by_role("button", name="Keep key").click()
    expect(openai).to_contain_text("Key refused")
    expect(openai).not_to_contain_text("wrong-wrong")
    openai.get_by_label("Key of openai").fill(KEY)
    openai.get_by_role("button", name="Keep key").click()
    expect(openai.get_by_text("Ready", exact=True)).to_be_visible()
    expect(openai).to_contain_text("OPENAI_API_KEY, pasted here")
    assert KEY not in page.content()
    expect(card).to_have_attribute("data-state", "succeeded")
    expect(card).to_have_attribute("data-kind", "live")
    expect(strip.locator("[data-money]")).to_have_text("USD 0.04 spent")
    page.reload()
    expect(openai).to_contain_text("USD 0.04")
    assert openai.get_by_label("Key of openai").input_value() == ""
    openai.get_by_role("button", name="Forget key").click()
    expect(openai).to_contain_text("OPENAI_API_KEY is not set")
    assert fake.bill == 1
