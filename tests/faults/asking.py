"""People who ask for pictures while the house falls about them, and never take silence for no."""

import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

import httpx

from tests.faults.studios import Studio

PAUSE_S = 0.3
"""Before somebody who got no answer asks again, with the same ``Idempotency-Key``."""
CANCELLED = 0.04
"""Of what was asked for so much is cancelled at once."""
PATIENT_CODES = ("in_progress",)
TRIES = 10
"""So often somebody hears that it is being answered; whoever was to answer is dead."""
DONE_CODE = "answer_lost"


@dataclass(slots=True)
class Wish:
    """One picture that somebody wanted; ``jobs`` once the house said that it makes it."""

    slot: str
    seed: int
    provider: str
    jobs: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"wish {self.seed}"


class People:
    """So many ask side by side until they are told to stop; each wish has a seed of its own."""

    def __init__(
        self,
        studio: Studio,
        slots: Sequence[str],
        *,
        seed: int,
        pace: float,
        most: int,
        people: int = 4,
    ) -> None:
        """``pace``: seconds that each waits after an answer; ``most`` wishes of all of them."""
        self.wishes: list[Wish] = []
        self.cancelled: set[str] = set()
        """Jobs whose cancel was accepted."""
        self.refused: list[str] = []
        self._studio = studio
        self._slots = slots
        self._seed = seed
        self._pace = pace
        self._numbers = count(1)
        self._most = most
        self._enough = threading.Event()
        self._threads = [
            threading.Thread(target=self._ask, name=f"person {number}", daemon=True)
            for number in range(people)
        ]

    def start(self) -> None:
        for one in self._threads:
            one.start()

    @property
    def answered(self) -> int:
        """How many wishes the house has promised to fulfil."""
        return sum(bool(wish.jobs) for wish in self.wishes)

    @property
    def are_content(self) -> bool:
        """All wishes were made and answered."""
        return not any(one.is_alive() for one in self._threads)

    def stop(self) -> None:
        """Who has no answer yet goes without one."""
        self._enough.set()
        for one in self._threads:
            one.join()

    def _ask(self) -> None:
        names = sorted(self._studio.tolls)
        while not self._enough.is_set() and (number := next(self._numbers)) <= self._most:
            drawn = random.Random(f"{self._seed} {number}")  # noqa: S311 - chance from a seed
            slot = self._slots[number % len(self._slots)]
            wish = Wish(slot, number, names[number % len(names)])
            self.wishes.append(wish)
            self._insist(wish)
            if wish.jobs and drawn.random() < CANCELLED:
                self._cancel(wish.jobs[0])
            self._enough.wait(self._pace)

    def _insist(self, wish: Wish) -> None:
        path = f"/slots/{wish.slot}/generate"
        asked = {"seed": wish.seed, "provider": wish.provider}
        tries = 0
        while not self._enough.is_set() and tries < TRIES:
            answer = self._post(path, json=asked, headers={"Idempotency-Key": wish.key})
            if answer is not None and answer.status_code == httpx.codes.ACCEPTED:
                wish.jobs = answer.json()["jobs"]
                return
            if answer is not None and not _may_pass(answer):
                if _code(answer) != DONE_CODE:
                    self.refused.append(f"{answer.status_code} {answer.text[:200]}")
                return
            tries += answer is not None and _code(answer) in PATIENT_CODES
            self._enough.wait(PAUSE_S)

    def _cancel(self, job: str) -> None:
        answer = self._post(f"/jobs/{job}/cancel")
        if answer is not None and answer.status_code == httpx.codes.ACCEPTED:
            self.cancelled.add(job)

    def _post(self, path: str, **given: object) -> httpx.Response | None:
        try:
            return self._studio.api("POST", path, **given)
        except (httpx.HTTPError, OSError):
            return None


def _may_pass(answer: httpx.Response) -> bool:
    """Whether the house is only ailing, or still busy with the same request."""
    return answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or _code(answer) in PATIENT_CODES


def _code(answer: httpx.Response) -> str:
    return str(answer.json().get("code"))
