"""Many viewers, twenty changes a second: how late, whether all end right, what each costs."""

import time

from tests.bench.driver import Change
from tests.bench.figures import Budget, Figure, percentile
from tests.bench.remote import Remote
from tests.bench.sides import Side, both, folder
from tests.bench.sides import crowd as people_at

RATE = 20
AMONG = 20
"""Cards of the first screen, in turn."""
LIMITS = {100: 60, 300: 200}
SHOTS = 200
NOTE = (
    "viewers: from the commit to the frame in the viewer's hand; viewers, server and driver share"
    " this machine's cores"
)


def bench(*, quick: bool) -> list[Figure]:
    sizes, seconds = ([5], 1.0) if quick else ([100, 300], 10.0)
    figures = []
    with folder() as at, people_at(at / "crowd") as people:
        with both(strip=SHOTS) as (ours, _):
            figures.append(_memory(ours, people, viewers=5 if quick else 50))
        for count in sizes:
            with both(strip=SHOTS) as (ours, theirs):
                figures += _latency(ours, theirs, people, count, seconds)
    return figures


def _memory(side: Side, people: Remote, *, viewers: int) -> Figure:
    """After a few, whose coming also loads what all share."""
    people("open", address=side.strip("strip"), sign_in=side.sign_in, count=5)
    time.sleep(1)
    before = side.order("cost", collected=True)["rss"]
    people("open", address=side.strip("strip"), sign_in=side.sign_in, count=viewers)
    time.sleep(1)
    after = side.order("cost", collected=True)["rss"]
    people("close")
    return Figure(
        name=f"memory of one more viewer, {SHOTS} shots",
        unit="MB",
        runs=[(after - before) / viewers],
        budget=Budget(limit=0.6),
    )


def _latency(ours: Side, theirs: Side, people: Remote, count: int, seconds: float) -> list[Figure]:
    found: list[list[float]] = []
    wrong = 0
    cpu = []
    for side in (ours, theirs):
        people("open", address=side.strip("strip"), sign_in=side.sign_in, count=count)
        _drive(side, 2.0)
        before = side.order("cost")["cpu"]
        changes = _drive(side, seconds)
        cpu.append((side.order("cost")["cpu"] - before) / seconds * 100)
        time.sleep(1)
        found.append(people("latencies", changes=changes))
        known = side.order("versions", key="strip")
        wrong += people("wrong", versions={one.code: known[one.code] for one in changes})
        people("close")
        time.sleep(1)
    mine, base = found
    told = f"{count} viewers, {RATE} changes/s"
    return [
        Figure(
            name=f"{told}, p50",
            unit="ms",
            runs=[percentile(mine, 0.5)],
            baseline=[percentile(base, 0.5)],
            against="bare",
            note=NOTE,
        ),
        Figure(
            name=f"{told}, p99",
            unit="ms",
            runs=[percentile(mine, 0.99)],
            baseline=[percentile(base, 0.99)],
            against="bare",
            budget=Budget(limit=LIMITS.get(count, 60)),
        ),
        Figure(name=f"{told}, wrong at the end", unit="", runs=[wrong], budget=Budget(limit=0)),
        Figure(
            name=f"{told}, server CPU of one core",
            unit="%",
            runs=[cpu[0]],
            baseline=[cpu[1]],
            against="bare",
        ),
    ]


def _drive(side: Side, seconds: float) -> list[Change]:
    count = int(seconds * RATE)
    changes: list[Change] = side.order(
        "change", key="strip", count=count, pace=1 / RATE, among=AMONG
    )
    return changes
