"""The toll as the harness sees it: start it, order mischief, read its bill."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from tests.faults.bill import Line
from tests.services.process import Process


class Tollgate:
    """A running toll; it outlives every house."""

    def __init__(self, folder: Path, name: str) -> None:
        """``name``: ``keys`` or ``plain``."""
        folder.mkdir(parents=True)
        command: list[str | Path] = [sys.executable, "-m", "tests.faults.toll", folder, name]
        self.name = f"toll-{name}"
        self._process = Process(command, log=folder / "log")
        self.url = self._process.wait_for(r"Toll ready: (\S+)\n", within=60)[1]
        self._client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def plan(self, **faults: list[str]) -> None:
        """What the next requests meet, by step: ``plan(submit=["drop", "429"])``."""
        self._order(plan=faults)

    def misbehave(self, rates: dict[str, dict[str, float]], *, seed: int) -> None:
        self._order(rates=rates, seed=seed)

    def behave(self) -> None:
        self._order(rates={}, shut=False)

    def shut(self, *, shut: bool) -> None:
        """Whether requests that were planned to ``wait`` go on waiting."""
        self._order(shut=shut)

    def bill(self) -> list[Line]:
        return [Line(*line) for line in self._client.get("/bill").json()["lines"]]

    def asked(self) -> Counter[str]:
        """Requests that came so far, by step."""
        return Counter(self._client.get("/mischief").json()["asked"])

    def faults(self) -> Counter[str]:
        """Faults that were met so far, by step and kind."""
        return Counter(self._client.get("/mischief").json()["done"])

    def close(self) -> None:
        self._client.close()
        self._process.kill()

    def _order(self, **told: Any) -> None:
        self._client.post("/mischief", json=told).raise_for_status()
