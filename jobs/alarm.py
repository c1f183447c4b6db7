"""Rings for what is due soon, so that nobody waits for the sweeper's next round."""

import heapq
import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Alarm:
    """Calls ``ring(job_id)`` at a job's time, on one thread; forgets all when the process ends."""

    def __init__(self, ring: Callable[[str], None]) -> None:
        self._ring = ring
        self._heap: list[tuple[float, str]] = []
        self._changed = threading.Condition()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def set(self, job_id: str, delay: float) -> None:
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="alarm", daemon=True)
                self._thread.start()
            heapq.heappush(self._heap, (time.monotonic() + delay, job_id))
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _run(self) -> None:
        while (job_id := self._next()) is not None:
            try:
                self._ring(job_id)
            except Exception:
                log.exception("a hint could not be sent")

    def _next(self) -> str | None:
        with self._changed:
            while not self._stopped:
                wait = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._heap)[1]
                self._changed.wait(wait)
            return None
