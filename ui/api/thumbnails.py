"""Small pictures of stored media, made when first asked for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from domain.ports import MediaInspector, MediaStore


class Thumbnails:
    """Made once, by one thread, then kept in the store."""

    def __init__(self, store: MediaStore, inspector: MediaInspector) -> None:
        self._store = store
        self._inspector = inspector
        self._lock = threading.Lock()
        self._making: dict[tuple[str, int], tuple[threading.Lock, int]] = {}

    def get(self, file: str, width: int) -> bytes:
        if (small := self._store.derived(file, width)) is not None:
            return small
        with self._alone(file, width):
            if (small := self._store.derived(file, width)) is None:
                small = self._inspector.thumbnail(self._store.read(file), width)
                self._store.put_derived(file, width, small)
        return small

    @contextmanager
    def _alone(self, file: str, width: int) -> Iterator[None]:
        with self._lock:
            turn, waiting = self._making.get((file, width), (threading.Lock(), 0))
            self._making[file, width] = (turn, waiting + 1)
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, waiting = self._making.pop((file, width))
                if waiting > 1:
                    self._making[file, width] = (turn, waiting - 1)
