"""So many requests a minute; what is more waits without having been sent."""

import threading
import time
from collections import deque
from collections.abc import Callable

from domain.work.blocking import Reason
from domain.work.provider import ProviderError

MINUTE = 60.0


class Pace:
    """Of this process."""

    def __init__(
        self, name: str, per_minute: int | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name = name
        self._most = per_minute
        self._clock = clock
        self._sent: deque[float] = deque()
        self._lock = threading.Lock()

    def step(self) -> None:
        """Before a request that counts. Raises ProviderError (rate limited) beyond the limit."""
        if self._most is None:
            return
        now = self._clock()
        with self._lock:
            while self._sent and self._sent[0] <= now - MINUTE:
                self._sent.popleft()
            if len(self._sent) >= self._most:
                message = f"{self._name} is asked at most {self._most} times a minute."
                wait = self._sent[0] + MINUTE - now
                raise ProviderError(Reason.RATE_LIMITED, message, retry_after=wait)
            self._sent.append(now)
