"""The moves of a job: guarded statements, each of which happens once or not at all.

Built once, at import: building one per call costs five times the update (JOBS.md B2).
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.errors import Lost
from domain.work.job import TRANSITIONS, Job, JobState
from domain.work.limits import DEADLINES, LEASE, MAX_CRASHES, REHINT, UNHEARD
from storage.rows import from_row, from_rows
from storage.slots import SqlSlots
from storage.tables import JobRow, JobSlotRow, ProjectRow, ProviderRow, SlotRow, WorkerRow
from storage.transaction import Transaction

J = JobRow.__table__  # type: ignore[attr-defined]
JS = JobSlotRow.__table__  # type: ignore[attr-defined]
S = SlotRow.__table__  # type: ignore[attr-defined]
P = ProjectRow.__table__  # type: ignore[attr-defined]
PROVIDER = ProviderRow.__table__  # type: ignore[attr-defined]
W = WorkerRow.__table__  # type: ignore[attr-defined]

WHEN = J.c.run_at.type
OTHER = J.alias("other")
BUSY = (
    sa.select(sa.func.count())
    .where(
        OTHER.c.provider == J.c.provider,
        OTHER.c.state.in_(["queued", "running"]),
        (OTHER.c.state == "running") | OTHER.c.began,
        OTHER.c.id != J.c.id,
    )
    .scalar_subquery()
)
ROOM = sa.select(PROVIDER.c.concurrency).where(PROVIDER.c.name == J.c.provider).scalar_subquery()
PAUSED = sa.select(sa.literal(1)).where(P.c.id == J.c.project_id, P.c.paused)
LOCK_PROVIDER = (
    sa.select(PROVIDER.c.name)
    .where(
        PROVIDER.c.name == sa.select(J.c.provider).where(J.c.id == b("job_id")).scalar_subquery()
    )
    .with_for_update()
)
CLAIM = (
    sa.update(J)
    .where(
        J.c.id == b("job_id"),
        J.c.state == "queued",
        J.c.run_at <= b("now", type_=WHEN),
        ~J.c.cancel,
        ~PAUSED.exists(),
        BUSY < sa.func.coalesce(ROOM, 4),
    )
    .values(
        state="running",
        began=True,
        attempt=J.c.attempt + 1,
        version=J.c.version + 1,
        owner=b("new_owner"),
        started_at=sa.func.coalesce(J.c.started_at, b("now", type_=WHEN)),
        deadline=sa.func.coalesce(
            J.c.deadline,
            sa.case(
                *((J.c.media_type == kind, b(f"deadline_{kind}", type_=WHEN)) for kind in DEADLINES)
            ),
        ),
    )
    .returning(J)
)
CHANGEABLE = ("fails", "crashes", "run_at", "deadline", "reason", "error", "began", "spec")
MOVE = (
    sa.update(J)
    .where(
        J.c.id == b("job_id"),
        J.c.state == b("old_state"),
        J.c.attempt == b("old_attempt"),
        J.c.owner.is_not_distinct_from(b("old_owner")),
    )
    .values(
        state=b("new_state"),
        version=J.c.version + 1,
        owner=b("new_owner"),
        hinted_at=b("new_hinted_at", type_=WHEN),
        ended_at=b("new_ended_at", type_=WHEN),
        **{name: b(f"new_{name}", type_=J.c[name].type) for name in CHANGEABLE},
    )
    .returning(J)
)
ATTACHED = sa.select(JS.c.slot_id).where(JS.c.job_id == b("of_job"), ~JS.c.detached)
REMEMBER = (
    sa.update(S)
    .where(S.c.id.in_(ATTACHED))
    .values(ended_job_id=b("of_job"), ended_as=b("as"), ended_version=S.c.version + 1)
)
ASK_CANCEL = (
    sa.update(J)
    .where(J.c.id == b("job_id"), J.c.state == "running")
    .values(cancel=True, version=J.c.version + 1)
    .returning(J)
)
ONE = sa.select(J).where(J.c.id == b("job_id"))
NEXT_DUE = (
    sa.select(J.c.id)
    .where(
        J.c.provider == b("provider"),
        J.c.state == "queued",
        ~J.c.began,
        J.c.run_at <= b("now", type_=WHEN),
    )
    .order_by(J.c.priority.desc(), J.c.created_at, J.c.id)
    .limit(1)
)
BEAT = sa.update(W).where(W.c.id == b("worker")).values(seen=b("now", type_=WHEN))
ALIVE = sa.select(W.c.id).where(W.c.seen >= b("since", type_=WHEN))
ORPHANS = sa.select(J).where(
    J.c.state == "running",
    J.c.owner.not_in(ALIVE)
    | ((J.c.owner == b("me")) & J.c.id.not_in(b("working_on", expanding=True)))
    | (J.c.deadline < b("overdue", type_=WHEN)),
)
DUE = (
    sa.select(J.c.id)
    .where(
        J.c.state == "queued",
        # Whoever made it due has hinted already; only what stays unclaimed is hinted again.
        J.c.run_at <= b("due_before", type_=WHEN),
        J.c.hinted_at.is_(None) | (J.c.hinted_at < b("hinted_before", type_=WHEN)),
    )
    .order_by(J.c.priority.desc(), J.c.created_at, J.c.id)
    .limit(b("limit"))
)
HINTED = (
    sa.update(J)
    .where(J.c.id.in_(b("job_ids", expanding=True)))
    .values(hinted_at=b("now", type_=WHEN))
)


class Transitions:
    """Claim, move, cancel, reclaim; every one also touches the job's slots."""

    def __init__(self, transaction: Transaction, slots: SqlSlots) -> None:
        self._at = transaction
        self._slots = slots

    def claim(self, job_id: str, *, owner: str) -> Job | None:
        if not self._at.is_sqlite:
            self._at.rows(LOCK_PROVIDER, job_id=job_id)
        before = self._at.row(ONE, job_id=job_id)
        now = self._at.now()
        deadlines = {f"deadline_{kind}": now + limit for kind, limit in DEADLINES.items()}
        row = self._at.row(CLAIM, job_id=job_id, new_owner=owner, now=now, **deadlines)
        if row is None or before is None:
            return None
        job = from_row(Job, row)
        if not before.began:
            self._touch_slots(job, "began")
        return job

    def move(
        self, job: Job, state: JobState, *, action: str, quiet: bool = False, **fields: object
    ) -> Job:
        assert state in TRANSITIONS[job.state], f"{job.state} → {state}"
        now = self._at.now()
        kept = {name: getattr(job, name) for name in CHANGEABLE} | fields
        row = self._at.row(
            MOVE,
            job_id=job.id,
            old_state=job.state,
            old_attempt=job.attempt,
            old_owner=job.owner,
            new_state=state,
            new_owner=None,
            # A delayed job gets its hint from the alarm, and from the sweeper when it is due.
            new_hinted_at=None,
            new_ended_at=None if state is JobState.QUEUED else now,
            **{f"new_{name}": value for name, value in kept.items()},
        )
        if row is None:
            raise Lost(job.id)
        moved = from_row(Job, row)
        if moved.state is JobState.QUEUED:
            self._at.hints.append((moved.id, (moved.run_at - now).total_seconds()))
        else:
            self._remember_ending(moved)
        if not (moved.state is JobState.QUEUED and moved.began):
            self._hint_next(moved, now)
        if not quiet:
            self._touch_slots(moved, action)
        return moved

    def request_cancel(self, job_id: str) -> Job | None:
        row = self._at.row(ONE, job_id=job_id)
        if row is None or JobState(row.state).is_over:
            return None
        if row.state == JobState.RUNNING:
            asked = self._at.row(ASK_CANCEL, job_id=job_id)
            if asked is None:
                return None
            job = from_row(Job, asked)
            self._touch_slots(job, "cancel_asked")
            return job
        return self.move(from_row(Job, row), JobState.CANCELLED, action="cancelled")

    def beat(self, owner: str) -> None:
        now = self._at.now()
        if not self._at.run(BEAT, worker=owner, now=now):
            self._at.insert(sa.insert(W), [{"id": owner, "seen": now}])

    def reclaim(self, owner: str, working_on: Sequence[str]) -> Sequence[Job]:
        now = self._at.now()
        orphans = from_rows(
            Job,
            self._at.rows(
                ORPHANS,
                since=now - LEASE,
                me=owner,
                working_on=list(working_on),
                overdue=now - LEASE,
            ),
        )
        return [self._reclaim(job, now) for job in orphans]

    def _reclaim(self, job: Job, now: datetime) -> Job:
        crashes = job.crashes + 1
        if job.cancel:
            return self.move(job, JobState.CANCELLED, action="cancelled")
        if crashes >= MAX_CRASHES:
            return self.move(
                job, JobState.BLOCKED, action="blocked", crashes=crashes, reason="keeps_stopping"
            )
        return self.move(job, JobState.QUEUED, action="reclaimed", crashes=crashes, run_at=now)

    def due(self, limit: int) -> Sequence[str]:
        now = self._at.now()
        rows = self._at.rows(
            DUE, due_before=now - UNHEARD, hinted_before=now - REHINT, limit=limit
        )
        job_ids = [row.id for row in rows]
        if job_ids:
            self._at.run(HINTED, job_ids=job_ids, now=now)
        return job_ids

    def _hint_next(self, job: Job, now: datetime) -> None:
        """A place at the provider came free: whoever waits longest may have it."""
        row = self._at.row(NEXT_DUE, provider=job.provider, now=now)
        if row is not None:
            self._at.hints.append((row.id, 0.0))

    def _remember_ending(self, job: Job) -> None:
        self._at.run(REMEMBER, of_job=job.id, **{"as": job.state})

    def _touch_slots(self, job: Job, action: str) -> None:
        for row in self._at.rows(ATTACHED, of_job=job.id):
            self._slots.touch(row.slot_id, action, job=job)
