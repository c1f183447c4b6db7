"""One job at a time through a studio, with a fault at a chosen moment."""

import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

import httpx

from tests.faults.bill import Line
from tests.faults.studios import Studio
from tests.services.process import Ended

LIMIT_S = 150.0
"""Nothing here is timed: it is the patience with a machine that is busy with other things."""
OVER = ("succeeded", "failed", "cancelled", "blocked")


class Trial:
    """A started studio whose slots are asked for one by one."""

    def __init__(self, studio: Studio, slots: int = 200) -> None:
        self.studio = studio
        studio.start()
        self._slots = iter(studio.create(slots, "toll-keys"))
        self._seeds = count(1)

    def wish(self, provider: str) -> tuple[str, dict[str, Any]]:
        """Path and body of a request for one more picture."""
        return f"/slots/{next(self._slots)}/generate", {
            "provider": provider,
            "seed": next(self._seeds),
        }

    def ask(self, provider: str) -> str:
        """The id of a new job, also where the house died before it could tell it."""
        path, body = self.wish(provider)
        with suppress(httpx.HTTPError):
            answer = self.studio.api("POST", path, json=body)
            assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        [job] = self.until(lambda: self.jobs_of(body))
        return str(job)

    def jobs_of(self, wish: dict[str, Any]) -> list[str]:
        """Ids of all jobs that were made for a request with this body."""
        listed = self.studio.api("GET", "/jobs?limit=500").json()["items"]
        return [job["id"] for job in listed if job["spec"].get("seed") == wish["seed"]]

    def record(self, job: str) -> dict[str, Any]:
        """The job with its submissions and its audit."""
        answer = self.studio.api("GET", f"/jobs/{job}")
        assert answer.status_code == httpx.codes.OK, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def end(self, job: str) -> dict[str, Any]:
        """The same once it is over or blocked; what died meanwhile is started again."""
        found: dict[str, Any] = self.until(lambda: _over(self.record(job)))
        return found

    def until(self, what: Callable[[], Any]) -> Any:
        """What is true at last; silence of a house that is being started is no answer."""
        deadline = time.monotonic() + LIMIT_S
        while True:
            with suppress(Ended):
                self.studio.tend()
            with suppress(httpx.HTTPError):
                if found := what():
                    return found
            assert time.monotonic() < deadline, "it never came"
            time.sleep(0.05)

    def stopped(self, at: str) -> None:
        """Wait until a process was stopped at this point; it is not started again yet."""
        deadline = time.monotonic() + LIMIT_S
        while not self.studio.stopped()[at]:
            assert time.monotonic() < deadline, f"nobody came to {at}"
            time.sleep(0.02)
        (self.studio.notes / "stopped").unlink()

    def bill(self, job: str) -> list[Line]:
        """What the tolls charged for it."""
        lines = [line for toll in self.studio.tolls.values() for line in toll.bill()]
        return [one for one in lines if one.reference.startswith(f"{job}.") and one.cents]

    def charged(self, job: str) -> list[str]:
        """What the house says of each of its submissions."""
        return [one["charged"] for one in self.record(job)["submissions"]]


def _over(record: dict[str, Any]) -> dict[str, Any] | None:
    return record if record["state"] in OVER else None
