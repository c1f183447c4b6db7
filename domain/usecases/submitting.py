"""Sending an order to a provider, once: what it answers is known before anything can go wrong."""

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta

from domain.media.kind import ProviderKind
from domain.ports import Works
from domain.work.blocking import WORDS, Reason
from domain.work.inputs import tainted
from domain.work.job import Submission, SubmissionState
from domain.work.provider import Ask, Handle, Input, Provider, ProviderError, Searchable

KEYS_LAST = timedelta(hours=23)
"""Vendors forget an idempotency key after a day; then the same one is charged anew."""
RECORD_AGAIN_S = (0.5, 1, 2, 4, 8, 16, 32)

log = logging.getLogger(__name__)


class Submitting:
    """The billable call and its record."""

    def __init__(self, works: Works) -> None:
        self._works = works

    def submit(
        self, provider: Provider, ask: Ask, submission: Submission, *, fresh: bool
    ) -> Submission:
        """Send it, or look up what became of it. ``fresh``: nothing of it was sent before.

        Raises ProviderError; an order whose answer is unknown is never repeated blindly.
        """
        if fresh or self.repeatable(provider, submission):
            refuse_fake(provider, ask.inputs)
            handle = provider.submit(ask)
        else:
            handle = looked_up(provider, ask.key)
        accepted = submission.evolve(
            state=SubmissionState.ACCEPTED,
            provider_job_id=handle.provider_job_id,
            handle=handle.model_dump(exclude={"cost_micros"}),
            cost_micros=handle.cost_micros,
        )
        if provider.capabilities.billable:
            # What may cost money is known of before anything else can go wrong.
            self._record(accepted)
        return accepted

    def _record(self, accepted: Submission) -> None:
        """A database that is away just now is waited for: this is known nowhere else."""
        for pause_s in RECORD_AGAIN_S:
            try:
                self._save(accepted)
            except Exception:
                log.exception("%s was accepted and could not be recorded yet", accepted.key)
                threading.Event().wait(pause_s)
            else:
                return
        self._save(accepted)

    def _save(self, submission: Submission) -> None:
        with self._works() as work:
            work.jobs.save_submission(submission)
            work.commit()

    def can_tell(self, provider: Provider, submission: Submission) -> bool:
        """Whether the next try finds out what an unknown answer was."""
        return isinstance(provider, Searchable) or self.repeatable(provider, submission)

    def repeatable(self, provider: Provider, submission: Submission) -> bool:
        """Whether the same key may be sent twice: it costs nothing, or is charged once."""
        if not provider.capabilities.billable:
            return True
        with self._works(reading=True) as work:
            is_known = work.now() - submission.created_at < KEYS_LAST
        return provider.capabilities.idempotent_submit and is_known


def looked_up(provider: Provider, key: str) -> Handle:
    """What a provider has of an order whose answer never came; it is not sent again.

    Raises ProviderError where nobody can tell: it may have been charged.
    """
    handle = provider.find(key) if isinstance(provider, Searchable) else None
    if handle is None:
        message = WORDS[Reason.OUTCOME_UNKNOWN]
        raise ProviderError(Reason.OUTCOME_UNKNOWN, message, outcome_known=False)
    return handle


def refuse_fake(provider: Provider, inputs: Sequence[Input]) -> None:
    """Whatever was planned: nothing of the demo ever goes to a live provider."""
    is_live = provider.capabilities.kind is ProviderKind.LIVE
    if is_live and tainted(ProviderKind.LIVE, inputs) is ProviderKind.FAKE:
        message = f"{provider.name} never gets a demo picture; select another frame."
        raise ProviderError(Reason.INVALID_SPEC, message)
