"""What the children of tests do: a child imports this module and nothing of the tests else."""

import os
import signal
import threading

from jobs.serving import Refused, Say


def double(say: Say, number: int) -> int:
    for step in range(5):
        say(step / 5)
    return number * 2


def whose(_say: Say) -> tuple[int, int]:
    return os.getpid(), os.getppid()


def hang(say: Say, file: str) -> None:
    """For ever, after it has written down who it is."""
    with open(file, "w", encoding="utf-8") as out:  # noqa: PTH123 - as light as a child should be
        out.write(str(os.getpid()))
    say(0.5)
    threading.Event().wait()


def die(_say: Say) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def break_down(_say: Say) -> None:
    raise ValueError("no such luck")


def refuse(_say: Say) -> None:
    raise Refused("missing_voice", "There is no such voice.")
