"""Change → painted, at a thousand shots with the inspector open, against the bare page."""

from collections.abc import Sequence

from tests.bench import production
from tests.bench.eye import Eye
from tests.bench.figures import Budget, Figure, percentile
from tests.bench.sides import Side, both
from tests.services.browser import chromium

PACE_S = 0.07
AMONG = 6
"""Cards that change in turn; the first of them is open in the inspector."""
NOTE = (
    "change → painted: from the end of the SQL commit in the server process to the first task"
    " after the frame; the bare page has the same head, cards and inspector frame to repaint, but"
    " stores and reads nothing"
)


def bench(*, quick: bool) -> list[Figure]:
    shots, rounds, changes = (100, 2, 12) if quick else (1000, 5, 60)
    with both(strip=shots) as (ours, theirs), chromium() as browser:
        eyes = [(side, side.eye(browser)) for side in (ours, theirs)]
        for side, eye in eyes:
            eye.open(side.strip("strip", production.code(1)))
            eye.settle()
            _round(side, eye, changes // 2)  # neither is measured cold
        found: list[list[list[float]]] = [[], []]
        for _ in range(rounds):
            for (side, eye), times in zip(eyes, found, strict=True):
                times.append(_round(side, eye, changes))
    mine, base = found
    return [
        _figure(f"change → painted, {shots:,} shots, p50", mine, base, 0.5, 1.2),
        _figure(f"change → painted, {shots:,} shots, p99", mine, base, 0.99, 1.5),
    ]


def _round(side: Side, eye: Eye, count: int) -> list[float]:
    eye.page.bring_to_front()
    changes = side.order("change", key="strip", count=count, pace=PACE_S, among=AMONG)
    eye.settle(300)
    return eye.painted(changes)


def _figure(
    name: str, mine: Sequence[list[float]], base: Sequence[list[float]], part: float, limit: float
) -> Figure:
    return Figure(
        name=name,
        unit="ms",
        runs=[percentile(one, part) for one in mine],
        baseline=[percentile(one, part) for one in base],
        against="bare",
        budget=Budget(limit=limit, of="ratio"),
        note=NOTE,
    )
