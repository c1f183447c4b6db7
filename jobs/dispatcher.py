"""Sends hints: a dramatiq message with a job id, now or when the job is due."""

import logging
import time

from dramatiq import Broker, Message

from jobs.alarm import Alarm
from jobs.broker import ACTOR, QUEUE

log = logging.getLogger(__name__)
AWAY_S = 1.0
"""A broker that took no hint is left alone for so long; the sweeper hints again anyway."""


class DramatiqDispatcher:
    """`domain.ports.Dispatcher` on either broker."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._away_until = 0.0
        self._alarm = Alarm(self._send)

    def dispatch(self, job_id: str, *, delay: float = 0.0) -> None:
        if delay > 0:
            self._alarm.set(job_id, delay)
        else:
            self._send(job_id)

    def close(self) -> None:
        self._alarm.stop()

    def _send(self, job_id: str) -> None:
        if time.monotonic() < self._away_until:
            return
        try:
            self._broker.enqueue(
                Message(queue_name=QUEUE, actor_name=ACTOR, args=(job_id,), kwargs={}, options={})
            )
        except Exception as error:  # noqa: BLE001 - the row is the truth; the sweeper hints again
            # A batch that hints a hundred times must not wait a hundred times.
            self._away_until = time.monotonic() + AWAY_S
            log.warning("a hint was not taken (%s); the sweeper sends it again", error)
