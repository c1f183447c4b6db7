"""A project's money: what was spent, what may come, and whether one more thing fits its cap."""

from collections.abc import Iterable
from typing import NamedTuple

from domain.entity import Entity
from domain.story.board import Budget
from domain.work.blocking import Reason
from domain.work.job import SubmissionState
from domain.work.price import MICROS


class Entry(NamedTuple):
    """All submissions of a project in one state, whose jobs go on or are over."""

    state: SubmissionState
    is_active: bool
    micros: int
    """What they cost, or would by their price where the provider told no cost."""
    unknown: int
    """How many of them have neither."""


class Ledger(Entity):
    """In micro-units; free makings are in none of these."""

    spent: int = 0
    reserved: int = 0
    """Asked for and not settled yet."""
    uncertain: int = 0
    """May have been charged: nobody knows what became of it."""
    unknown: int = 0
    """How many were charged that no price is known of."""

    @property
    def taken(self) -> int:
        """What a cap has to count as gone."""
        return self.spent + self.reserved + self.uncertain


def book(entries: Iterable[Entry]) -> Ledger:
    """The sums of a project's submissions."""
    sums = {"spent": 0, "reserved": 0, "uncertain": 0}
    unknown = 0
    for one in entries:
        into = _column(one)
        if into is not None:
            sums[into] += one.micros
            unknown += one.unknown
    return Ledger(**sums, unknown=unknown)


def _column(entry: Entry) -> str | None:
    match entry.state:
        case SubmissionState.REJECTED:
            return None
        case SubmissionState.DONE:
            return "spent"
        case SubmissionState.ACCEPTED:
            return "reserved" if entry.is_active else "spent"
        case SubmissionState.INTENT:
            return "reserved" if entry.is_active else "uncertain"
        case SubmissionState.FORGOTTEN:
            return "uncertain"


class Purse:
    """What is left under a cap while one plan is made; without a cap there is always enough."""

    def __init__(self, budget: Budget | None, taken: int) -> None:
        self._budget = budget
        self._taken = taken

    def refusal(
        self, price: int | None, currency: str, *, allowed: bool = False
    ) -> tuple[Reason, str] | None:
        """Why one more thing can't be bought; ``allowed``: its price may be unknown this once."""
        budget = self._budget
        if budget is None or price == 0:
            return None
        if budget.currency != currency:
            told = f"The budget is in {budget.currency}, this provider's prices are in {currency}."
            return Reason.BUDGET, told
        if price is None:
            if allowed:
                return None
            told = "Nobody knows its price, and the project has a cap. Retry allows it this once."
            return Reason.UNKNOWN_PRICE, told
        left = budget.cap_micros - self._taken
        if price > left:
            told = f"It costs {amount(price)} and {amount(max(0, left))} of the cap is left."
            return Reason.BUDGET, f"{told} Raise budget.cap in the script."
        return None

    def take(self, price: int | None) -> None:
        self._taken += price or 0


def amount(micros: int) -> str:
    """``0.04``: two digits behind the point, more where there are more."""
    text = f"{micros / MICROS:.6f}".rstrip("0")
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(2, '0')}"
