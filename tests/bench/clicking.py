"""Click → pending painted, alone and among viewers: from the mouse event to the paint."""

from contextlib import ExitStack

from tests.bench import production
from tests.bench.eye import Eye
from tests.bench.figures import Budget, Figure, percentile
from tests.bench.sides import Side, both, crowd, folder
from tests.services.browser import chromium

BUTTON = '[data-verb="generate"]:visible'
SHOT = production.code(production.BARE)
"""The first one without a picture: its Generate is there."""
NOTE = (
    "click → pending: Generate in the inspector, from the mouse event to the paint of the pending"
    " card; it plans, commits and fsyncs, the bare page only sends and is told"
)


def bench(*, quick: bool) -> list[Figure]:
    shots, viewers, clicks = (100, 5, 4) if quick else (1000, 100, 25)
    with ExitStack() as stack:
        ours, theirs = stack.enter_context(both(strip=shots))
        people = stack.enter_context(crowd(stack.enter_context(folder()) / "crowd"))
        browser = stack.enter_context(chromium())
        eyes = [(side, side.eye(browser)) for side in (ours, theirs)]
        for side, eye in eyes:
            eye.open(side.strip("strip", SHOT))
            eye.settle()
        alone = [_clicks(side, eye, clicks) for side, eye in eyes]
        for side in (ours, theirs):
            people("open", address=side.strip("strip"), sign_in=side.sign_in, count=viewers)
        among = [_clicks(side, eye, clicks) for side, eye in eyes]
    return [
        _figure(f"click → pending, alone, {shots:,} shots, p95", alone, 50),
        _figure(f"click → pending, {viewers} viewers, p95", among, 100),
    ]


def _clicks(side: Side, eye: Eye, count: int) -> list[float]:
    eye.page.bring_to_front()
    times = []
    for number in range(count + 2):
        took = eye.click(BUTTON, SHOT)
        if number > 1:
            times.append(took)
        side.order("cancel", key="strip", code=SHOT)
        eye.settle(400)
    return times


def _figure(name: str, times: list[list[float]], limit: float) -> Figure:
    mine, base = (percentile(one, 0.95) for one in times)
    return Figure(
        name=name,
        unit="ms",
        runs=[mine],
        baseline=[base],
        against="bare",
        budget=Budget(limit=limit),
        note=NOTE,
    )
