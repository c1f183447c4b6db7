"""Answers that came with the submission itself, kept until they are fetched."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from domain.work.provider import Made

MOST_BYTES = 256_000_000

Fetch = Callable[[], Made]
"""Gives what came, or raises what is wrong with it; may be called again."""


class Held:
    """The newest of this process. A restart loses them: then nobody can fetch them any more."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[str, tuple[int, Fetch]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, key: str, size: int, fetch: Fetch) -> None:
        with self._lock:
            self._kept[key] = (size, fetch)
            self._size += size
            while self._size > self._most and len(self._kept) > 1:
                _, (freed, _) = self._kept.popitem(last=False)
                self._size -= freed

    def find(self, key: str) -> Fetch | None:
        with self._lock:
            found = self._kept.get(key)
            return None if found is None else found[1]
