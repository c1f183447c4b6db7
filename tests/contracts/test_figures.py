"""What is counted for whoever watches the house, on both databases."""

from datetime import timedelta

from domain.work.figures import BUCKETS
from domain.work.job import JobState, Submission, SubmissionState
from tests.builders import BEGINNING, a_board
from tests.contracts.databases import Database


def test_all_is_counted_by_what_it_is(database: Database) -> None:
    board = database.keep(a_board(6))
    slots = iter(board.slots)
    waits = database.ask(next(slots))
    database.ask(next(slots), state=JobState.BLOCKED, reason="budget")
    [*_, done] = [
        database.ask(
            next(slots),
            state=JobState.SUCCEEDED,
            started_at=BEGINNING,
            ended_at=BEGINNING + timedelta(seconds=seconds),
        )
        for seconds in (0.3, 45.0, 4000.0)
    ]
    submission = Submission(
        key=f"{done.id}.0",
        job_id=done.id,
        generation=0,
        provider="fake",
        state=SubmissionState.DONE,
        created_at=BEGINNING,
        updated_at=BEGINNING,
    )
    database.do(lambda work: work.jobs.add_submission(submission))
    database.beat("worker")
    database.elapse(20)
    with database.works(reading=True) as work:
        found = work.jobs.figures()
    assert found.jobs == {
        "queued": 1,
        "running": 0,
        "blocked": 1,
        "succeeded": 3,
        "failed": 0,
        "cancelled": 0,
    }
    assert found.blocked == {"budget": 1}
    assert found.submissions == {("fake", "done"): 1}
    assert found.oldest_queued_s >= 20
    assert found.workers == 1
    assert found.events >= 5
    [one] = found.makings
    assert (one.provider, one.media_type, one.count) == ("fake", "image", 3)
    assert abs(one.seconds - 4045.3) < 0.1
    assert dict(zip(BUCKETS, one.within, strict=True))[0.5] == 1
    assert dict(zip(BUCKETS, one.within, strict=True))[60.0] == 2
    assert one.within[-1] == 2
    database.run(waits)
    with database.works(reading=True) as work:
        assert work.jobs.figures().oldest_queued_s == 0
