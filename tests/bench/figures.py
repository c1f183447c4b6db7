"""A figure, its baseline and its budget; and the table they are printed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """DESIGN.md, section Speed. ``at_least``: more is better."""

    limit: float
    of: Literal["measured", "ratio"] = "measured"
    at_least: bool = False

    def words(self, unit: str) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {self.limit:g}{'x' if self.of == 'ratio' else f' {unit}'}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """``runs`` and ``baseline``: one number for each of the interleaved runs."""

    name: str
    unit: str
    runs: Sequence[float]
    baseline: Sequence[float] = ()
    against: str = ""
    budget: Budget | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        base = median(self.baseline) if self.baseline else 0.0
        return median(self.runs) / base if base else None

    @property
    def verdict(self) -> str:
        budget = self.budget
        if budget is None:
            return ""
        found = self.ratio if budget.of == "ratio" else median(self.runs)
        if found is None:
            return "?"
        kept = found >= budget.limit if budget.at_least else found <= budget.limit
        return "ok" if kept else "over"

    def cells(self) -> tuple[str, ...]:
        return (
            self.name,
            _told(self.runs, self.unit),
            f"{_told(self.baseline, self.unit)} {self.against}" if self.baseline else "",
            "" if self.ratio is None else f"{self.ratio:.2f}x",
            self.budget.words(self.unit) if self.budget else "",
            self.verdict,
        )


def _told(runs: Sequence[float], unit: str) -> str:
    """The median; beside it the extremes, where there was more than one run."""
    if not runs:
        return "-"
    if len(runs) == 1:
        return f"{_short(runs[0])} {unit}"
    return f"{_short(median(runs))} {unit} ({_short(min(runs))}–{_short(max(runs))})"  # noqa: RUF001


def _short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def percentile(numbers: Sequence[float], part: float) -> float:
    """The nearest-rank percentile; ``part`` from 0 to 1."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


HEADINGS = ("figure", "measured", "baseline", "ratio", "budget", "")


def table(figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, *(one.cells() for one in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "─" * max(map(len, lines)))
    notes = dict.fromkeys(one.note for one in figures if one.note)
    return "\n".join([*lines, *(f"  {note}" for note in notes)])
