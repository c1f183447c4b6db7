"""The sweeper: says this process lives, takes back what dead ones held, hints at what is due."""

import logging
import random
import threading

from domain.usecases.fulfilment import Fulfilment

log = logging.getLogger(__name__)
EVERY_S = 1.0


class Sweeper:
    """A daemon thread in every worker process; all it does is guarded, so it needs no leader."""

    def __init__(self, fulfilment: Fulfilment) -> None:
        self._fulfilment = fulfilment
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._fulfilment.sweep()
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2)

    def _run(self) -> None:
        while not self._stopped.wait(EVERY_S * random.uniform(0.7, 1.3)):  # noqa: S311 - jitter
            try:
                self._fulfilment.sweep()
            except Exception:
                log.exception("a sweep failed; the next one tries again")
