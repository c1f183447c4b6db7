"""The moves of a job: guarded statements, each of which happens once or not at all.

Built once, at import: building one per call costs five times the update (JOBS.md B2).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam as b
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import Lost
from domain.work.job import TRANSITIONS, Job, JobState
from domain.work.limits import DEADLINES, USUAL_CONCURRENCY
from storage.rows import from_row
from storage.slots import SqlSlots
from storage.tables import JobRow, JobSlotRow, ProjectRow, ProviderRow, SlotRow
from storage.transaction import Transaction

J = JobRow.__table__  # type: ignore[attr-defined]
JS = JobSlotRow.__table__  # type: ignore[attr-defined]
S = SlotRow.__table__  # type: ignore[attr-defined]
P = ProjectRow.__table__  # type: ignore[attr-defined]
PROVIDER = ProviderRow.__table__  # type: ignore[attr-defined]

WHEN = J.c.run_at.type
OTHER = J.alias("other")
IN_FLIGHT = J.c.deadline.is_not(None)
BUSY = (
    sa.select(sa.func.count())
    .where(OTHER.c.provider == J.c.provider, OTHER.c.deadline.is_not(None))
    .scalar_subquery()
)
PLACES = sa.case((PROVIDER.c.paused, 0), else_=PROVIDER.c.concurrency)
ROOM = sa.func.coalesce(
    sa.select(PLACES).where(PROVIDER.c.name == J.c.provider).scalar_subquery(),
    USUAL_CONCURRENCY,
)
HELD = P.c.paused | P.c.trash_id.is_not(None)
"""Nothing begins in a paused production, nor in a deleted one."""
MAY_BEGIN = J.c.project_id.not_in(sa.select(P.c.id).where(HELD))
"""For many rows at once: no table is joined, so that the index keeps its order."""
PAUSED = sa.select(sa.literal(1)).where(P.c.id == J.c.project_id, HELD)
LOCK_PROVIDER = (
    sa.select(PROVIDER.c.name)
    .where(
        PROVIDER.c.name == sa.select(J.c.provider).where(J.c.id == b("job_id")).scalar_subquery()
    )
    .with_for_update()
)
TIME_TO_MAKE = sa.case(
    *((J.c.media_type == kind, b(f"deadline_{kind}", type_=WHEN)) for kind in DEADLINES)
)
CLAIM = (
    sa.update(J)
    .where(
        J.c.id == b("job_id"),
        J.c.state == "queued",
        J.c.run_at <= b("now", type_=WHEN),
        # What is in flight has its place, whatever became of the limit meanwhile.
        IN_FLIGHT | (~PAUSED.exists() & (BUSY < ROOM)),
    )
    .values(
        state="running",
        began=J.c.began | ~IN_FLIGHT,
        attempt=J.c.attempt + 1,
        version=J.c.version + 1,
        owner=b("new_owner"),
        started_at=sa.func.coalesce(J.c.started_at, b("now", type_=WHEN)),
        deadline=sa.func.coalesce(J.c.deadline, TIME_TO_MAKE),
    )
    .returning(J)
)
CHANGEABLE = ("fails", "crashes", "deadline", "reason", "error", "began")
NEW_STATE = b("new_state", type_=J.c.state.type)
ENDED_OTHERWISE = J.c.cancel & (NEW_STATE != "queued")
"""A cancel that was accepted always ends ``cancelled``."""
MOVE = (
    sa.update(J)
    .where(
        J.c.id == b("job_id"),
        J.c.state == b("old_state"),
        J.c.attempt == b("old_attempt"),
        J.c.owner.is_not_distinct_from(b("old_owner")),
    )
    .values(
        state=sa.case((ENDED_OTHERWISE, "cancelled"), else_=NEW_STATE),
        version=J.c.version + 1,
        owner=b("new_owner"),
        hinted_at=b("new_hinted_at", type_=WHEN),
        ended_at=b("new_ended_at", type_=WHEN),
        # A cancel that came meanwhile is seen to at once.
        run_at=sa.case((J.c.cancel, b("now", type_=WHEN)), else_=b("new_run_at", type_=WHEN)),
        **{name: b(f"new_{name}", type_=J.c[name].type) for name in CHANGEABLE},
    )
    .returning(J)
)
ATTACHED = sa.select(JS.c.slot_id).where(JS.c.job_id == b("of_job"), ~JS.c.detached)
REMEMBER = (
    sa.update(S)
    .where(S.c.id.in_(ATTACHED))
    .values(ended_job_id=b("of_job"), ended_as=b("as"), ended_version=S.c.version + 1)
    .returning(S.c.id)
)
ASK_CANCEL = (
    sa.update(J)
    .where(J.c.id == b("job_id"), J.c.state.in_(["queued", "running"]))
    .values(cancel=True, version=J.c.version + 1, run_at=b("now", type_=WHEN))
    .returning(J)
)
ONE = sa.select(J).where(J.c.id == b("job_id"))
FREE_PLACES = (
    sa.func.coalesce(
        sa.select(PLACES).where(PROVIDER.c.name == b("provider")).scalar_subquery(),
        USUAL_CONCURRENCY,
    )
    - sa.select(sa.func.count())
    .where(OTHER.c.provider == b("provider"), OTHER.c.deadline.is_not(None))
    .scalar_subquery()
)
QUEUED: sa.ColumnClause[str] = sa.literal_column("'queued'")
"""A parameter would not find the partial indexes."""


def at_most(found: sa.Select[Any], places: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The first ``places`` rows. A computed limit alone makes PostgreSQL expect a tenth of all,
    and read and sort the whole table for it.
    """
    return sa.select(found.limit(sa.literal_column("64")).subquery()).limit(places)


NEXT_DUE = (
    sa.select(J.c.id)
    .where(
        J.c.provider == b("provider"),
        J.c.state == QUEUED,
        ~IN_FLIGHT,
        J.c.run_at <= b("now", type_=WHEN),
        MAY_BEGIN,
    )
    .order_by(J.c.priority.desc(), J.c.created_at, J.c.id)
)
NEXT_DUE = at_most(NEXT_DUE, sa.case((FREE_PLACES > 0, FREE_PLACES), else_=0))
FIRST_WAITING = (
    sa.select(sa.func.min(J.c.provider).label("name"))
    .where(J.c.state == QUEUED)
    .cte("waiting", recursive=True)
)
NEXT_WAITING = (
    sa.select(sa.func.min(OTHER.c.provider))
    .where(OTHER.c.state == QUEUED, OTHER.c.provider > FIRST_WAITING.c.name)
    .scalar_subquery()
)
WAITED_FOR = sa.select(
    FIRST_WAITING.union_all(sa.select(NEXT_WAITING).where(FIRST_WAITING.c.name.is_not(None))).c.name
)
"""Providers that jobs are queued for: one step of the index each, however many jobs those are.
The last row is null.
"""
WAITED_FOR_HERE = sa.text(
    "WITH RECURSIVE waiting(name) AS ("
    "SELECT min(provider) FROM job INDEXED BY job_waiting WHERE state = 'queued' UNION ALL "
    "SELECT (SELECT min(provider) FROM job INDEXED BY job_waiting "
    "WHERE state = 'queued' AND provider > waiting.name) FROM waiting WHERE name IS NOT NULL) "
    "SELECT name FROM waiting"
)
"""The same for SQLite, which would choose another index and read all that is queued."""
PAUSE = sa.update(PROVIDER).where(PROVIDER.c.name == b("provider")).values(paused=b("is_paused"))
PAUSED_PROVIDERS = sa.select(PROVIDER.c.name).where(PROVIDER.c.paused)
PRODUCTIONS_WAITING = (
    sa.select(J.c.project_id)
    .where(J.c.provider == b("provider"), J.c.state == QUEUED)
    .distinct()
    .order_by(J.c.project_id)
)
LIMIT = sa.update(PROVIDER).where(PROVIDER.c.name == b("provider")).values(concurrency=b("places"))
ADD_LIMIT = {
    True: sqlite.insert(PROVIDER).on_conflict_do_nothing(),
    False: postgresql.insert(PROVIDER).on_conflict_do_nothing(),
}
"""By whether it is SQLite; processes start at the same moment."""


class Transitions:
    """Claim, move, cancel, reclaim; each touches the job's slots and is kept for the audit."""

    def __init__(self, transaction: Transaction, slots: SqlSlots) -> None:
        self._at = transaction
        self._slots = slots

    def claim(self, job_id: str, *, owner: str) -> Job | None:
        if not self._at.is_sqlite:
            before = self._at.row(ONE, job_id=job_id)
            if before is None or before.state != JobState.QUEUED:
                return None
            self._at.hold(before.project_id)
            self._at.rows(LOCK_PROVIDER, job_id=job_id)
        now = self._at.now()
        deadlines = deadlines_from(now)
        row = self._at.row(CLAIM, job_id=job_id, new_owner=owner, now=now, **deadlines)
        if row is None:
            return None
        job = from_row(Job, row)
        is_new = job.deadline == deadlines[f"deadline_{job.media_type}"]  # just come in flight
        self._tell(job, "began" if is_new else "claimed", quiet=not is_new)
        return job

    def move(
        self, job: Job, state: JobState, *, action: str, quiet: bool = False, **fields: object
    ) -> Job:
        assert state in TRANSITIONS[job.state], f"{job.state} → {state}"
        self._at.hold(job.project_id)
        now = self._at.now()
        kept = {name: getattr(job, name) for name in (*CHANGEABLE, "run_at")} | fields
        if state is not JobState.QUEUED:
            kept |= {"deadline": None, "began": False}
        row = self._at.row(
            MOVE,
            job_id=job.id,
            old_state=job.state,
            old_attempt=job.attempt,
            old_owner=job.owner,
            now=now,
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
            delay = 0.0 if moved.cancel else (moved.run_at - now).total_seconds()
            self._at.hints.append((moved.id, delay))
        if moved.deadline is None:
            self._hint_next(moved.provider, now)
        word = action if moved.state is state else moved.state.value
        if moved.state is not JobState.QUEUED:
            self._remember_ending(moved, word)
        else:
            self._tell(moved, word, quiet=quiet)
        return moved

    def request_cancel(self, job_id: str) -> Job | None:
        row = self._at.row(ONE, job_id=job_id)
        if row is not None and self._at.hold(row.project_id):
            row = self._at.row(ONE, job_id=job_id)
        if row is None or JobState(row.state).is_over:
            return None
        if row.deadline is None:
            return self.move(from_row(Job, row), JobState.CANCELLED, action="cancelled")
        # A provider may have it: a worker tells it so, and keeps what was paid for.
        job = from_row(Job, self._at.rows(ASK_CANCEL, job_id=job_id, now=self._at.now())[0])
        self._tell(job, "cancel_asked")
        if job.state is JobState.QUEUED:
            self._at.hints.append((job.id, 0.0))
        return job

    def limit(self, provider: str, concurrency: int) -> None:
        if not self._at.run(LIMIT, provider=provider, places=concurrency):
            new = {"name": provider, "concurrency": concurrency, "paused": False}
            self._at.run(ADD_LIMIT[self._at.is_sqlite], **new)

    def pause_provider(self, provider: str, *, paused: bool) -> Sequence[str]:
        new = {"name": provider, "concurrency": USUAL_CONCURRENCY, "paused": paused}
        self._at.run(ADD_LIMIT[self._at.is_sqlite], **new)
        self._at.run(PAUSE, provider=provider, is_paused=paused)
        return [row.project_id for row in self._at.rows(PRODUCTIONS_WAITING, provider=provider)]

    def paused_providers(self) -> Collection[str]:
        return {row.name for row in self._at.rows(PAUSED_PROVIDERS)}

    def hint_waiting(self) -> None:
        now = self._at.now()
        for provider in self._waited_for():
            self._hint_next(provider, now)

    def _waited_for(self) -> list[str]:
        return [
            row.name
            for row in self._at.rows(WAITED_FOR_HERE if self._at.is_sqlite else WAITED_FOR)
            if row.name is not None
        ]

    def _hint_next(self, provider: str | None, now: datetime) -> None:
        """Places at the provider came free: those who wait longest may have them."""
        due = self._at.rows(NEXT_DUE, provider=provider, now=now)
        self._at.hints += [(row.id, 0.0) for row in due]

    def _remember_ending(self, job: Job, action: str) -> None:
        """An end is never quiet."""
        rows = self._at.rows(REMEMBER, of_job=job.id, **{"as": job.state})
        self._touch([row.id for row in rows], action, job)

    def _tell(self, job: Job, action: str, *, quiet: bool = False) -> None:
        rows = () if quiet else self._at.rows(ATTACHED, of_job=job.id)
        self._touch([row.slot_id for row in rows], action, job)

    def _touch(self, slot_ids: Sequence[str], action: str, job: Job) -> None:
        """Every move is one row at least, also where no slot shows it."""
        for slot_id in slot_ids:
            self._slots.touch(slot_id, action, job=job)
        if not slot_ids:
            kept = self._at.event("audit", job.project_id, action, job, at=self._at.now())
            self._at.events.append(kept)


def deadlines_from(now: datetime) -> dict[str, datetime]:
    """Values for the parameters of ``TIME_TO_MAKE``."""
    return {f"deadline_{kind}": now + limit for kind, limit in DEADLINES.items()}
