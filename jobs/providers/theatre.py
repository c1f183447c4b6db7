"""The fake theatre's script: ``media_spec.demo``, one step per submission (CONTRACT.md 4)."""

import re
from typing import NamedTuple

from domain.work.blocking import Reason
from domain.work.provider import ProviderError

STEP = re.compile(r"\s*([a-z_]+)\s*(?:@\s*(\d+(?:\.\d+)?)\s*s)?\s*")
ENDINGS: dict[str, Reason | None] = {
    "ok": None,
    "never": None,
    "corrupt": None,
    "empty": None,
    "transient": Reason.TRANSIENT,
    "rate_limited": Reason.RATE_LIMITED,
    "content_policy": Reason.CONTENT_POLICY,
    "invalid": Reason.INVALID_SPEC,
    "auth": Reason.INVALID_CREDENTIALS,
    "quota": Reason.QUOTA_EXHAUSTED,
    "timeout": Reason.TIMEOUT,
}
MESSAGES: dict[Reason, str] = {
    Reason.TRANSIENT: "The demo provider stumbled, as the script asks.",
    Reason.RATE_LIMITED: "The demo provider is busy, as the script asks.",
    Reason.CONTENT_POLICY: "The demo provider refused this prompt, as the script asks.",
    Reason.INVALID_SPEC: "The demo provider can't read this spec, as the script asks.",
    Reason.INVALID_CREDENTIALS: "The demo refused its key, as the script asks: only Retry ends it.",
    Reason.QUOTA_EXHAUSTED: "The demo's quota is spent, as the script asks: only Retry ends it.",
    Reason.TIMEOUT: "The demo provider took too long, as the script asks.",
}


class Step(NamedTuple):
    """``seconds``: how long it takes, or for ``rate_limited`` how long to wait."""

    word: str
    seconds: float | None


def step_for(demo: str | None, attempt: int) -> Step:
    """The step of a submission, the last one repeating; without a script it is ``ok``.

    Raises ProviderError (invalid) for a word that is not in the theatre.
    """
    steps = (demo or "ok").split(",")
    written = steps[min(attempt, len(steps) - 1)]
    match = STEP.fullmatch(written)
    if match is None or match[1] not in ENDINGS:
        known = ", ".join(ENDINGS)
        message = f"demo has no step {written.strip()!r}; write one of {known}."
        raise ProviderError(Reason.INVALID_SPEC, message)
    return Step(match[1], float(match[2]) if match[2] else None)


def ending(step: Step) -> ProviderError | None:
    """The error a step ends with, None for one that ends with bytes."""
    reason = ENDINGS[step.word]
    if reason is None:
        return None
    retry_after = step.seconds if reason is Reason.RATE_LIMITED else None
    return ProviderError(reason, MESSAGES[reason], retry_after=retry_after)
