"""Changes shots through the real unit of work, and notes when each change was committed."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from domain.events import Event
from domain.ports import EventBus
from domain.story.board import Board, Slot
from domain.usecases.base import Tools
from domain.work.job import Job, JobState
from storage.database import open_engine
from storage.folder import DataFolder
from storage.unit_of_work import SqlWorks
from tests.builders import a_job


class Change(NamedTuple):
    """``at``: Unix milliseconds when the commit was over, before anybody heard of it."""

    code: str
    version: int
    at: float


class Nobody:
    """`domain.ports.Dispatcher` without workers: the driver does their part itself."""

    def dispatch(self, job_id: str, *, delay: float = 0.0) -> None: ...


class StampingBus:
    """Notes the time of a commit, then lets the house's own bus tell it."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self.stamps: dict[tuple[str, int], float] = {}
        self.subscribe = bus.subscribe
        self.close = bus.close

    def publish(self, events: Sequence[Event]) -> None:
        now = time.time() * 1000
        for event in events:
            if event.slot_id is not None and event.version is not None:
                self.stamps[event.slot_id, event.version] = now
        self._bus.publish(events)


class Driver:
    """Each shot's slot goes round: asked (pending), claimed (running), cancelled."""

    def __init__(self, tools: Tools, data: Path, board: Board) -> None:
        self._tools = tools
        self._bus = StampingBus(tools.bus)
        # A second engine on the same file, so that nothing of the house is replaced.
        self._engine = open_engine(DataFolder(data).database_url, durability="full")
        self._works = SqlWorks(self._engine, clock=tools.clock, dispatcher=Nobody(), bus=self._bus)
        self._code = {shot.id: shot.code for shot in board.shots}
        self._slots = board.slots
        self._jobs: dict[str, Job] = {}
        self._turn = 0

    def change(self, *, count: int, pace: float, among: int) -> list[Change]:
        """``count`` changes, one each ``pace`` seconds, of the first ``among`` shots in turn."""
        changes = []
        begin = time.perf_counter()
        for number in range(count):
            slot = self._slots[self._turn // len(STEPS) % among]
            step = STEPS[self._turn % len(STEPS)]
            self._turn += 1
            step(self, slot)
            changes.append(self._stamped(slot))
            rest = begin + (number + 1) * pace - time.perf_counter()
            time.sleep(max(0.0, rest))
        return changes

    def _stamped(self, slot: Slot) -> Change:
        (_, version), at = list(self._bus.stamps.items())[-1]
        self._bus.stamps.clear()
        return Change(self._code[slot.owner_id], version, at)

    def _ask(self, slot: Slot) -> None:
        now = self._tools.clock.now()
        job = a_job(slot, id=uuid4().hex, run_at=now, created_at=now, reuse_key=uuid4().hex)
        with self._works() as work:
            work.jobs.add(job, {slot.id: slot.basis})
            work.commit()
        self._jobs[slot.id] = job

    def _claim(self, slot: Slot) -> None:
        with self._works() as work:
            job = work.jobs.claim(self._jobs[slot.id].id, owner="bench")
            assert job is not None
            work.commit()
        self._jobs[slot.id] = job

    def _cancel(self, slot: Slot) -> None:
        with self._works() as work:
            work.jobs.move(self._jobs.pop(slot.id), JobState.CANCELLED, action="cancelled")
            work.commit()


STEPS: tuple[Callable[[Driver, Slot], None], ...] = (Driver._ask, Driver._claim, Driver._cancel)  # noqa: SLF001
