"""Which fault a request meets: planned ones first, then by chance, from a seed."""

import random
import threading
from collections import Counter, deque
from collections.abc import Mapping
from typing import Any

STEPS = ("submit", "poll", "result")


class Mischief:
    """Told by the harness, asked by the toll's threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._chance = random.Random(0)  # noqa: S311 - chance from a seed
        self._plan: dict[str, deque[str]] = {step: deque() for step in STEPS}
        self._rates: Mapping[str, Mapping[str, float]] = {}
        self._open = threading.Event()
        self._open.set()
        self.done: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()

    def order(self, told: Mapping[str, Any]) -> None:
        """``plan``: faults to come, by step, in order; ``rates``: probabilities, by step and
        fault; ``seed``; ``shut``: whether requests with the fault ``wait`` go on waiting.
        """
        with self._guard:
            for step, faults in told.get("plan", {}).items():
                self._plan[step].extend(faults)
            self._rates = told.get("rates", self._rates)
            if "seed" in told:
                self._chance = random.Random(told["seed"])  # noqa: S311 - chance from a seed
        if told.get("shut") is not None:
            (self._open.clear if told["shut"] else self._open.set)()

    def next(self, step: str) -> str:
        """The fault, or nothing."""
        with self._guard:
            self.asked[step] += 1
            fault = self._plan[step].popleft() if self._plan[step] else self._by_chance(step)
            if fault:
                self.done[f"{step} {fault}"] += 1
            return fault

    def wait(self) -> None:
        self._open.wait()

    def _by_chance(self, step: str) -> str:
        drawn = self._chance.random()
        for fault, rate in self._rates.get(step, {}).items():
            drawn -= rate
            if drawn < 0:
                return fault
        return ""
