"""A production's money in one line of its head."""

from domain.usecases.overview import Money
from domain.work.budget import amount


def told(money: Money) -> str:
    """``USD 1.84 spent, 0.30 reserved, cap 5.00``; empty where there is nothing to tell."""
    parts = []
    if money.spent_micros:
        parts.append(f"{amount(money.spent_micros)} spent")
    if money.reserved_micros:
        parts.append(f"{amount(money.reserved_micros)} reserved")
    if money.uncertain_micros:
        parts.append(f"{amount(money.uncertain_micros)} may have been charged")
    if money.unpriced:
        parts.append(f"{money.unpriced} without a known price")
    if money.cap_micros is not None:
        parts.append(f"cap {amount(money.cap_micros)}")
    return f"{money.currency or ''} {', '.join(parts)}".strip() if parts else ""
