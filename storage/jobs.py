"""Jobs, their slots and their submissions: keeping and finding them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.work.budget import Entry
from domain.work.figures import Figures
from domain.work.job import Job, JobState, Submission, SubmissionState
from domain.work.limits import LAST_PLACE, MAKINGS_LOOKED_AT
from storage.figures import count_all
from storage.recovery import Recovery
from storage.rows import from_row, from_rows, to_row
from storage.slots import SqlSlots
from storage.tables import JobRow, JobSlotRow, SlotRow, SubmissionRow
from storage.transaction import Transaction
from storage.transitions import QUEUED

J = JobRow.__table__  # type: ignore[attr-defined]
JS = JobSlotRow.__table__  # type: ignore[attr-defined]
S = SlotRow.__table__  # type: ignore[attr-defined]
SUB = SubmissionRow.__table__  # type: ignore[attr-defined]

IS_ACTIVE = J.c.state.in_(["queued", "running"])
ONE = sa.select(J).where(J.c.id == b("job_id"))
SLOTS_OF = sa.select(JS.c.slot_id, JS.c.basis).where(JS.c.job_id == b("job_id"), ~JS.c.detached)
REATTACH = (
    sa.update(JS)
    .where(JS.c.job_id == b("of_job"), JS.c.slot_id == b("of_slot"))
    .values(detached=False, basis=b("new_basis"))
)
DETACH = (
    sa.update(JS)
    .where(JS.c.job_id == b("of_job"), JS.c.slot_id == b("of_slot"))
    .values(detached=True)
)
FORGET = (
    sa.update(S)
    .where(S.c.id == b("of_slot"))
    .values(ended_job_id=b("of_job"), ended_as="cancelled", ended_version=S.c.version + 1)
)
SAME_KEY = sa.select(J).where(
    J.c.project_id == b("project_id"),
    J.c.reuse_key == b("reuse_key"),
    sa.text("job.state IN ('queued', 'running') AND job.reuse_key <> ''"),  # as the index has it
)
ATTACHED_JOBS = (
    sa.select(JS.c.slot_id, J)
    .select_from(JS.join(J, J.c.id == JS.c.job_id))
    .where(~JS.c.detached)
    .order_by(J.c.created_at, J.c.id)
)
ACTIVE = ATTACHED_JOBS.where(IS_ACTIVE)
ACTIVE_OF_SLOTS = ACTIVE.where(JS.c.slot_id.in_(b("slot_ids", expanding=True)))
BLOCKED_OF_SLOTS = ATTACHED_JOBS.where(
    J.c.state == "blocked", JS.c.slot_id.in_(b("slot_ids", expanding=True))
)
ACTIVE_OF_PROJECT = ACTIVE.where(J.c.project_id == b("project_id"))
ENDED = sa.select(S.c.id.label("slot_id"), J).select_from(S.join(J, J.c.id == S.c.ended_job_id))
ENDED_OF_SLOTS = ENDED.where(S.c.id.in_(b("slot_ids", expanding=True)))
ENDED_OF_PROJECT = ENDED.where(S.c.project_id == b("project_id"))
FIRST_IN_LINE = (
    sa.select(J.c.id)
    .where(J.c.provider == b("provider"), J.c.state == QUEUED, ~J.c.began)
    .order_by(J.c.priority.desc(), J.c.created_at, J.c.id)
    .limit(LAST_PLACE)
)
LAST_MAKINGS = (
    sa.select(J.c.started_at, J.c.ended_at)
    .where(
        J.c.project_id == b("project_id"),
        J.c.provider == b("provider"),
        J.c.media_type == b("media_type"),
        J.c.state == sa.literal_column("'succeeded'"),  # as the index has it
        J.c.started_at.is_not(None),
    )
    .order_by(J.c.ended_at.desc())
    .limit(MAKINGS_LOOKED_AT)
)
SUBMISSIONS = sa.select(SUB).where(SUB.c.job_id == b("job_id")).order_by(SUB.c.generation)
IS_LATE = (SUB.c.state != "intent") & (b("new_state", type_=SUB.c.state.type) == "accepted")
"""A worker that slept tells what another one has found out, and more, meanwhile."""
SAVE_SUBMISSION = (
    sa.update(SUB)
    .where(SUB.c.key == b("of_key"))
    .values(
        state=sa.case((IS_LATE, SUB.c.state), else_=b("new_state", type_=SUB.c.state.type)),
        provider_job_id=sa.func.coalesce(b("new_provider_job_id"), SUB.c.provider_job_id),
        handle=b("new_handle", type_=SUB.c.handle.type),
        cost_micros=sa.func.coalesce(
            b("new_cost_micros", type_=SUB.c.cost_micros.type), SUB.c.cost_micros
        ),
        error=b("new_error"),
        updated_at=b("now", type_=SUB.c.updated_at.type),
    )
)


IS_ACTIVE = sa.func.coalesce(J.c.state.in_(["queued", "running"]), sa.false())
SUMS = (
    sa.select(
        SUB.c.state,
        IS_ACTIVE.label("is_active"),
        sa.func.sum(sa.func.coalesce(SUB.c.cost_micros, SUB.c.price_micros, 0)).label("micros"),
        sa.func.sum(
            sa.case(
                (SUB.c.cost_micros.is_(None) & SUB.c.price_micros.is_(None), 1),
                else_=0,
            )
        ).label("unknown"),
    )
    .select_from(SUB.outerjoin(J, J.c.id == SUB.c.job_id))
    .group_by(SUB.c.state, IS_ACTIVE)
)
LEDGER = SUMS.where(SUB.c.project_id == b("project_id"))
BILLS = SUMS.add_columns(SUB.c.provider).group_by(SUB.c.provider)


class SqlJobs(Recovery):
    """`domain.ports.Jobs` on one transaction: what is kept; moves and recovery are inherited."""

    def __init__(self, transaction: Transaction, slots: SqlSlots) -> None:
        super().__init__(transaction, slots)

    def add(self, job: Job, asked: Mapping[str, str]) -> None:
        self._at.hold(job.project_id)
        self._at.insert(sa.insert(J), [to_row(job)])
        rows = [
            {"job_id": job.id, "slot_id": slot_id, "basis": basis, "detached": False}
            for slot_id, basis in asked.items()
        ]
        self._at.insert(sa.insert(JS), rows)
        if job.state is not JobState.QUEUED:
            self._remember_ending(job, "asked")
            return
        for slot_id in asked:
            self._slots.touch(slot_id, "asked", job=job)
        self._at.hints.append((job.id, 0.0))

    def get(self, job_id: str) -> Job | None:
        row = self._at.row(ONE, job_id=job_id)
        if row is not None and self._at.hold(row.project_id):
            row = self._at.row(ONE, job_id=job_id)
        return None if row is None else from_row(Job, row)

    def slots_of(self, job_id: str) -> Mapping[str, str]:
        return {row.slot_id: row.basis for row in self._at.rows(SLOTS_OF, job_id=job_id)}

    def attach(self, job: Job, slot_id: str, basis: str) -> None:
        self._at.hold(job.project_id)
        if not self._at.run(REATTACH, of_job=job.id, of_slot=slot_id, new_basis=basis):
            row = {"job_id": job.id, "slot_id": slot_id, "basis": basis, "detached": False}
            self._at.insert(sa.insert(JS), [row])
        self._slots.touch(slot_id, "attached", job=job)

    def detach(self, job: Job, slot_id: str) -> int:
        self._at.hold(job.project_id)
        self._at.run(DETACH, of_job=job.id, of_slot=slot_id)
        self._at.run(FORGET, of_job=job.id, of_slot=slot_id)
        self._slots.touch(slot_id, "cancelled", job=job)
        return len(self.slots_of(job.id))

    def active_for(self, reuse_key: str, project_id: str) -> Job | None:
        self._at.hold(project_id)
        row = self._at.row(SAME_KEY, reuse_key=reuse_key, project_id=project_id)
        return None if row is None else from_row(Job, row)

    def active_of_slots(self, slot_ids: Sequence[str]) -> Sequence[tuple[str, Job]]:
        return self._pairs(ACTIVE_OF_SLOTS, slot_ids=list(slot_ids))

    def ended_of_slots(self, slot_ids: Sequence[str]) -> Sequence[tuple[str, Job]]:
        return self._pairs(ENDED_OF_SLOTS, slot_ids=list(slot_ids))

    def blocked_of_slots(self, slot_ids: Sequence[str]) -> Sequence[tuple[str, Job]]:
        return self._pairs(BLOCKED_OF_SLOTS, slot_ids=list(slot_ids))

    def active_of_project(self, project_id: str) -> Sequence[tuple[str, Job]]:
        return self._pairs(ACTIVE_OF_PROJECT, project_id=project_id)

    def ended_of_project(self, project_id: str) -> Sequence[tuple[str, Job]]:
        return self._pairs(ENDED_OF_PROJECT, project_id=project_id)

    def _pairs(self, statement: sa.Select[Any], **values: Any) -> Sequence[tuple[str, Job]]:
        rows = self._at.rows(statement, **values)
        jobs = from_rows(Job, rows, skip=1)
        return [(row[0], job) for row, job in zip(rows, jobs, strict=True)]

    def positions(self, providers: Collection[str]) -> dict[str, int]:
        return {
            row.id: place
            for provider in providers
            for place, row in enumerate(self._at.rows(FIRST_IN_LINE, provider=provider), 1)
        }

    def usual_seconds(self, project_id: str, provider: str, media_type: str) -> float | None:
        rows = self._at.rows(
            LAST_MAKINGS, project_id=project_id, provider=provider, media_type=media_type
        )
        took = [(row.ended_at - row.started_at).total_seconds() for row in rows]
        return median(took) if took else None

    def listing(
        self,
        *,
        project_id: str | None,
        provider: str | None = None,
        state: JobState | None,
        before: str | None,
        limit: int,
    ) -> Sequence[Job]:
        found = sa.select(J).order_by(J.c.created_at.desc(), J.c.id.desc()).limit(limit)
        if project_id is not None:
            found = found.where(J.c.project_id == project_id)
        if provider is not None:
            found = found.where(J.c.provider == provider)
        if state is not None:
            found = found.where(J.c.state == state)
        if before is not None:
            at, job_id = sa.literal(self._created(before), J.c.created_at.type), before
            found = found.where(sa.tuple_(J.c.created_at, J.c.id) < sa.tuple_(at, job_id))
        return from_rows(Job, self._at.rows(found))

    def _created(self, job_id: str) -> datetime:
        job = self.get(job_id)
        return job.created_at if job else self._at.now()

    def figures(self) -> Figures:
        return count_all(self._at)

    def submissions(self, job_id: str) -> Sequence[Submission]:
        return from_rows(Submission, self._at.rows(SUBMISSIONS, job_id=job_id))

    def entries(self, project_id: str) -> Sequence[Entry]:
        return [_entry(row) for row in self._at.rows(LEDGER, project_id=project_id)]

    def bills(self) -> Mapping[str, Sequence[Entry]]:
        found: dict[str, list[Entry]] = {}
        for row in self._at.rows(BILLS):
            found.setdefault(row.provider, []).append(_entry(row))
        return found

    def add_submission(self, submission: Submission) -> None:
        self._at.insert(sa.insert(SUB), [to_row(submission)])

    def save_submission(self, submission: Submission) -> None:
        self._at.run(
            SAVE_SUBMISSION,
            of_key=submission.key,
            new_state=submission.state,
            new_provider_job_id=submission.provider_job_id,
            new_handle=submission.handle,
            new_cost_micros=submission.cost_micros,
            new_error=submission.error,
            now=self._at.now(),
        )


def _entry(row: Any) -> Entry:
    return Entry(SubmissionState(row.state), bool(row.is_active), int(row.micros), row.unknown)
