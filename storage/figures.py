"""Counting all that is there, for ``/metrics``: the only statements that read whole tables."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.work.figures import BUCKETS, Figures, Makings
from domain.work.job import JobState
from domain.work.limits import LEASE
from storage.tables import EventRow, JobRow, SubmissionRow, WorkerRow
from storage.transaction import Transaction

J = JobRow.__table__  # type: ignore[attr-defined]
SUB = SubmissionRow.__table__  # type: ignore[attr-defined]
W = WorkerRow.__table__  # type: ignore[attr-defined]
E = EventRow.__table__  # type: ignore[attr-defined]

BY_STATE: sa.Select[Any] = sa.select(J.c.state, sa.func.count()).group_by(J.c.state)
OLDEST: sa.Select[Any] = sa.select(sa.func.min(J.c.created_at)).where(J.c.state == "queued")
BY_REASON: sa.Select[Any] = (
    sa.select(J.c.reason, sa.func.count()).where(J.c.state == "blocked").group_by(J.c.reason)
)
BY_OUTCOME: sa.Select[Any] = sa.select(SUB.c.provider, SUB.c.state, sa.func.count()).group_by(
    SUB.c.provider, SUB.c.state
)
WORKERS: sa.Select[Any] = sa.select(sa.func.count()).where(
    W.c.seen >= b("since", type_=W.c.seen.type)
)
LAST: sa.Select[Any] = sa.select(sa.func.max(E.c.seq))
TOOK = {
    True: (sa.func.julianday(J.c.ended_at) - sa.func.julianday(J.c.started_at)) * 86_400.0,
    False: sa.func.extract("epoch", J.c.ended_at - J.c.started_at),
}
"""By whether it is SQLite."""


def _makings(took: sa.ColumnElement[float]) -> sa.Select[Any]:
    within = [sa.func.sum(sa.case((took <= limit, 1), else_=0)) for limit in BUCKETS]
    return (
        sa.select(J.c.provider, J.c.media_type, sa.func.count(), sa.func.sum(took), *within)
        .where(J.c.state == "succeeded", J.c.started_at.is_not(None), J.c.ended_at.is_not(None))
        .group_by(J.c.provider, J.c.media_type)
        .order_by(J.c.provider, J.c.media_type)
    )


MAKINGS = {is_sqlite: _makings(took) for is_sqlite, took in TOOK.items()}


def count_all(at: Transaction) -> Figures:
    """All figures, in seven statements."""
    now = at.now()
    states = _pairs(at, BY_STATE)
    oldest: datetime | None = at.connection.scalar(OLDEST)
    return Figures(
        jobs={state: states.get(state, 0) for state in JobState},
        oldest_queued_s=0.0 if oldest is None else max(0.0, (now - oldest).total_seconds()),
        blocked=_pairs(at, BY_REASON),
        submissions={
            (provider, state): count for provider, state, count in map(tuple, at.rows(BY_OUTCOME))
        },
        makings=tuple(
            Makings(
                provider=row[0],
                media_type=row[1],
                count=row[2],
                seconds=float(row[3]),
                within=tuple(row[4:]),
            )
            for row in (tuple(one) for one in at.rows(MAKINGS[at.is_sqlite]))
        ),
        workers=at.connection.scalar(WORKERS, {"since": now - LEASE}) or 0,
        events=at.connection.scalar(LAST) or 0,
    )


def _pairs(at: Transaction, statement: sa.Select[Any]) -> dict[str, int]:
    return {name: count for name, count in map(tuple, at.rows(statement)) if name is not None}
