"""Making in a process of its own: fresh for one job, and killed with it.

For what can't be interrupted, what must not share a process with anything, and what takes so
long that somebody may cancel it. Short work goes to `jobs.pool`.
"""

import multiprocessing
import os
from collections.abc import Callable
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.serving import Say, serve

P = ParamSpec("P")
R = TypeVar("R")

LOOK_S = 0.1
"""How often it is looked whether somebody still waits for it."""


def run_alone(
    tell: Callable[[float | None], None],
    limit_s: float,
    function: Callable[Concatenate[Say, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """What a module's ``function`` makes in a fresh child.

    ``tell`` gets its progress and is called several times a second; what it raises ends the child.
    Raises ProviderError: as the child refuses; timeout after ``limit_s``; transient where it
    died; failed where it broke.
    """
    assert not kwargs, "the child is given its arguments by place"
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=serve, args=(theirs, os.getpid(), function, args), daemon=True)
    child.start()
    theirs.close()
    until, progress = monotonic() + limit_s, None
    try:
        while True:
            if ours.poll(LOOK_S):
                word, told = ours.recv()
                if word != "progress":
                    made: R = _made(word, told)
                    return made
                progress = told
            tell(progress)
            if monotonic() > until:
                message = f"It was not done within {limit_s:.0f} seconds."
                raise ProviderError(Reason.TIMEOUT, message)
    except (EOFError, OSError) as error:
        raise ProviderError(Reason.TRANSIENT, "The making process was stopped.") from error
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()


def _made(word: str, told: Any) -> Any:
    if word == "refused":
        code, message = told
        raise ProviderError(Reason(code), message)
    if word == "broken":
        raise ProviderError(Reason.PROVIDER_FAILED, f"It could not be made: {told}")
    return told
