"""Which take a slot shows, what it hides, and whether it is what the script asks for."""

from typing import Any

import pytest

from domain.work.take import Review, currency, newer, shown
from tests.builders import a_board, takes_of

TODAY, BEFORE = "today", "before"
NOW: dict[str, Any] = {"basis": TODAY}
OLD: dict[str, Any] = {"basis": BEFORE}
APPROVED: dict[str, Any] = {"review": Review.APPROVED}
LATE: dict[str, Any] = {"late": True}

SHOWN: list[tuple[str, list[dict[str, Any]], int | None, int | None]] = [
    ("nothing is there", [], None, None),
    ("the newest of today's", [NOW, NOW], None, 2),
    ("today's before a newer one of another day", [NOW, OLD], None, 1),
    ("the newest where none is of today", [OLD, OLD], None, 2),
    ("an approved one before today's", [OLD | APPROVED, NOW], None, 1),
    ("the newest approved", [OLD | APPROVED, NOW | APPROVED, NOW], None, 2),
    ("the picked one before all", [OLD, NOW | APPROVED, NOW], 1, 1),
    ("an approval beats today's even when it is newer", [OLD | APPROVED, NOW, NOW], None, 1),
    ("a late one does not count", [NOW, NOW | LATE], None, 1),
    ("a late one alone shows nothing", [NOW | LATE], None, None),
    ("an approved late one does not count either", [OLD, NOW | LATE | APPROVED], None, 1),
    ("a late one counts once picked", [NOW, OLD | LATE], 2, 2),
]


@pytest.mark.parametrize(("rule", "made", "pick", "number"), SHOWN, ids=[one[0] for one in SHOWN])
def test_a_slot_shows(
    rule: str, made: list[dict[str, Any]], pick: int | None, number: int | None
) -> None:
    takes = takes_of(a_board().slots[0], *made)
    picked = None if pick is None else takes[pick - 1].id
    for order in (takes, list(reversed(takes))):
        found = shown(order, picked=picked, basis=TODAY)
        assert (found.number if found else None) == number


def test_a_pick_of_a_take_that_is_gone_is_no_pick() -> None:
    takes = takes_of(a_board().slots[0], NOW)
    assert shown(takes, picked="gone", basis=TODAY) == takes[0]


NEWER: list[tuple[str, list[dict[str, Any]], int | None, int | None]] = [
    ("nothing is hidden where nothing is", [], None, None),
    ("today's newest is shown itself", [NOW, NOW], None, None),
    ("the newest of today's that a pick hides", [OLD, NOW, NOW], 1, 3),
    ("what an approval hides", [OLD | APPROVED, NOW], None, 2),
    ("not one of another day", [NOW | APPROVED, OLD], None, None),
    ("not a late one", [NOW | APPROVED, NOW | LATE], None, None),
    ("an older one too, where what is shown is stale", [NOW, OLD | APPROVED], None, 1),
    ("not an older one, where what is shown is current", [NOW, NOW | APPROVED], None, None),
]


@pytest.mark.parametrize(("rule", "made", "pick", "number"), NEWER, ids=[one[0] for one in NEWER])
def test_newer_is(
    rule: str, made: list[dict[str, Any]], pick: int | None, number: int | None
) -> None:
    takes = takes_of(a_board().slots[0], *made)
    picked = None if pick is None else takes[pick - 1].id
    found = newer(takes, shown(takes, picked=picked, basis=TODAY), basis=TODAY)
    assert (found.number if found else None) == number


def test_currency_is_of_the_shown_take_alone() -> None:
    [old, now] = takes_of(a_board().slots[0], OLD, NOW)
    assert currency(None, basis=TODAY) == "missing"
    assert currency(old, basis=TODAY) == "stale"
    assert currency(now, basis=TODAY) == "current"
