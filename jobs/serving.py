"""The far side of `jobs.alone`: one function in a process of its own. Imports next to nothing."""

from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from jobs.settling import settle_in

Say = Callable[[float], None]
"""Tells the parent how far it is, 0..1."""


class Refused(Exception):
    """What is asked can't be made; ``args``: a reason's code and a sentence for a person."""


def serve(
    link: "Connection[Any, Any]", parent: int, function: Callable[..., Any], args: tuple[Any, ...]
) -> None:
    """Call ``function(say, *args)`` and send what comes of it."""
    settle_in(parent)

    def say(progress: float) -> None:
        link.send(("progress", progress))

    try:
        answer = "made", function(say, *args)
    except Refused as refusal:
        answer = "refused", refusal.args
    except Exception as error:  # noqa: BLE001 - told to the parent, which judges it
        answer = "broken", f"{type(error).__name__}: {error}"
    link.send(answer)
