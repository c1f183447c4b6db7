"""The one actor: it takes a job id, calls one use case, and may run any number of times."""

import logging
from collections.abc import Callable

import dramatiq
from dramatiq import Broker

from jobs.broker import ACTOR, QUEUE

log = logging.getLogger(__name__)


def declare(broker: Broker, fulfil: Callable[[str], None]) -> None:
    """Let workers of ``broker`` call ``fulfil`` with each hinted job id."""

    def run(job_id: str) -> None:
        try:
            fulfil(job_id)
        except Exception:
            # The row stays as it is; the sweeper reclaims what this worker no longer works on.
            log.exception("job %s stopped in an unforeseen way", job_id)

    dramatiq.actor(broker=broker, actor_name=ACTOR, queue_name=QUEUE)(run)
