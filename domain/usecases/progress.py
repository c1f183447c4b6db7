"""What is told of a making while it goes on, and whether anybody still waits for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from domain.events import Event
from domain.ports import Clock, EventBus, Works
from domain.work.job import Job, JobState
from domain.work.provider import Stopped

OFTEN = timedelta(milliseconds=200)
"""At most five times a second a job."""


class Progress:
    """Published, never written."""

    def __init__(
        self, *, works: Works, bus: EventBus, clock: Clock, is_stopping: Callable[[], bool]
    ) -> None:
        """``is_stopping``: whether this process is about to end."""
        self._works = works
        self._bus = bus
        self._clock = clock
        self._is_stopping = is_stopping

    def teller(self, job: Job) -> Callable[[float | None], None]:
        """For `domain.work.provider.Ask`: raises Stopped once the job was cancelled, is somebody
        else's, or this process ends.
        """
        told: datetime | None = None

        def tell(progress: float | None) -> None:
            nonlocal told
            now = self._clock.now()
            if self._is_stopping():
                raise Stopped
            if told is not None and now - told < OFTEN:
                return
            told = now
            if not self._is_wanted(job):
                raise Stopped
            if progress is not None:
                self.tell(job, progress)

        return tell

    def tell(self, job: Job, progress: float) -> None:
        """``progress`` 0..1, to whoever looks at the slots of the job."""
        with self._works(reading=True) as work:
            slots = work.slots.many(list(work.jobs.slots_of(job.id)))
        now = self._clock.now()
        self._bus.publish(
            [
                Event(
                    project_id=job.project_id,
                    type="progress",
                    slot_id=slot.id,
                    job_id=job.id,
                    job_state=job.state,
                    state=slot.state,
                    version=slot.version,
                    progress=progress,
                    at=now,
                )
                for slot in slots
            ]
        )

    def _is_wanted(self, job: Job) -> bool:
        with self._works(reading=True) as work:
            now = work.jobs.get(job.id)
        return (
            now is not None
            and not now.cancel
            and (now.state, now.attempt) == (JobState.RUNNING, job.attempt)
        )
