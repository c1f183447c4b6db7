"""From a price in the file to a sum on the page: estimated, reserved, settled, capped (issue 5)."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from domain.access import OWNER
from domain.errors import Conflict
from domain.usecases.generation import Further
from domain.usecases.overview import Money
from domain.work.blocking import Reason
from domain.work.price import Prices
from tests.wire.house import PICTURE, SCRIPT, Keys, WireHouse, settings
from tests.wire.openai import GENERATIONS, KEY, OpenAIFake
from tests.wire.server import Answer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
CAP = ", budget: {currency: USD, cap: 0.05}"
PRICED = Prices.model_validate({"image": "0.04"})
EUROS = Prices.model_validate({"image": "0.04", "currency": "EUR"})


@pytest.fixture
def fake() -> Iterator[OpenAIFake]:
    with OpenAIFake() as server:
        yield server


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def a_house(stack: ExitStack, fake: OpenAIFake, folder: Path, prices: Prices = PRICED) -> WireHouse:
    keys = stack.enter_context(Keys({"OPENAI_API_KEY": KEY}))
    provider = keys.connect(settings("openai", fake.base_url, prices=prices))
    return stack.enter_context(WireHouse(folder, [provider]))


def money(house: WireHouse) -> Money:
    return house.studio.overview.get(OWNER, "wire").money


def test_a_plan_tells_the_price_and_a_making_is_settled(
    fake: OpenAIFake, stack: ExitStack, tmp_path: Path
) -> None:
    house = a_house(stack, fake, tmp_path)
    job_id = house.begin()
    assert money(house).reserved_micros == 0
    house.fulfil(job_id)
    told = money(house)
    assert (told.spent_micros, told.reserved_micros, told.uncertain_micros) == (40_000, 0, 0)
    assert (told.currency, told.cap_micros, told.unpriced) == ("USD", None, 0)
    script = SCRIPT.format(
        key="next", provider="openai", header="", spec=PICTURE.replace("seed: 7", "seed: 9")
    )
    house.studio.productions.create(OWNER, script.encode(), key="next")
    assert house.studio.generation.plan(OWNER, "next").price_micros == 40_000


def test_a_price_nobody_knows_is_told_as_unknown(
    fake: OpenAIFake, stack: ExitStack, tmp_path: Path
) -> None:
    house = a_house(stack, fake, tmp_path, Prices())
    house.begin()
    slot = house.work()
    assert slot.state == "succeeded"
    assert (money(house).spent_micros, money(house).unpriced) == (None, 1)
    script = SCRIPT.format(
        key="n", provider="openai", header="", spec=PICTURE.replace("seed: 7", "seed: 9")
    )
    house.studio.productions.create(OWNER, script.encode(), key="n")
    assert house.studio.generation.plan(OWNER, "n").price_micros is None


def test_a_cap_blocks_what_no_longer_fits_with_its_reason(
    fake: OpenAIFake, stack: ExitStack, tmp_path: Path
) -> None:
    house = a_house(stack, fake, tmp_path)
    slot = house.ask(header=CAP)
    assert slot.state == "succeeded"
    further = house.studio.generation.generate_slot(OWNER, slot.id, Further(seed=99))
    house.fulfil(further[0].id)
    assert (house.job().state, house.job().reason) == ("blocked", Reason.BUDGET)
    assert "It costs 0.04 and 0.01 of the cap is left." in (house.job().error or "")
    assert fake.bill == 1
    house.retry()
    assert (house.job().state, house.job().reason, fake.bill) == ("blocked", Reason.BUDGET, 1)


def test_a_batch_counts_what_it_has_asked_for_already(
    fake: OpenAIFake, stack: ExitStack, tmp_path: Path
) -> None:
    house = a_house(stack, fake, tmp_path)
    media = ", ".join(
        f"{{media_id: m{n}, media_spec: {{type: stable_diffusion, prompt: lamp {n}}}}}"
        for n in range(3)
    )
    header = "project: {id: wire, providers: {image: openai}, budget: {currency: USD, cap: 0.09}}"
    script = f"{header}\nblocks: [{{id: A, media: [{media}]}}]"
    house.studio.productions.create(OWNER, script.encode(), key="wire")
    receipt = house.studio.generation.plan(OWNER, "wire")
    assert (len(receipt.create), receipt.price_micros) == (2, 80_000)
    assert [one.reason for one in receipt.blocked] == [Reason.BUDGET]
    asked = house.studio.generation.generate(OWNER, "wire")
    assert (len(asked.jobs), len(asked.blocked)) == (2, 1)
    again = house.studio.generation.plan(OWNER, "wire")
    assert [one.reason for one in again.blocked] == [Reason.BUDGET]


def test_an_unknown_price_under_a_cap_waits_for_a_person_and_is_allowed_once(
    fake: OpenAIFake, stack: ExitStack, tmp_path: Path
) -> None:
    house = a_house(stack, fake, tmp_path, Prices())
    slot = house.ask(header=CAP)
    assert slot.reason is not None
    assert (slot.state, slot.reason.code) == ("blocked", Reason.UNKNOWN_PRICE)
    assert "Retry allows it this once" in slot.reason.message
    assert fake.asked == []
    assert house.retry().state == "succeeded"
    assert fake.bill == 1
    further = house.studio.generation.generate_slot(OWNER, slot.id, Further(seed=99))
    house.fulfil(further[0].id)
    assert (house.job().reason, fake.bill) == (Reason.UNKNOWN_PRICE, 1)
    house.retry()
    assert (house.job().state, fake.bill) == ("succeeded", 2)


def test_a_budget_in_another_currency_blocks_with_that_reason(
    fake: OpenAIFake, stack: ExitStack, tmp_path: Path
) -> None:
    house = a_house(stack, fake, tmp_path, EUROS)
    slot = house.ask(header=CAP)
    assert slot.reason is not None
    assert slot.reason.code == Reason.BUDGET
    assert "budget is in USD, this provider's prices are in EUR" in slot.reason.message


def test_what_may_have_been_charged_is_a_sum_of_its_own_and_counts_under_a_cap(
    fake: OpenAIFake, stack: ExitStack, tmp_path: Path
) -> None:
    fake.say(GENERATIONS, Answer(502, b"<html>"))
    house = a_house(stack, fake, tmp_path)
    slot = house.ask(header=CAP)
    assert slot.reason is not None
    assert slot.reason.code == Reason.OUTCOME_UNKNOWN
    assert (money(house).spent_micros, money(house).uncertain_micros) == (0, 40_000)
    with pytest.raises(Conflict, match=r"0\.01 of the cap is left"):
        house.retry()
