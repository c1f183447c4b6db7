"""Compiling and planning a script of ten thousand slots, and whether both are linear."""

import time
from collections.abc import Callable
from pathlib import Path

import yaml

import main as house
from domain.access import OWNER
from domain.story.compiler import compile_script
from tests.bench import production
from tests.bench.figures import Budget, Figure
from tests.bench.sides import folder

SLOTS = 10_000
LINEAR = 1.5
"""A slot of the whole may cost so much more than one of a quarter; twice would be a curve."""
NOTE = "compile: the whole of a script's text to its board; baseline: libyaml's own tree of it"


def bench(*, quick: bool) -> list[Figure]:
    whole = SLOTS // 20 if quick else SLOTS
    sizes = (whole // 4, whole // 2, whole)
    times = {size: _Times(size, rounds=2 if quick else 4) for size in sizes}
    full, quarter = times[whole], times[sizes[0]]
    many = f"{whole:,} slots"
    return [
        Figure(
            name=f"compile {many}",
            unit="s",
            runs=full.compile,
            baseline=full.parse,
            against="libyaml alone",
            budget=Budget(limit=5),
            note=NOTE,
        ),
        _linear(f"compile {many}, per slot", full.compile, quarter.compile),
        Figure(name=f"create {many}", unit="s", runs=full.create),
        Figure(name=f"plan {many}, first", unit="s", runs=full.first, budget=Budget(limit=2)),
        Figure(name=f"plan {many}, again", unit="s", runs=full.again, budget=Budget(limit=2)),
        Figure(
            name=f"plan {many} with all their takes, again",
            unit="s",
            runs=full.made,
            budget=Budget(limit=2),
        ),
        _linear(f"plan {many}, again, per slot", full.again, quarter.again),
        _linear(f"plan {many} with takes, per slot", full.made, quarter.made),
        Figure(name=f"edit {many}: the same script again", unit="s", runs=full.change),
    ]


def _linear(name: str, whole: list[float], quarter: list[float]) -> Figure:
    """Best against best: noise only ever adds."""
    return Figure(
        name=name,
        unit="s/4",
        runs=[min(whole) / 4],
        baseline=[min(quarter)],
        against="of a quarter",
        budget=Budget(limit=LINEAR, of="ratio"),
    )


class _Times:
    """Seconds of each step for one size; half the slots are pictures, half are voice lines."""

    def __init__(self, slots: int, *, rounds: int) -> None:
        text = production.script("big", slots // 2, voiced=True)
        source = text.encode()
        assert not compile_script(source, name="big.yaml").refused
        self.parse = _timed(rounds, lambda: yaml.compose(text, yaml.CSafeLoader))
        self.compile = _timed(rounds, lambda: compile_script(source, name="big.yaml"))
        with folder() as at:
            self._with_house(at, source, rounds)

    def _with_house(self, at: Path, source: bytes, rounds: int) -> None:
        composed = house.compose(house.Settings(data=at), worker=False)
        studio, tools = composed.studio, composed.tools
        try:
            self.create = _timed(1, lambda: studio.productions.create(OWNER, source))
            self.first = _timed(1, lambda: studio.generation.plan(OWNER, "big"))
            self.again = _timed(rounds, lambda: studio.generation.plan(OWNER, "big"))
            production.finish(tools, "big")
            self.made = _timed(rounds, lambda: studio.generation.plan(OWNER, "big", "all"))
            self.change = _timed(1, lambda: studio.productions.change(OWNER, "big", source))
        finally:
            composed.close()


def _timed(rounds: int, do: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        do()
        times.append(time.perf_counter() - begin)
    return times
