"""Opening a strip to its first screen, jumping far down it, and what moves meanwhile."""

from statistics import median

from tests.bench import production
from tests.bench.eye import Eye
from tests.bench.figures import Budget, Figure
from tests.bench.sides import Side, both
from tests.services.browser import chromium

NOTE = (
    "opening: from the navigation to the paint of the first 20 cards; the browser's cache is warm"
    " and somebody else has the strip open; nothing of the page itself is ever cached"
)


class Times:
    """What repeated openings of one strip took, in milliseconds."""

    def __init__(self) -> None:
        self.first: list[float] = []
        self.pictures: list[float] = []
        self.jump: list[float] = []
        self.shift: list[float] = []


def bench(*, quick: bool) -> list[Figure]:
    sizes = {"short": 20, "long": 100 if quick else 1000}
    rounds = 3 if quick else 12
    far = sizes["long"] * 9 // 10
    with both(**sizes) as (ours, theirs), chromium() as browser:
        watchers = [ours.eye(browser) for _ in sizes]
        for watcher, key in zip(watchers, sizes, strict=True):
            watcher.open(ours.strip(key))
        eyes = [(side, side.eye(browser)) for side in (ours, theirs)]
        times = {(side, key): Times() for side, _ in eyes for key in sizes}
        for number in range(rounds + 2):
            for key in sizes:
                for side, eye in eyes:
                    _open(side, eye, key, times[side, key] if number > 1 else Times())
                    if key == "long":
                        jumped = eye.jump(production.code(far), _scene(far))
                        times[side, key].jump.append(jumped)
                        times[side, key].shift.append(eye.shift)
        opened = _opened_with_inspector(ours, eyes[0][1], rounds=3)
    long, short, base = times[ours, "long"], times[ours, "short"], times[theirs, "long"]
    many, few = f"{sizes['long']:,} shots", f"{sizes['short']} shots"
    return [
        Figure(
            name=f"opening {many} → first screen",
            unit="ms",
            runs=long.first,
            baseline=base.first,
            against="bare",
            budget=Budget(limit=1.2, of="ratio"),
            note=NOTE,
        ),
        Figure(
            name=f"opening {many} → its pictures too",
            unit="ms",
            runs=long.pictures,
            baseline=base.pictures,
            against="bare",
        ),
        Figure(
            name=f"opening {many}, against {few}",
            unit="ms",
            runs=long.first,
            baseline=short.first,
            against=few,
            budget=Budget(limit=1.3, of="ratio"),
        ),
        Figure(
            name=f"jump to shot {far}",
            unit="ms",
            runs=long.jump,
            baseline=base.jump,
            against="bare",
            budget=Budget(limit=300),
        ),
        Figure(
            name="layout shift, opening and jumping",
            unit="",
            runs=[max(long.shift)],
            budget=Budget(limit=0.0),
        ),
        Figure(
            name="layout shift, opening with the inspector",
            unit="",
            runs=[median(opened)],
            budget=Budget(limit=0.0),
        ),
    ]


def _open(side: Side, eye: Eye, key: str, times: Times) -> None:
    opened = eye.open(side.strip(key))
    times.first.append(opened.first)
    times.pictures.append(opened.pictures)
    eye.settle(400)


def _opened_with_inspector(side: Side, eye: Eye, *, rounds: int) -> list[float]:
    shifts = []
    for _ in range(rounds):
        eye.open(side.strip("long", production.code(1)))
        eye.settle()
        shifts.append(eye.shift)
    return shifts


def _scene(number: int) -> str:
    return production.scene_id((number - 1) // production.SCENE + 1)
