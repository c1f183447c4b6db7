"""What happens after a provider could not: retry, block or fail. Pure, and a table for tests."""

import random
from datetime import timedelta
from typing import NamedTuple

from domain.work.blocking import Reason
from domain.work.job import JobState
from domain.work.limits import LONGEST_WAIT, MAX_FAILS
from domain.work.provider import ProviderError

BASE_S = 1.0
CAP_S = 60.0

BLOCKING = frozenset(
    {
        Reason.NO_PROVIDER,
        Reason.MISSING_CREDENTIALS,
        Reason.INVALID_CREDENTIALS,
        Reason.QUOTA_EXHAUSTED,
        Reason.MISSING_MODEL,
        Reason.MISSING_VOICE,
        Reason.RETIRED_MODEL,
        Reason.UNREACHABLE,
        Reason.WRONG_SERVER,
        Reason.OUTCOME_UNKNOWN,
    }
)


class Verdict(NamedTuple):
    """The state to move to; ``delay`` for a retry, ``counts`` whether an attempt was used."""

    state: JobState
    reason: Reason
    delay: timedelta = timedelta(0)
    counts: bool = True


def judge(error: ProviderError, *, fails: int, chance: float | None = None) -> Verdict:
    """Decide by the error's class; ``fails`` are the attempts used so far.

    ``chance`` in 0..1 stands for the jitter, drawn at random where it is None.
    """
    if not error.outcome_known:
        return Verdict(JobState.BLOCKED, Reason.OUTCOME_UNKNOWN)
    if error.reason in BLOCKING:
        return Verdict(JobState.BLOCKED, error.reason, counts=False)
    if error.reason is Reason.RATE_LIMITED:
        pause = timedelta(seconds=error.retry_after or BASE_S)
        return Verdict(JobState.QUEUED, error.reason, min(pause, LONGEST_WAIT), counts=False)
    if not error.reason.is_passing or fails + 1 >= MAX_FAILS:
        return Verdict(JobState.FAILED, error.reason)
    wait = error.retry_after
    if wait is None:
        jitter = random.random() if chance is None else chance  # noqa: S311 - jitter
        wait = min(CAP_S, BASE_S * 2**fails) * jitter
    return Verdict(JobState.QUEUED, error.reason, min(timedelta(seconds=wait), LONGEST_WAIT))
