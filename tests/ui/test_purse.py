"""Money in the head of a strip: what there is of it, and nothing where there is none."""

from typing import Any

import pytest

from domain.usecases.overview import Money
from ui.components.purse import told

NONE: dict[str, Any] = {
    "currency": "USD",
    "spent_micros": 0,
    "reserved_micros": 0,
    "uncertain_micros": 0,
    "unpriced": 0,
    "cap_micros": None,
}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"cap_micros": 5_000_000}, "USD cap 5.00"),
        ({"spent_micros": 1_840_000}, "USD 1.84 spent"),
        (
            {"spent_micros": 40_000, "reserved_micros": 40_000, "uncertain_micros": 80_000},
            "USD 0.04 spent, 0.04 reserved, 0.08 may have been charged",
        ),
        ({"spent_micros": None, "unpriced": 3}, "USD 3 without a known price"),
    ],
)
def test_only_what_there_is_is_told(facts: dict[str, Any], words: str) -> None:
    assert told(Money(**NONE | facts)) == words
