"""What every unit of work must do with jobs, on both databases: claims, moves, ends, recovery."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from domain.errors import Lost
from domain.ports import UnitOfWork, Works
from domain.story.board import Slot
from domain.work.job import TRANSITIONS, Job, JobState, Submission, SubmissionState
from domain.work.limits import LAST_PLACE, LEASE, MAX_CRASHES, REHINT
from tests.builders import BEGINNING, a_board, a_job, new_id
from tests.contracts.databases import Database

FAR = timedelta(days=300_000)
NOBODY_BEAT = LEASE.total_seconds() + 1


def claims(database: Database, works: Works, job: Job, owner: str) -> bool:
    with works() as work:
        claimed = work.jobs.claim(job.id, owner=owner)
        work.commit()
        return claimed is not None


def fresh(job: Job, **fields: Any) -> Submission:
    return Submission(
        **{
            "key": f"{job.id}.0",
            "job_id": job.id,
            "generation": 0,
            "provider": "fake",
            "state": SubmissionState.INTENT,
            "created_at": BEGINNING,
            "updated_at": BEGINNING,
        }
        | fields
    )


def finish(work: UnitOfWork, job: Job, state: JobState = JobState.SUCCEEDED) -> Job:
    return work.jobs.move(job, state, action=state.value)


def audit_of(database: Database, job: Job) -> list[str]:
    with database.works(reading=True) as work:
        return [one.action for one in work.events.of_job(job.id, 99)]


# Claims


@pytest.mark.parametrize("threads", [50])
def test_of_many_that_were_hinted_one_claims(database: Database, threads: int) -> None:
    job = database.ask(database.keep(a_board()).slots[0])
    processes = [database.works, database.another_process()]
    together = Barrier(threads)

    def hinted(number: int) -> bool:
        together.wait()
        return claims(database, processes[number % 2], job, f"worker {number}")

    with ThreadPoolExecutor(threads) as pool:
        assert sum(pool.map(hinted, range(threads))) == 1
    now = database.job(job)
    assert (now.state, now.attempt, now.began) == (JobState.RUNNING, 1, True)
    assert now.started_at is not None
    assert now.deadline is not None
    assert [one.action for one in database.diary.events] == ["began"]


@pytest.mark.parametrize("state", [s for s in JobState if s is not JobState.QUEUED])
def test_a_hint_at_a_job_that_is_not_queued_does_nothing(
    database: Database, state: JobState
) -> None:
    job = database.ask(database.keep(a_board()).slots[0], state=state)
    before = database.job(job)
    assert database.claim(job) is None
    assert database.job(job) == before


def test_a_hint_at_no_job_does_nothing(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    assert database.claim(a_job(slot)) is None


def test_a_hint_before_its_time_does_nothing(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    job = database.run(database.ask(slot))
    later = job.run_at + FAR
    database.do(
        lambda work: work.jobs.move(
            job, JobState.QUEUED, action="retries", run_at=later, deadline=None
        )
    )
    assert database.claim(job) is None


def test_a_paused_production_begins_nothing_and_sees_through_what_began(
    database: Database,
) -> None:
    board = database.keep(a_board(2))
    began, waits = database.ask(board.slots[0]), database.ask(board.slots[1])
    running = database.run(began)
    database.do(
        lambda work: work.jobs.move(running, JobState.QUEUED, action="waits", run_at=BEGINNING)
    )
    database.pause(board)
    assert database.claim(waits) is None
    assert database.claim(began) is not None


def test_no_more_than_its_limit_is_ever_in_flight_at_a_provider(database: Database) -> None:
    boards = [database.keep(a_board(10)) for _ in range(2)]
    jobs = [database.ask(slot) for board in boards for slot in board.slots]
    database.do(lambda work: work.jobs.limit("fake", 3))
    processes = [database.works, database.another_process()]

    def work_through(number: int) -> int:
        """Claim, see how many are in flight, snooze, claim again, finish."""
        most = 0
        for job in jobs:
            works = processes[number % 2]
            with works() as work:
                claimed = work.jobs.claim(job.id, owner=f"worker {number}")
                work.commit()
            if claimed is None:
                continue
            most = max(most, database.in_flight("fake"))
            with works() as work:
                work.jobs.move(
                    claimed,
                    JobState.QUEUED,
                    action="waits",
                    began=number % 2 == 0,
                    run_at=BEGINNING,
                )
                work.commit()
            most = max(most, database.in_flight("fake"))
            with works() as work:
                again = work.jobs.claim(job.id, owner=f"worker {number}")
                work.commit()
            if again is not None:
                with works() as work:
                    finish(work, again)
                    work.commit()
        return most

    with ThreadPoolExecutor(8) as pool:
        seen = max(pool.map(work_through, range(8)))
    assert 1 <= seen <= 3


def test_what_is_in_flight_goes_on_when_the_limit_was_lowered(database: Database) -> None:
    """Each of four would see three others in its way, for ever."""
    board = database.keep(a_board(4))
    jobs = [database.run(database.ask(slot)) for slot in board.slots]
    for job in jobs:
        with database.works() as work:
            work.jobs.move(job, JobState.QUEUED, action="waits", run_at=BEGINNING)
            work.commit()
    database.do(lambda work: work.jobs.limit("fake", 1))
    assert all(database.claim(job) is not None for job in jobs)


def test_what_a_provider_has_queued_keeps_its_place(database: Database) -> None:
    board = database.keep(a_board(2))
    first, second = database.ask(board.slots[0]), database.ask(board.slots[1])
    database.do(lambda work: work.jobs.limit("fake", 1))
    running = database.run(first)
    with database.works() as work:
        work.jobs.move(running, JobState.QUEUED, action="waits", began=False, run_at=BEGINNING)
        work.commit()
    assert database.slot(board.slots[0]).state == "pending"
    assert database.claim(second) is None
    assert database.run(first).began is False


def test_what_waits_for_another_try_gives_its_place_away(database: Database) -> None:
    board = database.keep(a_board(2))
    first, second = database.ask(board.slots[0]), database.ask(board.slots[1])
    database.do(lambda work: work.jobs.limit("fake", 1))
    running = database.run(first)
    with database.works() as work:
        later = running.run_at + FAR
        work.jobs.move(
            running, JobState.QUEUED, action="retries", began=False, deadline=None, run_at=later
        )
        work.commit()
    assert database.diary.hints[-1] == (second.id, 0.0)
    assert database.claim(second) is not None


def test_every_place_that_came_free_is_hinted_at(database: Database) -> None:
    """Two that end before anybody claims must not both hint at the same next one alone."""
    board = database.keep(a_board(5))
    jobs = [
        database.ask(slot, created_at=BEGINNING + timedelta(seconds=at))
        for at, slot in enumerate(board.slots)
    ]
    database.do(lambda work: work.jobs.limit("fake", 2))
    first, second = database.run(jobs[0]), database.run(jobs[1])
    assert database.claim(jobs[2]) is None
    database.diary.clear()
    database.do(lambda work: finish(work, first))
    assert database.diary.hints == [(jobs[2].id, 0.0)]
    database.do(lambda work: finish(work, second))
    assert {job_id for job_id, _ in database.diary.hints} == {jobs[2].id, jobs[3].id}


def test_places_in_the_queue_are_counted_by_provider_and_age(database: Database) -> None:
    board = database.keep(a_board(4))
    ages = [3, 1, 2, 0]
    jobs = [
        database.ask(
            slot,
            created_at=BEGINNING + timedelta(seconds=ages[at]),
            provider="fake" if at < 3 else "other",
        )
        for at, slot in enumerate(board.slots)
    ]
    with database.works(reading=True) as work:
        places = work.jobs.positions({"fake", "other"})
        assert places == {jobs[0].id: 3, jobs[1].id: 1, jobs[2].id: 2, jobs[3].id: 1}
        assert work.jobs.positions([]) == {}
        assert work.jobs.positions(["other"]) == {jobs[3].id: 1}
    database.run(jobs[1])
    with database.works(reading=True) as work:
        assert work.jobs.positions(["fake"]) == {jobs[2].id: 1, jobs[0].id: 2}


def test_only_the_first_places_of_a_long_line_are_told(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    jobs = [
        a_job(slot, reuse_key=str(at), created_at=BEGINNING + timedelta(seconds=at))
        for at in range(LAST_PLACE + 2)
    ]

    def ask(work: UnitOfWork) -> None:
        for job in jobs:
            work.jobs.add(job, {})

    database.do(ask)
    with database.works(reading=True) as work:
        places = work.jobs.positions(["fake"])
    assert (len(places), places[jobs[LAST_PLACE - 1].id]) == (LAST_PLACE, LAST_PLACE)


def test_a_paused_provider_begins_nothing_and_sees_through_what_began(database: Database) -> None:
    board = database.keep(a_board(2))
    began, waits = database.ask(board.slots[0]), database.ask(board.slots[1])
    running = database.run(began)
    database.do(
        lambda work: work.jobs.move(running, JobState.QUEUED, action="waits", run_at=BEGINNING)
    )
    paused = database.do(lambda work: work.jobs.pause_provider("fake", paused=True))
    assert paused == [board.project.id]
    database.do(lambda work: work.jobs.limit("fake", 9))  # another worker begins meanwhile
    database.elapse(5)
    assert database.claim(waits) is None
    assert database.do(lambda work: work.jobs.due(9)) == [began.id]
    assert database.claim(began) is not None
    with database.works(reading=True) as work:
        assert set(work.jobs.paused_providers()) == {"fake"}
    database.diary.clear()
    database.do(lambda work: work.jobs.pause_provider("fake", paused=False))
    database.do(lambda work: work.jobs.hint_waiting())
    assert [job_id for job_id, _ in database.diary.hints] == [waits.id]
    assert database.claim(waits) is not None


def test_a_paused_production_is_not_in_the_way_of_others(database: Database) -> None:
    paused, other = database.keep(a_board(3)), database.keep(a_board())
    for slot in paused.slots:
        database.ask(slot, created_at=BEGINNING)
    job = database.ask(other.slots[0], created_at=BEGINNING + timedelta(seconds=1))
    database.do(lambda work: work.boards.pause(paused.project.id, paused=True))
    database.elapse(5)
    assert database.do(lambda work: work.jobs.due(2)) == [job.id]


def test_how_long_it_usually_takes_is_the_median_of_the_last_that_succeeded(
    database: Database,
) -> None:
    board = database.keep(a_board())
    slot, project_id = board.slots[0], board.project.id

    def usual() -> float | None:
        with database.works(reading=True) as work:
            return work.jobs.usual_seconds(project_id, "fake", "image")

    assert usual() is None
    for state, seconds in [("failed", 100), ("succeeded", 2), ("succeeded", 90), ("succeeded", 5)]:
        database.ask(
            slot,
            state=JobState(state),
            started_at=BEGINNING,
            ended_at=BEGINNING + timedelta(seconds=seconds),
        )
    database.ask(slot, state=JobState.SUCCEEDED, media_type="voice", ended_at=BEGINNING)
    assert usual() == 5


# Moves


@pytest.mark.parametrize("state", list(JobState))
def test_a_job_moves_only_as_the_table_says(database: Database, state: JobState) -> None:
    slot = database.keep(a_board()).slots[0]
    for target in set(JobState) - {JobState.RUNNING}:
        job = database.ask(slot, state=state, reuse_key=new_id(), owner=None)
        with database.works() as work:
            if target in TRANSITIONS[state]:
                assert work.jobs.move(job, target, action="x").state is target
            else:
                with pytest.raises(AssertionError):
                    work.jobs.move(job, target, action="x")


def test_a_worker_that_was_replaced_is_lost(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    zombie = database.run(database.ask(slot), "zombie")
    database.beat("worker")
    database.elapse(NOBODY_BEAT)
    database.beat("worker")
    database.do(lambda work: work.jobs.reclaim("worker", []))
    current = database.run(zombie, "worker")
    for target in TRANSITIONS[JobState.RUNNING]:
        with database.works() as work, pytest.raises(Lost):
            work.jobs.move(zombie, target, action="x")
    assert database.job(current) == current
    database.do(lambda work: finish(work, current))
    with database.works() as work, pytest.raises(Lost):
        finish(work, current)


def test_an_end_is_remembered_by_every_slot_still_attached(database: Database) -> None:
    board = database.keep(a_board(3))
    job = database.run(database.ask(*board.slots))
    with database.works() as work:
        assert work.jobs.detach(job, board.slots[2].id) == 2
        work.commit()
    database.do(lambda work: finish(work, job, JobState.FAILED))
    ends = [database.slot(slot).ended_as for slot in board.slots]
    assert ends == ["failed", "failed", "cancelled"]
    assert [database.slot(slot).state for slot in board.slots] == ["failed", "failed", "cancelled"]
    with database.works(reading=True) as work:
        ended = dict(work.jobs.ended_of_project(board.project.id))
        assert {slot_id: one.id for slot_id, one in ended.items()} == {
            slot.id: job.id for slot in board.slots
        }
        assert dict(work.jobs.ended_of_slots([board.slots[0].id])) == {
            board.slots[0].id: database.job(job)
        }


def test_a_quiet_move_is_no_version_and_told_to_nobody_but_kept(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    job = database.run(database.ask(slot))
    before = database.slot(slot)
    database.diary.clear()
    later = job.run_at + timedelta(seconds=2)
    database.do(
        lambda work: work.jobs.move(job, JobState.QUEUED, action="waits", quiet=True, run_at=later)
    )
    database.elapse(3)
    assert database.claim(job)
    assert database.slot(slot) == before
    assert database.diary.entries == ["hint"]
    assert audit_of(database, job) == ["asked", "began", "waits", "claimed"]


def test_a_job_that_no_slot_asks_for_any_more_is_still_audited(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    job = database.ask(slot)
    database.do(lambda work: work.jobs.detach(job, slot.id))
    database.do(lambda work: work.jobs.request_cancel(job.id))
    assert audit_of(database, job) == ["asked", "cancelled", "cancelled"]


# Sharing


def test_a_job_is_found_by_what_it_makes_while_it_is_active(database: Database) -> None:
    board, other = database.keep(a_board(2)), database.keep(a_board())
    job = database.ask(board.slots[0])
    with database.works() as work:
        assert work.jobs.active_for(job.reuse_key, board.project.id) == database.job(job)
        assert work.jobs.active_for(job.reuse_key, other.project.id) is None
    running = database.run(job)
    database.do(lambda work: work.jobs.attach(running, board.slots[1].id, "its basis"))
    with database.works(reading=True) as work:
        assert dict(work.jobs.slots_of(job.id)) == {
            board.slots[0].id: board.slots[0].basis,
            board.slots[1].id: "its basis",
        }
        active = work.jobs.active_of_project(board.project.id)
        assert {slot_id for slot_id, _ in active} == {slot.id for slot in board.slots}
    assert database.slot(board.slots[1]).state == "running"
    database.do(lambda work: finish(work, database.job(job)))
    with database.works() as work:
        assert work.jobs.active_for(job.reuse_key, board.project.id) is None


def test_a_detached_slot_can_be_attached_again(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    job = database.run(database.ask(slot))
    database.do(lambda work: work.jobs.detach(job, slot.id))
    assert database.slot(slot).state == "cancelled"
    database.do(lambda work: work.jobs.attach(job, slot.id, "new basis"))
    assert database.slot(slot).state == "running"
    with database.works(reading=True) as work:
        assert dict(work.jobs.slots_of(job.id)) == {slot.id: "new basis"}


def test_two_processes_that_ask_for_the_same_at_once_share_one_job(database: Database) -> None:
    board = database.keep(a_board(8))
    processes = [database.works, database.another_process()]
    together = Barrier(8)

    def ask(number: int) -> str:
        slot = board.slots[number]
        together.wait()
        with processes[number % 2]() as work:
            shared = work.jobs.active_for("the same", board.project.id)
            if shared is None:
                shared = a_job(slot, reuse_key="the same")
                work.jobs.add(shared, {slot.id: slot.basis})
            else:
                work.jobs.attach(shared, slot.id, slot.basis)
            work.commit()
            return shared.id

    with ThreadPoolExecutor(8) as pool:
        [job_id] = set(pool.map(ask, range(8)))
    with database.works(reading=True) as work:
        assert len(work.jobs.slots_of(job_id)) == 8


def test_whoever_attaches_to_a_job_that_ends_now_gets_its_end_or_another_job(
    database: Database,
) -> None:
    """A slot on a job that is over, and does not know it, would be pending for ever."""
    board = database.keep(a_board(21))
    first, *others = board.slots
    processes = [database.works, database.another_process()]
    for slot in others:
        job = database.run(database.ask(first, reuse_key=f"same {slot.id}"))
        together = Barrier(2)

        def end(job: Job, together: Barrier) -> None:
            together.wait()
            with processes[0]() as work:
                assert work.jobs.get(job.id) is not None
                finish(work, job, JobState.FAILED)
                work.commit()

        def join(job: Job, slot: Slot, together: Barrier) -> bool:
            together.wait()
            with processes[1]() as work:
                shared = work.jobs.active_for(job.reuse_key, job.project_id)
                if shared is not None:
                    work.jobs.attach(shared, slot.id, slot.basis)
                work.commit()
                return shared is not None

        with ThreadPoolExecutor(2) as pool:
            ending = pool.submit(end, job, together)
            joined = pool.submit(join, job, slot, together).result()
            ending.result()
        assert database.slot(slot).state == ("failed" if joined else "empty")


# Submissions


def test_a_paid_id_is_never_dropped(database: Database) -> None:
    job = database.run(database.ask(database.keep(a_board()).slots[0]), "zombie")
    intent = fresh(job)
    database.do(lambda work: work.jobs.add_submission(intent))
    accepted = intent.evolve(
        state=SubmissionState.ACCEPTED,
        provider_job_id="paid",
        handle={"provider_job_id": "paid"},
        cost_micros=2_500_000_000,
    )
    database.elapse(NOBODY_BEAT)
    database.do(lambda work: work.jobs.reclaim("another", []))
    database.do(lambda work: work.jobs.save_submission(accepted))
    rejected = intent.evolve(state=SubmissionState.REJECTED, error="it said no")
    database.do(lambda work: work.jobs.save_submission(rejected))
    with database.works(reading=True) as work:
        [kept] = work.jobs.submissions(job.id)
    assert (kept.provider_job_id, kept.state, kept.error, kept.cost_micros) == (
        "paid",
        SubmissionState.REJECTED,
        "it said no",
        2_500_000_000,
    )


def test_submissions_come_in_the_order_of_their_generations(database: Database) -> None:
    job = database.ask(database.keep(a_board()).slots[0])
    for generation in (2, 0, 1):
        one = fresh(job, key=f"{job.id}.{generation}", generation=generation)
        with database.works() as work:
            work.jobs.add_submission(one)
            work.commit()
    with database.works(reading=True) as work:
        assert [one.generation for one in work.jobs.submissions(job.id)] == [0, 1, 2]


# Cancelling


def test_what_waits_is_cancelled_at_once(database: Database) -> None:
    board = database.keep(a_board(2))
    for slot, state in zip(board.slots, (JobState.QUEUED, JobState.BLOCKED), strict=True):
        job = database.ask(slot, state=state)
        cancelled = database.cancel(job)
        assert cancelled is not None
        assert cancelled.state is JobState.CANCELLED
        assert database.slot(slot).state == "cancelled"
        assert database.cancel(job) is None


def test_what_runs_is_asked_and_ends_cancelled_whatever_its_worker_says(
    database: Database,
) -> None:
    board = database.keep(a_board(4))
    ends = (JobState.SUCCEEDED, JobState.FAILED, JobState.BLOCKED, JobState.CANCELLED)
    for slot, said in zip(board.slots, ends, strict=True):
        job = database.run(database.ask(slot))
        asked = database.cancel(job)
        assert asked is not None
        assert (asked.state, asked.cancel) == (JobState.RUNNING, True)
        with database.works() as work:
            assert finish(work, job, said).state is JobState.CANCELLED
            work.commit()
        assert database.slot(slot).state == "cancelled"


def test_what_a_provider_has_is_cancelled_by_a_worker_at_once(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    running = database.run(database.ask(slot))
    later = running.run_at + FAR
    database.do(lambda work: work.jobs.move(running, JobState.QUEUED, action="waits", run_at=later))
    database.diary.clear()
    asked = database.cancel(running)
    assert asked is not None
    assert (asked.state, asked.cancel) == (JobState.QUEUED, True)
    assert database.diary.hints == [(running.id, 0.0)]
    assert database.run(running).cancel


def test_a_cancel_between_look_and_snooze_is_not_forgotten(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    running = database.run(database.ask(slot))
    database.cancel(running)
    database.diary.clear()
    later = running.run_at + FAR
    database.do(lambda work: work.jobs.move(running, JobState.QUEUED, action="waits", run_at=later))
    assert database.diary.hints == [(running.id, 0.0)]
    assert database.run(running).cancel


def test_a_cancel_and_an_end_at_the_same_moment_agree(database: Database) -> None:
    board = database.keep(a_board(12))
    processes = [database.works, database.another_process()]
    for slot in board.slots:
        job = database.run(database.ask(slot))
        together = Barrier(2)

        def end(job: Job, together: Barrier) -> JobState:
            together.wait()
            with processes[0]() as work:
                ended = finish(work, job)
                work.commit()
                return ended.state

        def cancel(job: Job, together: Barrier) -> bool:
            together.wait()
            with processes[1]() as work:
                accepted = work.jobs.request_cancel(job.id) is not None
                work.commit()
                return accepted

        with ThreadPoolExecutor(2) as pool:
            ending, asking = pool.submit(end, job, together), pool.submit(cancel, job, together)
            state, accepted = ending.result(), asking.result()
        assert state is (JobState.CANCELLED if accepted else JobState.SUCCEEDED)
        assert database.job(job).state is state


def test_a_cancel_and_a_claim_at_the_same_moment_agree(database: Database) -> None:
    board = database.keep(a_board(12))
    database.do(lambda work: work.jobs.limit("fake", 99))
    processes = [database.works, database.another_process()]
    for slot in board.slots:
        job = database.ask(slot)
        together = Barrier(2)

        def claim(job: Job, together: Barrier) -> bool:
            together.wait()
            return claims(database, processes[0], job, "worker")

        def cancel(job: Job, together: Barrier) -> Job | None:
            together.wait()
            with processes[1]() as work:
                asked = work.jobs.request_cancel(job.id)
                work.commit()
                return asked

        with ThreadPoolExecutor(2) as pool:
            claiming, asking = pool.submit(claim, job, together), pool.submit(cancel, job, together)
            claimed, asked = claiming.result(), asking.result()
        now = database.job(job)
        assert asked is not None
        assert now.state is (JobState.RUNNING if claimed else JobState.CANCELLED)
        assert now.cancel is claimed


# Recovery


def test_a_dead_workers_jobs_are_queued_again_and_a_living_ones_are_not(
    database: Database,
) -> None:
    board = database.keep(a_board(2))
    dead = database.run(database.ask(board.slots[0]), "dead")
    alive = database.run(database.ask(board.slots[1]), "alive")
    database.beat("dead")
    database.beat("alive")
    assert list(database.do(lambda work: work.jobs.reclaim("me", []))) == []
    database.elapse(NOBODY_BEAT)
    database.beat("alive")
    database.diary.clear()
    [again] = database.do(lambda work: work.jobs.reclaim("me", []))
    assert (again.id, again.state, again.crashes, again.fails) == (dead.id, JobState.QUEUED, 1, 0)
    assert (dead.id, 0.0) in database.diary.hints
    assert database.job(alive).version == alive.version
    assert database.run(again, "me").attempt == 2


def test_what_none_of_my_threads_works_on_is_reclaimed(database: Database) -> None:
    board = database.keep(a_board(2))
    busy, left = (database.run(database.ask(slot), "me") for slot in board.slots)
    database.beat("me")
    [again] = database.do(lambda work: work.jobs.reclaim("me", [busy.id]))
    assert again.id == left.id


def test_an_overdue_job_is_reclaimed_from_a_living_worker(database: Database) -> None:
    job = database.run(database.ask(database.keep(a_board()).slots[0]), "me")
    database.elapse(600 + NOBODY_BEAT)
    database.beat("me")
    [again] = database.do(lambda work: work.jobs.reclaim("me", [job.id]))
    assert again.id == job.id


def test_what_slept_with_its_worker_has_its_time_anew(database: Database) -> None:
    job = database.run(database.ask(database.keep(a_board()).slots[0]), "me")
    database.elapse(3600)
    database.beat("me")
    database.do(lambda work: work.jobs.renew("me"))
    assert list(database.do(lambda work: work.jobs.reclaim("me", [job.id]))) == []
    database.elapse(600 + NOBODY_BEAT)
    database.beat("me")
    [again] = database.do(lambda work: work.jobs.reclaim("me", [job.id]))
    assert again.id == job.id


@pytest.mark.parametrize("since", ["nothing", "bought again"])
def test_an_id_that_comes_late_wakes_its_blocked_job_unless_it_was_bought_again(
    database: Database, since: str
) -> None:
    slot = database.keep(a_board()).slots[0]
    job = database.run(database.ask(slot))
    intent = fresh(job)
    database.do(lambda work: work.jobs.add_submission(intent))
    database.do(
        lambda work: work.jobs.move(
            job, JobState.BLOCKED, action="blocked", reason="outcome_unknown"
        )
    )
    assert list(database.do(lambda work: work.jobs.resume_bought())) == []
    accepted = intent.evolve(state=SubmissionState.ACCEPTED, provider_job_id="paid")
    database.do(lambda work: work.jobs.save_submission(accepted))
    if since == "bought again":
        database.ask(slot, reuse_key=job.reuse_key)
        assert list(database.do(lambda work: work.jobs.resume_bought())) == []
    else:
        [again] = database.do(lambda work: work.jobs.resume_bought())
        assert (again.id, again.state, again.reason) == (job.id, JobState.QUEUED, None)
        assert database.claim(job) is not None


def test_what_is_known_of_a_submission_is_not_forgotten_for_a_late_answer(
    database: Database,
) -> None:
    job = database.run(database.ask(database.keep(a_board()).slots[0]))
    intent = fresh(job)
    accepted = intent.evolve(state=SubmissionState.ACCEPTED, provider_job_id="paid")
    database.do(lambda work: work.jobs.add_submission(intent))
    for known in (SubmissionState.DONE, SubmissionState.REJECTED, SubmissionState.FORGOTTEN):
        with database.works() as work:
            work.jobs.save_submission(accepted.evolve(state=known))
            work.jobs.save_submission(accepted)
            work.commit()
        with database.works(reading=True) as work:
            assert [one.state for one in work.jobs.submissions(job.id)] == [known]


def test_what_a_wrong_clock_put_off_is_due_at_once(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    with database.works(reading=True) as work:
        now = work.now()
    late = database.ask(slot, run_at=now + timedelta(minutes=5))
    assert database.claim(late) is None
    database.do(lambda work: work.jobs.hasten())
    assert database.claim(late) is not None


def test_after_a_start_alone_everything_of_before_is_reclaimed_at_once(
    database: Database,
) -> None:
    job = database.run(database.ask(database.keep(a_board()).slots[0]), "before")
    database.beat("before")
    with database.works() as work:
        work.jobs.forget_workers()
        work.jobs.beat("now")
        [again] = work.jobs.reclaim("now", [])
        work.commit()
    assert again.id == job.id


def test_a_job_that_keeps_stopping_its_worker_is_blocked(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    job = database.ask(slot)
    for _ in range(MAX_CRASHES):
        database.run(job, "me")
        database.do(lambda work: work.jobs.reclaim("me", []))
    now = database.job(job)
    assert (now.state, now.reason, now.fails) == (JobState.BLOCKED, "keeps_stopping", 0)
    assert database.slot(slot).state == "blocked"


def test_a_cancelled_job_whose_worker_died_ends_cancelled(database: Database) -> None:
    job = database.run(database.ask(database.keep(a_board()).slots[0]), "me")
    database.cancel(job)
    database.do(lambda work: work.jobs.reclaim("me", []))
    again = database.run(job, "me")
    assert again.cancel
    assert database.do(lambda work: finish(work, again)).state is JobState.CANCELLED


def test_many_that_sweep_at_once_reclaim_each_job_once(database: Database) -> None:
    boards = [database.keep(a_board(5)) for _ in range(3)]
    database.do(lambda work: work.jobs.limit("fake", 99))
    jobs = [database.run(database.ask(slot), "dead") for b in boards for slot in b.slots]
    database.elapse(NOBODY_BEAT)
    processes = [database.another_process() for _ in range(4)]
    together = Barrier(4)

    def sweep(number: int) -> list[str]:
        together.wait()
        with processes[number]() as work:
            work.jobs.beat(f"worker {number}")
            taken = [one.id for one in work.jobs.reclaim(f"worker {number}", [])]
            work.commit()
            return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [job_id for one in pool.map(sweep, range(4)) for job_id in one]
    assert sorted(taken) == sorted(job.id for job in jobs)
    assert {database.job(job).crashes for job in jobs} == {1}


def test_due_jobs_are_hinted_at_once_in_a_while(database: Database) -> None:
    board = database.keep(a_board(3))
    jobs = [
        database.ask(slot, created_at=BEGINNING + timedelta(seconds=at), priority=int(at == 2))
        for at, slot in enumerate(board.slots)
    ]
    database.elapse(5)

    def due(limit: int) -> list[str]:
        with database.works() as work:
            found = list(work.jobs.due(limit))
            work.commit()
            return found

    assert due(2) == [jobs[2].id, jobs[0].id]
    assert due(2) == [jobs[1].id]
    assert due(2) == []
    database.elapse(REHINT.total_seconds() + 1)
    database.run(jobs[0])
    assert due(9) == [jobs[2].id, jobs[1].id]


def test_jobs_are_listed_newest_first_page_by_page(database: Database) -> None:
    board, other = database.keep(a_board(5)), database.keep(a_board())
    jobs = [
        database.ask(slot, created_at=BEGINNING + timedelta(seconds=at // 2))
        for at, slot in enumerate(board.slots)
    ]
    elsewhere = database.ask(other.slots[0], state=JobState.BLOCKED)
    pages: list[str] = []
    with database.works(reading=True) as work:
        before = None
        while page := work.jobs.listing(
            project_id=board.project.id, state=None, before=before, limit=2
        ):
            pages += [one.id for one in page]
            before = page[-1].id
        blocked = work.jobs.listing(project_id=None, state=JobState.BLOCKED, before=None, limit=9)
    assert sorted(pages) == sorted(job.id for job in jobs)
    assert [database.job(job).created_at for job in (jobs[4],)] == [
        BEGINNING + timedelta(seconds=2)
    ]
    assert pages[0] == jobs[4].id
    assert [one.id for one in blocked] == [elsewhere.id]
