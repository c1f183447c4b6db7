"""What sweepers do: say who lives, take back what is orphaned, find what nobody hinted at."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.errors import Lost
from domain.work.job import Job, JobState
from domain.work.limits import LEASE, MAX_CRASHES, REHINT, UNHEARD
from storage.rows import from_rows
from storage.tables import JobRow, SubmissionRow, WorkerRow
from storage.transitions import (
    FREE_PLACES,
    IN_FLIGHT,
    MAY_BEGIN,
    OTHER,
    QUEUED,
    TIME_TO_MAKE,
    WHEN,
    Transitions,
    at_most,
    deadlines_from,
)

J = JobRow.__table__  # type: ignore[attr-defined]
SUB = SubmissionRow.__table__  # type: ignore[attr-defined]
W = WorkerRow.__table__  # type: ignore[attr-defined]

FORGET_WORKERS = sa.delete(W)
BEAT = sa.update(W).where(W.c.id == b("worker")).values(seen=b("now", type_=WHEN))
ALIVE = sa.select(W.c.id).where(W.c.seen >= b("since", type_=WHEN))
SUSPECTS = (
    sa.select(J)
    .where(
        J.c.state == "running",
        J.c.owner.not_in(ALIVE)
        | (J.c.owner == b("me"))
        | (J.c.deadline < b("overdue", type_=WHEN)),
    )
    .order_by(J.c.project_id, J.c.id)
)
BOUGHT_AFTER_ALL = (
    sa.select(J)
    .where(
        J.c.state == sa.literal_column("'blocked'"),
        J.c.reason == "outcome_unknown",
        sa.select(sa.literal(1)).where(SUB.c.job_id == J.c.id, SUB.c.state == "accepted").exists(),
        ~sa.select(sa.literal(1))
        .where(
            OTHER.c.project_id == J.c.project_id,
            OTHER.c.reuse_key == J.c.reuse_key,
            # As the index has it.
            sa.text("other.state IN ('queued', 'running') AND other.reuse_key <> ''"),
        )
        .exists(),
    )
    .order_by(J.c.project_id, J.c.id)
)
"""Its worker slept, or was cut off from the database, and told the provider's id late."""
RENEW = (
    sa.update(J)
    .where(J.c.owner == b("me"), J.c.state == "running", J.c.deadline < TIME_TO_MAKE)
    .values(deadline=TIME_TO_MAKE)
)
FROM_THE_FUTURE = (
    sa.update(J)
    .where(
        J.c.state == QUEUED,
        J.c.run_at > b("now", type_=WHEN),
    )
    .values(run_at=b("now", type_=WHEN))
)
"""Whoever wrote it had a clock that was ahead; a wait cut short costs one more look."""
UNHEARD_OF = (
    sa.select(J.c.id)
    .where(
        # Whoever made it due has hinted already; only what stays unclaimed is hinted again.
        J.c.run_at <= b("due_before", type_=WHEN),
        J.c.hinted_at.is_(None)
        | (J.c.hinted_at < b("hinted_before", type_=WHEN))
        | (J.c.hinted_at > b("now", type_=WHEN)),
    )
    .with_for_update(skip_locked=True)
)
DUE_IN_FLIGHT = (
    # Not the plain column: SQLite would read all that is queued instead of what is in flight.
    UNHEARD_OF.where(J.c.state.concat("") == "queued", IN_FLIGHT)
    .order_by(J.c.run_at, J.c.id)
    .limit(b("limit"))
)
DUE = UNHEARD_OF.where(
    J.c.state == QUEUED, J.c.provider == b("provider"), ~IN_FLIGHT, MAY_BEGIN
).order_by(J.c.priority.desc(), J.c.created_at, J.c.id)
DUE = at_most(
    DUE, sa.case((FREE_PLACES <= 0, 0), (b("limit") > FREE_PLACES, FREE_PLACES), else_=b("limit"))
)
HINTED = (
    sa.update(J)
    .where(J.c.id.in_(b("job_ids", expanding=True)))
    .values(hinted_at=b("now", type_=WHEN))
)


class Recovery(Transitions):
    """All guarded, so that any number of sweepers may do it at the same moment."""

    def beat(self, owner: str) -> None:
        now = self._at.now()
        if not self._at.run(BEAT, worker=owner, now=now):
            self._at.insert(sa.insert(W), [{"id": owner, "seen": now}])

    def renew(self, owner: str) -> None:
        now = self._at.now()
        self._at.run(RENEW, me=owner, **deadlines_from(now))

    def forget_workers(self) -> None:
        self._at.run(FORGET_WORKERS)

    def reclaim(self, owner: str, working_on: Collection[str]) -> Sequence[Job]:
        now = self._at.now()
        found = self._at.rows(SUSPECTS, since=now - LEASE, me=owner, overdue=now - LEASE)
        taken = []
        for job in from_rows(Job, found):
            overdue = job.deadline is not None and job.deadline < now - LEASE
            if job.owner == owner and job.id in working_on and not overdue:
                continue
            with suppress(Lost):  # it moved meanwhile, so it was no orphan
                taken.append(self._reclaim(job, now))
        return taken

    def _reclaim(self, job: Job, now: datetime) -> Job:
        crashes = job.crashes + 1
        if crashes >= MAX_CRASHES:
            return self.move(
                job, JobState.BLOCKED, action="blocked", crashes=crashes, reason="keeps_stopping"
            )
        return self.move(job, JobState.QUEUED, action="reclaimed", crashes=crashes, run_at=now)

    def resume_bought(self) -> Sequence[Job]:
        now = self._at.now()
        resumed = []
        for job in from_rows(Job, self._at.rows(BOUGHT_AFTER_ALL)):
            with suppress(Lost):  # a person was faster
                resumed.append(
                    self.move(
                        job,
                        JobState.QUEUED,
                        action="resumed",
                        reason=None,
                        error=None,
                        run_at=now,
                    )
                )
        return resumed

    def hasten(self) -> None:
        now = self._at.now()
        self._at.run(FROM_THE_FUTURE, now=now)

    def due(self, limit: int) -> Sequence[str]:
        now = self._at.now()
        since = {"due_before": now - UNHEARD, "hinted_before": now - REHINT, "now": now}
        job_ids = [row.id for row in self._at.rows(DUE_IN_FLIGHT, limit=limit, **since)]
        for provider in self._waited_for():
            room = limit - len(job_ids)
            if room > 0:
                found = self._at.rows(DUE, provider=provider, limit=room, **since)
                job_ids += [row.id for row in found]
        if job_ids:
            self._at.run(HINTED, job_ids=job_ids, now=now)
        return job_ids
