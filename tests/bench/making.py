"""Jobs in the embedded mode: how soon a hint is claimed, and how many durable no-ops a second."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Literal
from uuid import uuid4

import dramatiq
from dramatiq.brokers.stub import StubBroker

import main as house
from domain.access import OWNER
from domain.errors import Unavailable
from domain.events import Event
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import Inspected
from domain.story.board import Slot
from domain.usecases.base import Tools
from domain.usecases.fulfilment import Fulfilment
from domain.work.provider import Ask, Capabilities, Handle, Made, Readiness, Update
from jobs.broker import make_broker
from jobs.dispatcher import DramatiqDispatcher
from jobs.forge import Registry
from jobs.worker import IDLE_POLL_MS, JobWorker
from storage.blobs import FileStore
from storage.database import open_engine
from storage.folder import DataFolder
from storage.unit_of_work import SqlWorks
from tests.bench import production
from tests.bench.figures import Budget, Figure, percentile
from tests.bench.sides import folder
from tests.builders import a_job

THREADS = 8
NOTE = (
    "jobs: the real path of a job (claim, intent, submit, record, poll, take, success; three"
    " commits) with a provider that is ready at once; its bytes are neither decoded nor stored"
)


class Instant:
    """`domain.work.provider.Provider` whose every making is ready when it is asked for."""

    name = "fake"
    capabilities = Capabilities(
        kind=ProviderKind.FAKE, makes=frozenset({MediaType.IMAGE}), concurrency=THREADS
    )

    def check(self) -> Readiness:
        return Readiness()

    def submit(self, ask: Ask) -> Handle:
        return Handle(provider_job_id=ask.key)

    def poll(self, _handle: Handle) -> Update:
        return Update(phase="ready")

    def result(self, ask: Ask, _handle: Handle) -> Made:
        return Made(data=ask.key.encode(), realised=ask.spec)

    def cancel(self, handle: Handle) -> None: ...


class Believing:
    """`domain.ports.MediaInspector` that takes every word for a picture."""

    def inspect(self, _data: bytes) -> Inspected:
        return production.PICTURE

    def thumbnail(self, _data: bytes, _width: int) -> bytes:
        raise Unavailable("There is none.")

    def sound(self, _data: bytes) -> bytes:
        raise Unavailable("There is none.")


class Forgetting(FileStore):
    """Names bytes and keeps none."""

    def put(self, data: bytes, _extension: str) -> str:
        return sha256(data).hexdigest()


def bench(*, quick: bool) -> list[Figure]:
    jobs, hints, rounds = (100, 10, 1) if quick else (2000, 150, 3)
    bare: list[float] = []
    rates: dict[Literal["relaxed", "full"], list[float]] = {"relaxed": [], "full": []}
    for _ in range(rounds):
        for durability, found in rates.items():
            with _workshop(durability, jobs) as shop:
                found.append(shop.rate(jobs))
        bare.append(_bare_rate(jobs))
    with _workshop("full", hints) as shop:
        waits = shop.waits(hints)
    return [
        Figure(
            name=f"durable no-op jobs, {durability}",
            unit="jobs/s",
            runs=found,
            baseline=bare,
            against="bare dramatiq",
            budget=Budget(limit=1000, at_least=True) if durability == "relaxed" else None,
            note=NOTE,
        )
        for durability, found in rates.items()
    ] + [
        Figure(
            name="hint → claimed, idle, p50",
            unit="ms",
            runs=[percentile(waits, 0.5)],
            budget=Budget(limit=5),
        ),
        Figure(name="hint → claimed, idle, p99", unit="ms", runs=[percentile(waits, 0.99)]),
    ]


class Workshop:
    """A worker of the house over a production whose slots have nothing yet."""

    def __init__(self, tools: Tools, worker: JobWorker, slots: Sequence[Slot]) -> None:
        self._tools = tools
        self._worker = worker
        self._slots = slots
        self._begun: dict[str, float] = {}
        self._ended = threading.Semaphore(0)
        tools.bus.subscribe(self._hear)

    def rate(self, count: int) -> float:
        """Jobs a second, from the start of the worker to the last success."""
        self._ask(self._slots[:count])
        begin = time.perf_counter()
        self._worker.start()
        for _ in range(count):
            assert self._ended.acquire(timeout=60), "a job did not end"
        return count / (time.perf_counter() - begin)

    def waits(self, count: int) -> list[float]:
        """Milliseconds from a commit that asks to the commit that claims, one job at a time."""
        self._worker.start()
        waits = []
        for slot in self._slots[:count]:
            time.sleep(0.03)
            self._begun.clear()
            self._ask([slot])
            asked = time.perf_counter()
            assert self._ended.acquire(timeout=10), "a job did not end"
            waits.append((self._begun[slot.id] - asked) * 1000)
        return waits

    def _ask(self, slots: Sequence[Slot]) -> None:
        now = self._tools.clock.now()
        with self._tools.works() as work:
            for slot in slots:
                job = a_job(slot, id=uuid4().hex, reuse_key=uuid4().hex, run_at=now, created_at=now)
                work.jobs.add(job, {slot.id: slot.basis})
            work.commit()

    def _hear(self, events: Sequence[Event]) -> None:
        now = time.perf_counter()
        for event in events:
            if event.action == "began" and event.slot_id is not None:
                self._begun[event.slot_id] = now
            elif event.action == "succeeded":
                self._ended.release()


@contextmanager
def _workshop(durability: Literal["full", "relaxed"], slots: int) -> Iterator[Workshop]:
    with folder() as at:
        settings = house.Settings(data=at, durability=durability)
        composed = house.compose(settings, worker=False)
        broker = make_broker(None)
        engine = open_engine(DataFolder(at).database_url, durability=durability)
        dispatcher = DramatiqDispatcher(broker)
        tools = replace(
            composed.tools,
            works=SqlWorks(
                engine, clock=composed.tools.clock, dispatcher=dispatcher, bus=composed.tools.bus
            ),
            forge=Registry([Instant()]),
            inspector=Believing(),
            store=Forgetting(at),
        )
        composed.studio.productions.create(OWNER, production.script("jobs", slots).encode())
        worker = JobWorker(broker, _fulfilment(tools), threads=THREADS)
        try:
            yield Workshop(tools, worker, composed.studio.viewing.structure(OWNER, "jobs").slots)
        finally:
            worker.stop()
            dispatcher.close()
            broker.close()
            engine.dispose()
            composed.close()


def _fulfilment(tools: Tools) -> Fulfilment:
    return Fulfilment(tools, owner="bench")


def _bare_rate(count: int) -> float:
    """dramatiq alone: nothing is written down, nothing is told."""
    broker = StubBroker(middleware=[])
    ended = threading.Semaphore(0)

    @dramatiq.actor(broker=broker)
    def nothing(_number: int) -> None:
        ended.release()

    for number in range(count):
        nothing.send(number)
    worker = dramatiq.Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_POLL_MS)
    begin = time.perf_counter()
    worker.start()
    for _ in range(count):
        ended.acquire()
    took = time.perf_counter() - begin
    worker.stop()
    broker.close()
    return count / took
