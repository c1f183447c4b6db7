"""A job costs the same however many there are: nothing that its life runs reads a whole table."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from domain.story.board import Board
from domain.work.job import JobState
from storage.rows import to_row
from storage.tables import JobRow, JobSlotRow
from tests.builders import BEGINNING, a_board, a_job
from tests.contracts.databases import Database

LARGE = ("job", "job_slot", "take", "event", "submission", "slot", "media_tag")
ENOUGH = 5000
"""Rows from which PostgreSQL would never read a whole table for a few of them."""


@contextmanager
def overheard(engine: sa.Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent, with its values."""
    heard: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, values: Any, _x: Any, many: Any) -> None:
        heard.append((statement, values[0] if many else values))

    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)


def fill(database: Database, board: Board) -> None:
    """Long-ended jobs with their slots and takes, and a long line of queued ones."""
    jobs, attached = [], []
    for at in range(ENOUGH * 2):
        over, slot = at < ENOUGH, board.slots[at % len(board.slots)]
        when = BEGINNING + timedelta(seconds=at)
        job = a_job(
            slot,
            reuse_key=str(at),
            state=JobState.SUCCEEDED if over else JobState.QUEUED,
            created_at=when,
            started_at=when if over else None,
            ended_at=when if over else None,
            hinted_at=None,
        )
        jobs.append(to_row(job))
        row = {"job_id": job.id, "slot_id": slot.id, "basis": "", "detached": not over}
        attached.append(row)
    with database.engine.begin() as connection:
        connection.execute(sa.insert(JobRow), jobs)
        connection.execute(sa.insert(JobSlotRow), attached)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
            one.execute(sa.text("ANALYZE"))


def whole_tables(database: Database, statement: str, values: Any) -> list[str]:
    """Large tables that running this would read from end to end."""
    with database.engine.connect().execution_options(reading=True) as connection:
        if database.is_sqlite:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            # A list from its newest on is a scan of an index, which its limit ends.
            # What is queued may be as long as the table: it is never walked through by its state.
            if "job.spec" not in statement and ("'queued'" in statement or "|| ?" in statement):
                assert not any("job_of_state (state=?)" in row.detail for row in plan), statement
            steps = [row.detail for row in plan if " USING " not in row.detail]
            scanned = [one.split()[1] for one in steps if one.startswith("SCAN ")]
            return [name for name in scanned if name in (*LARGE, "other")]
        [plan] = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).all()
        found = plan[0] if isinstance(plan[0], list) else json.loads(plan[0])
        return [
            node["Relation Name"]
            for node in nodes(found[0]["Plan"])
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in ("job", "job_slot")
        ]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for one in plan.get("Plans", ()):
        yield from nodes(one)


def test_no_step_of_a_job_reads_a_whole_table(database: Database) -> None:
    board = database.keep(a_board(500))
    database.elapse(5)
    fill(database, board)
    slot, other = board.slots[1], board.slots[0]
    with overheard(database.engine) as heard:
        job = database.ask(slot, reuse_key=uuid4().hex, priority=10)
        database.beat("worker")
        running = database.run(job)
        database.do(
            lambda work: work.jobs.move(running, JobState.QUEUED, action="waits", run_at=BEGINNING)
        )
        database.do(lambda work: work.jobs.due(64))
        again = database.run(job)
        database.do(lambda work: work.jobs.reclaim("worker", [job.id]))
        database.do(lambda work: work.jobs.move(again, JobState.SUCCEEDED, action="succeeded"))
        database.do(lambda work: work.jobs.active_for("a key", board.project.id))
        database.do(lambda work: work.jobs.hint_waiting())
        database.do(lambda work: work.jobs.renew("worker"))
        database.do(lambda work: work.jobs.resume_bought())
        with database.works(reading=True) as work:
            work.jobs.positions(["fake"])
            work.jobs.usual_seconds(board.project.id, "fake", "image")
            work.jobs.active_of_slots([slot.id])
            work.jobs.ended_of_slots([slot.id, other.id])
            work.jobs.blocked_of_slots([slot.id])
            for state in (None, *JobState):
                for project_id in (None, board.project.id):
                    listed = {"project_id": project_id, "state": state, "limit": 5}
                    work.jobs.listing(before=None, **listed)
                    work.jobs.listing(before=job.id, **listed)
    asked = {one: values for one, values in heard if one.split()[0] in ("SELECT", "UPDATE", "WITH")}
    assert len(asked) > 20
    read = {one: whole_tables(database, one, values) for one, values in asked.items()}
    assert not [one for one, tables in read.items() if tables]
