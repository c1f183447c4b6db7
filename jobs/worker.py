"""The worker of one process: dramatiq's threads and the sweeper, started and stopped together."""

from collections.abc import Callable, Sequence

import dramatiq
from dramatiq import Broker
from dramatiq.brokers.stub import StubBroker

from domain.usecases.fulfilment import Fulfilment
from jobs.actors import declare
from jobs.sweeper import Sweeper

IDLE_POLL_MS = 100
"""dramatiq's default of a second is felt by a person who clicks (JOBS.md A1)."""


class JobWorker:
    """Runs jobs until it is stopped."""

    def __init__(
        self,
        broker: Broker,
        fulfilment: Fulfilment,
        *,
        threads: int,
        warm: Sequence[Callable[[], None]] = (),
    ) -> None:
        """``warm``: what begins the children that make and look at media."""
        declare(broker, fulfilment.fulfil)
        self._broker = broker
        self._warm = warm
        self._fulfilment = fulfilment
        self._sweeper = Sweeper(fulfilment)
        self._worker = dramatiq.Worker(broker, worker_threads=threads, worker_timeout=IDLE_POLL_MS)
        # A message prefetched behind a long job would wait while other processes idle.
        self._worker.queue_prefetch = threads

    def start(self) -> None:
        """Take up what an earlier process left, then begin."""
        for begin in self._warm:
            begin()
        # Messages that stay in the process mean that its folder's lock makes it the only worker.
        self._fulfilment.begin(alone=isinstance(self._broker, StubBroker))
        self._sweeper.start()
        self._worker.start()

    def stop(self, *, timeout_s: float = 3.0) -> None:
        """Let running jobs come to a safe point; what does not is resumed at the next start."""
        self._fulfilment.stop()
        self._sweeper.stop()
        self._worker.stop(timeout=int(timeout_s * 1000))
