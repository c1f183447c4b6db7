"""A pool of processes for making that keeps a processor busy: pictures, sound, encoding.

Children are started fresh (spawn), import only what they run, give way to the server, and die
with it, so that a killed parent leaves nothing behind.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import ParamSpec, TypeVar

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.settling import settle_in

P = ParamSpec("P")
R = TypeVar("R")


class Pool:
    """Runs picklable functions in ``size`` children; rebuilt when one of them was killed."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._guard = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None

    def warm(self) -> None:
        """Start all children now, from the main thread: they die with the thread that made them."""
        for _ in range(self._size):
            self._current().submit(os.getpid)

    def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call in a child and wait. Raises ProviderError (transient) where the child died."""
        executor = self._current()
        try:
            future: Future[R] = executor.submit(function, *args, **kwargs)
            return future.result()
        except BrokenProcessPool as error:
            self._drop(executor)
            raise ProviderError(Reason.TRANSIENT, "The making process was stopped.") from error

    def close(self) -> None:
        with self._guard:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)
            for child in list(getattr(executor, "_processes", None) or {}).copy():
                _end(child)

    def _current(self) -> ProcessPoolExecutor:
        with self._guard:
            if self._executor is None:
                self._executor = ProcessPoolExecutor(
                    self._size,
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=settle_in,
                    initargs=(os.getpid(),),
                )
            return self._executor

    def _drop(self, broken: ProcessPoolExecutor) -> None:
        with self._guard:
            if self._executor is broken:
                self._executor = None
        broken.shutdown(wait=False, cancel_futures=True)


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
