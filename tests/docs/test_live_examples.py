"""The live examples of the page on providers work as they stand there, on wire-fakes."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from jobs.providers.configuration import BUILT_IN, LiveSettings, read
from tests.wire.automatic1111 import A1111Fake
from tests.wire.house import Keys, WireHouse
from tests.wire.openai import KEY, OpenAIFake

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PAGE = (Path(__file__).parents[2] / "docs/providers.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"## {title}")[2].partition("\n## ")[0]


def blocks(title: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", section(title), re.MULTILINE | re.DOTALL)


OPENAI, A1111 = "OpenAI, and servers that speak like it", "AUTOMATIC1111, Forge"


def of(text: str, name: str) -> LiveSettings:
    return next(one for one in read(text).live if one.name == name)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_the_script_for_openai_is_made_at_the_prices_of_the_file(
    stack: ExitStack, tmp_path: Path
) -> None:
    fake = stack.enter_context(OpenAIFake())
    keys = stack.enter_context(Keys({"OPENAI_API_KEY": KEY}))
    file, _ = blocks(OPENAI, "toml")
    one = of(file, "openai").evolve(base_url=fake.base_url)
    house = stack.enter_context(WireHouse(tmp_path, [keys.connect(one)], keyring=keys))
    [script] = blocks(OPENAI, "yaml")
    slots = house.make(script, "lighthouse")
    assert {slot.state for slot in slots.values()} == {"succeeded"}
    assert {slot.provider_kind for slot in slots.values()} == {"live"}
    assert sum(one.cost_micros or 0 for one in house.submissions("lighthouse")) == 40_180


def test_a_compatible_server_is_a_table_of_its_own(stack: ExitStack, tmp_path: Path) -> None:
    fake = stack.enter_context(OpenAIFake(key=None))
    keys = stack.enter_context(Keys())
    _, file = blocks(OPENAI, "toml")
    one = of(file, "studio").evolve(base_url=fake.base_url)
    house = stack.enter_context(WireHouse(tmp_path, [keys.connect(one)]))
    assert house.ask().state == "succeeded"


def test_the_script_for_automatic1111_is_made_by_its_file(stack: ExitStack, tmp_path: Path) -> None:
    fake = stack.enter_context(A1111Fake())
    keys = stack.enter_context(Keys())
    [file], [script] = blocks(A1111, "toml"), blocks(A1111, "yaml")
    one = of(file, "automatic1111").evolve(base_url=fake.url)
    house = stack.enter_context(WireHouse(tmp_path, [keys.connect(one)]))
    assert [slot.state for slot in house.make(script, "harbour").values()] == ["succeeded"]


def test_the_page_names_every_key_of_the_file_and_every_live_provider() -> None:
    table = section("The providers file")
    keys = {"currency", "adapter", "base_url", "models", "key_env", "key_required", "limits"}
    keys |= {"prices", "allow_hosts", "dialect"}
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == keys
    for one in BUILT_IN:
        assert f"| `{one.name}` | live |" in PAGE
