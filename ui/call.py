"""Calls use cases off the event loop, so that nothing blocks what other people see."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


async def call(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a synchronous use case in the thread pool and wait for it."""
    return await asyncio.get_running_loop().run_in_executor(
        None, partial(function, *args, **kwargs)
    )
