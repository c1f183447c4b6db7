"""Money: what counts as spent, and when a cap says no."""

import pytest

from domain.media.staging import MediaType
from domain.story.board import Budget
from domain.work.blocking import Reason
from domain.work.budget import Entry, Ledger, Purse, amount, book
from domain.work.job import SubmissionState
from domain.work.price import Prices

# ruff: noqa: FBT001, FBT003 - a table of rows
CAP = Budget(currency="USD", cap_micros=100)


@pytest.mark.parametrize(
    ("state", "is_active", "booked"),
    [
        (SubmissionState.INTENT, True, Ledger(reserved=7)),
        (SubmissionState.INTENT, False, Ledger(uncertain=7)),
        (SubmissionState.ACCEPTED, True, Ledger(reserved=7)),
        (SubmissionState.ACCEPTED, False, Ledger(spent=7)),
        (SubmissionState.DONE, True, Ledger(spent=7)),
        (SubmissionState.DONE, False, Ledger(spent=7)),
        (SubmissionState.REJECTED, False, Ledger()),
        (SubmissionState.FORGOTTEN, False, Ledger(uncertain=7)),
    ],
)
def test_what_is_known_of_a_call_says_where_its_money_is(
    state: SubmissionState, is_active: bool, booked: Ledger
) -> None:
    assert book([Entry(state, is_active, 7, 0)]) == booked


def test_what_was_refused_has_no_unknown_price() -> None:
    entries = [
        Entry(SubmissionState.REJECTED, False, 0, 3),
        Entry(SubmissionState.DONE, False, 0, 2),
    ]
    assert book(entries).unknown == 2


@pytest.mark.parametrize(
    ("budget", "taken", "price", "currency", "allowed", "reason"),
    [
        (None, 1000, 1, "USD", False, None),
        (None, 0, None, "EUR", False, None),
        (CAP, 60, 40, "USD", False, None),
        (CAP, 61, 40, "USD", False, Reason.BUDGET),
        (CAP, 100, 0, "EUR", False, None),
        (CAP, 0, None, "USD", False, Reason.UNKNOWN_PRICE),
        (CAP, 0, None, "USD", True, None),
        (CAP, 99, 40, "USD", True, Reason.BUDGET),
        (CAP, 0, 1, "EUR", False, Reason.BUDGET),
    ],
)
def test_a_cap_has_room_or_says_why_not(  # noqa: PLR0917
    budget: Budget | None,
    taken: int,
    price: int | None,
    currency: str,
    allowed: bool,
    reason: Reason | None,
) -> None:
    refusal = Purse(budget, taken).refusal(price, currency, allowed=allowed)
    assert (refusal and refusal[0]) == reason


def test_what_a_plan_takes_is_gone_for_the_rest_of_it() -> None:
    purse = Purse(CAP, 0)
    purse.take(60)
    refusal = purse.refusal(60, "USD")
    assert refusal is not None
    assert "0.00006 and 0.00004 of the cap is left" in refusal[1]


@pytest.mark.parametrize(
    ("media_type", "spec", "micros"),
    [
        (MediaType.IMAGE, {}, 40_000),
        (MediaType.VOICE, {"text": "x" * 1500}, 22_500),
        (MediaType.VOICE, {"text": "x"}, 15),
        (MediaType.VIDEO, {"seconds": 4.5}, 225_000),
        (MediaType.VIDEO, {}, None),
        (MediaType.MUSIC, {"seconds": 1}, None),
        (MediaType.DATA, {}, None),
    ],
)
def test_prices_have_units(media_type: MediaType, spec: dict[str, object], micros: int) -> None:
    prices = Prices.model_validate({"image": 0.04, "voice_1k": 0.015, "video_s": 0.05})
    assert prices.of(media_type, spec) == micros


def test_an_amount_is_written_as_people_do() -> None:
    assert [amount(one) for one in (0, 40_000, 1_500_000, 15, 5_000_000)] == [
        "0.00",
        "0.04",
        "1.50",
        "0.000015",
        "5.00",
    ]
