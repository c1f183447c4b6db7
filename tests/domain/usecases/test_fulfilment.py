"""Making media: nothing lost, nothing bought twice, whatever stops where."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, get_args

import pytest

from domain.access import OWNER
from domain.errors import Conflict, Unavailable
from domain.media.kind import ProviderKind
from domain.usecases.generation import Scope
from domain.work.blocking import Reason
from domain.work.job import JobState, SubmissionState
from domain.work.limits import MAX_FAILS
from domain.work.provider import Ask, Handle, ProviderError, Readiness, Update
from tests.builders import a_board
from tests.domain.usecases.conftest import OpenWorkshop
from tests.domain.usecases.workshop import Workshop
from tests.fakes import Killed, ScriptedProvider

WORKS = Update(phase="running", next_poll_s=2.0)
WAITS = Update(phase="queued", next_poll_s=2.0)
REFUSED = Update(phase="failed", reason=Reason.CONTENT_POLICY, message="Not this.")
STUMBLED = Update(phase="failed", reason=Reason.TRANSIENT, message="Oops.")
LOST = Update(phase="lost")


def an_error(reason: Reason = Reason.TRANSIENT, **fields: Any) -> ProviderError:
    return ProviderError(reason, "It says no.", **fields)


def unknown() -> ProviderError:
    return an_error(outcome_known=False)


def paid(**capabilities: Any) -> ScriptedProvider:
    return ScriptedProvider("fake", kind=ProviderKind.LIVE, billable=True, **capabilities)


# A job that goes well


def test_a_shots_picture_is_made_stored_and_shown(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    slot, [take] = workshop.slot(board.slots[0]), workshop.takes(board.slots[0])
    assert (slot.state, slot.takes, take.number, take.basis) == ("succeeded", 1, 1, slot.basis)
    with workshop.database.works(reading=True) as work:
        [tag] = work.media.many([take.tag_id])
    assert workshop.store.read(tag.file) == f"picture of {job_id}.0, fake".encode()
    assert workshop.store.derived(tag.file, 640) == b"poster"
    assert (tag.kind, tag.reuse_key) == (ProviderKind.FAKE, take.reuse_key)
    [submission] = workshop.submissions(workshop.the_job())
    assert (submission.state, submission.provider_job_id) == (
        SubmissionState.DONE,
        f"fake {job_id}.0",
    )
    states = [one.state for one in workshop.database.diary.events if one.slot_id == slot.id]
    assert states == ["pending", "running", "succeeded"]


def test_a_provider_that_works_for_a_while_is_asked_again(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.provider.on_poll = [WAITS, WAITS, WORKS, WORKS]
    workshop.generate(board)
    workshop.settle()
    states = [one.state for one in workshop.database.diary.events]
    assert states == ["pending", "running", "pending", "running", "succeeded"]
    assert workshop.the_job().attempt == 5
    assert len(workshop.provider.submitted) == 1


def test_progress_is_told_and_not_kept(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.provider.on_poll = [Update(phase="running", progress=0.5)]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    [told] = [one for one in workshop.database.diary.events if one.type == "progress"]
    assert (told.progress, told.seq, told.slot_id) == (0.5, None, board.slots[0].id)
    with workshop.database.works(reading=True) as work:
        kept = work.events.after(0, project_id=None, limit=99)
    assert all(one.type != "progress" for one in kept)


def test_one_making_serves_all_who_asked_for_the_same(workshop: Workshop) -> None:
    board = workshop.keep(
        a_board(3, basis="5a3e5a3e", spec={"type": "stable_diffusion", "prompt": "x"})
    )
    assert len(workshop.generate(board)) == 1
    workshop.settle()
    takes = [workshop.takes(slot) for slot in board.slots]
    assert [len(one) for one in takes] == [1, 1, 1]
    assert len({one[0].tag_id for one in takes}) == 1
    assert len(workshop.provider.submitted) == 1


def test_a_hundred_hints_are_one_making(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    [job_id] = workshop.generate(board)
    for _ in range(100):
        workshop.step(job_id)
    assert len(workshop.provider.submitted) == 1
    assert len(workshop.takes(board.slots[0])) == 1


def test_a_worker_that_stops_takes_up_nothing_more(workshop: Workshop) -> None:
    [job_id] = workshop.generate(workshop.keep(a_board()))
    workshop.worker.stop()
    workshop.step(job_id)
    assert workshop.states() == [JobState.QUEUED]


# Killed at a point

FREE: dict[str, Any] = {"billable": False}
ONCE: dict[str, Any] = {"billable": True, "idempotent_submit": True}
TWICE: dict[str, Any] = {"billable": True, "idempotent_submit": False}


def killed_at(point: str, workshop: Workshop) -> None:
    match point:
        case "between intent and sending":
            workshop.provider.on_submit = [Killed()]
        case "between bill and record":
            workshop.provider.after_bill = [Killed()]
        case "between record and poll":
            workshop.provider.on_poll = [Killed()]
        case "between polls":
            workshop.provider.on_poll = [WORKS, Killed()]
        case "while fetching":
            workshop.provider.on_result = [Killed()]
        case _:
            workshop.store.on_put = [Killed()]


POINTS = [
    "between intent and sending",
    "between bill and record",
    "between record and poll",
    "between polls",
    "while fetching",
    "while storing",
]


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("capabilities", [FREE, ONCE, TWICE], ids=["free", "keys", "no keys"])
def test_a_kill_loses_nothing_and_buys_nothing_twice(
    open_workshop: OpenWorkshop, point: str, capabilities: dict[str, Any]
) -> None:
    workshop = open_workshop(ScriptedProvider("fake", kind=ProviderKind.LOCAL, **capabilities))
    board = workshop.keep(a_board())
    killed_at(point, workshop)
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    honest = capabilities is TWICE and point in POINTS[:2]
    assert job.state is (JobState.BLOCKED if honest else JobState.SUCCEEDED)
    assert job.reason == (Reason.OUTCOME_UNKNOWN if honest else None)
    assert len(workshop.takes(board.slots[0])) == (0 if honest else 1)
    assert (job.crashes, job.fails) == (1, int(honest))
    if capabilities["billable"]:
        assert sum(workshop.provider.bills.values()) <= 1
    assert workshop.states() == [job.state]


def test_a_job_that_kills_every_worker_is_blocked_in_the_end(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [Killed()] * 99
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.reason, job.fails) == (JobState.BLOCKED, Reason.KEEPS_STOPPING, 0)
    assert set(workshop.provider.submitted) == {f"{job.id}.0"}


def test_an_error_nobody_foresaw_is_taken_back_by_the_sweep(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [ZeroDivisionError()]
    [job_id] = workshop.generate(board)
    with pytest.raises(ZeroDivisionError):
        workshop.step(job_id)
    workshop.worker.sweep()
    workshop.settle()
    assert workshop.the_job().state is JobState.SUCCEEDED
    assert set(workshop.provider.submitted) == {f"{job_id}.0"}


def test_a_paused_workers_late_answer_changes_nothing(open_workshop: OpenWorkshop) -> None:
    """It wakes up after its job was given to another worker, who finished it."""
    workshop = open_workshop(paid(idempotent_submit=True))
    board = workshop.keep(a_board())
    [job_id] = workshop.generate(board)
    sleeper, put = workshop.worker, workshop.store.put

    def sleep(data: bytes, extension: str) -> str:
        workshop.store.put = put  # type: ignore[method-assign]
        workshop.restart()
        workshop.settle()
        return put(data, extension)

    workshop.store.put = sleep  # type: ignore[method-assign]
    sleeper.fulfil(job_id)
    assert workshop.the_job().state is JobState.SUCCEEDED
    assert len(workshop.takes(board.slots[0])) == 1
    assert sum(workshop.provider.bills.values()) == 1


# Errors


@pytest.mark.parametrize("capabilities", [FREE, ONCE, TWICE], ids=["free", "keys", "no keys"])
def test_a_submission_that_is_surely_refused_is_tried_again_under_another_key(
    open_workshop: OpenWorkshop, capabilities: dict[str, Any]
) -> None:
    workshop = open_workshop(ScriptedProvider("fake", kind=ProviderKind.LOCAL, **capabilities))
    workshop.keep(board := a_board())
    workshop.provider.on_submit = [an_error(), an_error(Reason.RATE_LIMITED, retry_after=30)]
    [job_id] = workshop.generate(board)
    workshop.settle()
    assert workshop.provider.submitted == [f"{job_id}.{number}" for number in range(3)]
    assert workshop.provider.attempts == [0, 1, 2]
    job = workshop.the_job()
    assert (job.state, job.fails, job.error) == (JobState.SUCCEEDED, 1, None)


def test_an_answer_to_a_second_sending_says_nothing_of_the_first(
    open_workshop: OpenWorkshop,
) -> None:
    """JOBS.md 3.4: billed, answer lost; sent again, 429. Another key would be billed again."""
    workshop = open_workshop(paid(idempotent_submit=True))
    workshop.keep(board := a_board())
    workshop.provider.after_bill = [unknown()]
    workshop.provider.on_submit = [None, an_error(Reason.RATE_LIMITED, retry_after=1)]
    [job_id] = workshop.generate(board)
    workshop.settle()
    assert set(workshop.provider.submitted) == {f"{job_id}.0"}
    assert workshop.provider.bills == {f"{job_id}.0": 1}
    assert workshop.the_job().state is JobState.SUCCEEDED


def test_an_unknown_outcome_without_keys_blocks_and_only_a_person_buys_again(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    board = workshop.keep(a_board())
    workshop.provider.after_bill = [unknown()]
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.reason) == (JobState.BLOCKED, Reason.OUTCOME_UNKNOWN)
    for scope in get_args(Scope):
        assert workshop.generate(board, scope) == ()
    workshop.control.retry(OWNER, job.id)
    workshop.settle()
    assert workshop.states() == [JobState.CANCELLED, JobState.SUCCEEDED]


@pytest.mark.parametrize("capabilities", [ONCE, TWICE], ids=["keys", "no keys"])
@pytest.mark.parametrize("reason", [Reason.TRANSIENT, Reason.RATE_LIMITED, Reason.TIMEOUT])
def test_a_provider_that_can_not_be_asked_after_a_job_still_has_it(
    open_workshop: OpenWorkshop, capabilities: dict[str, Any], reason: Reason
) -> None:
    workshop = open_workshop(ScriptedProvider("fake", kind=ProviderKind.LIVE, **capabilities))
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [an_error(reason)] * (MAX_FAILS + 2)
    workshop.provider.on_result = [an_error(reason)]
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.fails, len(workshop.provider.submitted)) == (JobState.SUCCEEDED, 0, 1)


def test_a_key_that_goes_while_a_provider_works_costs_nothing_twice(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.provider.readiness = Readiness(reason=Reason.MISSING_CREDENTIALS, detail="Set KEY.")
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.reason, job.error) == (
        JobState.BLOCKED,
        "missing_credentials",
        "Set KEY.",
    )
    workshop.provider.readiness = Readiness()
    assert workshop.control.retry(OWNER, job.id).id == job.id
    workshop.settle()
    assert workshop.the_job().state is JobState.SUCCEEDED
    assert len(workshop.provider.submitted) == 1


def test_a_provider_that_is_not_ready_blocks_before_anything_is_sent(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.generate(board)
    workshop.provider.readiness = Readiness(reason=Reason.MISSING_CREDENTIALS, detail="Set KEY.")
    workshop.settle()
    job = workshop.the_job()
    assert job.state is JobState.BLOCKED
    assert workshop.submissions(job) == []
    workshop.provider.readiness = Readiness()
    workshop.generate(board)
    workshop.settle()
    assert workshop.states() == [JobState.CANCELLED, JobState.SUCCEEDED]


def test_a_provider_that_failed_its_job_is_asked_for_another(open_workshop: OpenWorkshop) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [STUMBLED]
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.fails) == (JobState.SUCCEEDED, 1)
    assert [one.state for one in workshop.submissions(job)] == [
        SubmissionState.REJECTED,
        SubmissionState.DONE,
    ]


def test_five_failures_are_the_end_and_the_last_one_is_told(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [STUMBLED] * 99
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.fails, job.reason, job.error) == (
        JobState.FAILED,
        MAX_FAILS,
        Reason.TRANSIENT,
        "Oops.",
    )
    assert workshop.slot(board.slots[0]).state == "failed"


def test_a_refusal_fails_at_once(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [REFUSED]
    workshop.generate(board)
    workshop.settle()
    assert (workshop.the_job().state, workshop.the_job().error) == (JobState.FAILED, "Not this.")
    with pytest.raises(Conflict) as refused:
        workshop.control.retry(OWNER, workshop.the_job().id)
    assert refused.value.code == Reason.CONTENT_POLICY


def test_what_the_provider_lost_is_bought_again_only_by_a_person(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid(idempotent_submit=True))
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [LOST]
    workshop.generate(board)
    workshop.settle()
    assert workshop.the_job().reason == Reason.OUTCOME_UNKNOWN
    assert [one.charged for one in workshop.submissions(workshop.the_job())] == ["maybe"]
    workshop.control.retry(OWNER, workshop.the_job().id)
    workshop.settle()
    assert workshop.states() == [JobState.CANCELLED, JobState.SUCCEEDED]
    assert len(workshop.provider.bills) == 2


@pytest.mark.parametrize("data", [b"", b"bad"])
def test_a_bad_output_fails_and_is_not_bought_again(
    open_workshop: OpenWorkshop, data: bytes
) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_result = [data]
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.reason) == (JobState.FAILED, Reason.BAD_OUTPUT)
    assert workshop.submissions(job)[0].state is SubmissionState.DONE
    assert workshop.store.files == {}
    assert sum(workshop.provider.bills.values()) == 1


def test_fake_output_without_the_mark_is_no_output(workshop: Workshop) -> None:
    workshop.inspector.marked_fake = False
    workshop.keep(board := a_board())
    workshop.generate(board)
    workshop.settle()
    assert workshop.the_job().reason == Reason.BAD_OUTPUT


def test_a_full_disk_loses_no_paid_result(open_workshop: OpenWorkshop) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.store.on_put = [Unavailable("The disk is full.")] * 3
    workshop.generate(board)
    workshop.settle()
    assert workshop.the_job().state is JobState.SUCCEEDED
    assert sum(workshop.provider.bills.values()) == 1


def test_what_takes_too_long_is_given_up_and_a_paid_one_not_bought_again(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS] * 9_999
    [job_id] = workshop.generate(board)
    workshop.settle(hours=1)
    job = workshop.the_job()
    assert (job.state, job.reason) == (JobState.FAILED, Reason.TIMEOUT)
    assert workshop.provider.cancelled == [f"fake {job_id}.0"]
    assert sum(workshop.provider.bills.values()) == 1


def test_what_costs_nothing_is_tried_again_when_it_takes_too_long(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS] * 400
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.fails) == (JobState.SUCCEEDED, 1)


def test_a_result_that_was_ready_while_the_house_was_shut_is_still_fetched(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.clock.forward(timedelta(days=3))
    workshop.restart()
    workshop.settle()
    assert workshop.the_job().state is JobState.SUCCEEDED


# Cancelling


def test_a_cancel_before_anything_began_makes_nothing(workshop: Workshop) -> None:
    [job_id] = workshop.generate(workshop.keep(a_board()))
    workshop.control.cancel(OWNER, job_id)
    workshop.step(job_id)
    assert workshop.states() == [JobState.CANCELLED]
    assert workshop.provider.submitted == []
    with pytest.raises(Conflict):
        workshop.control.cancel(OWNER, job_id)


def test_a_cancel_while_it_is_made_is_told_to_the_provider(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.control.cancel(OWNER, job_id)
    workshop.step(job_id)
    assert workshop.states() == [JobState.CANCELLED]
    assert workshop.provider.cancelled == [f"fake {job_id}.0"]
    assert workshop.slot(board.slots[0]).state == "cancelled"


def test_a_paid_result_that_is_there_already_is_kept_as_a_late_take(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.control.cancel(OWNER, job_id)
    workshop.step(job_id)
    [take] = workshop.takes(board.slots[0])
    assert take.late
    assert workshop.states() == [JobState.CANCELLED]
    assert workshop.slot(board.slots[0]).state == "cancelled"
    assert workshop.submissions(workshop.the_job())[0].state is SubmissionState.DONE
    workshop.reviewing.use(OWNER, take.id)
    assert workshop.slot(board.slots[0]).state == "succeeded"


def test_a_cancel_while_the_result_is_fetched_keeps_it_late(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    [job_id] = workshop.generate(board)
    put = workshop.store.put

    def cancel_meanwhile(data: bytes, extension: str) -> str:
        workshop.control.cancel(OWNER, job_id)
        return put(data, extension)

    workshop.store.put = cancel_meanwhile  # type: ignore[method-assign]
    workshop.step(job_id)
    assert workshop.states() == [JobState.CANCELLED]
    assert [one.late for one in workshop.takes(board.slots[0])] == [True]


def test_a_cancel_while_it_waits_for_another_try_is_the_end(workshop: Workshop) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_submit = [an_error(retry_after=60)]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.control.cancel(OWNER, job_id)
    workshop.settle()
    assert workshop.states() == [JobState.CANCELLED]
    assert len(workshop.provider.submitted) == 1


# Sweeping


def test_after_a_sleep_of_the_machine_the_others_have_time_to_wake(workshop: Workshop) -> None:
    workshop.worker.sweep()
    job = workshop.database.run(workshop.database.ask(workshop.keep(a_board()).slots[0]), "other")
    workshop.database.beat("other")
    workshop.clock.forward(timedelta(hours=1))
    for crashes in (0, 0, 0, 1):
        workshop.worker.sweep()
        assert workshop.database.job(job).crashes == crashes
        workshop.clock.forward(timedelta(seconds=3))


def test_after_a_time_without_the_database_the_others_have_time_to_come_back(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of them could say that it lives."""
    workshop.worker.sweep()
    job = workshop.database.run(workshop.database.ask(workshop.keep(a_board()).slots[0]), "other")
    workshop.database.beat("other")
    with monkeypatch.context() as away:
        away.setattr(workshop.database.engine, "connect", unreachable)
        for _ in range(40):
            workshop.clock.forward(timedelta(seconds=1))
            with pytest.raises(ConnectionError):
                workshop.worker.sweep()
    workshop.worker.sweep()
    assert workshop.database.job(job).crashes == 0


def unreachable() -> None:
    raise ConnectionError


def meanwhile(workshop: Workshop, act: Callable[[], object]) -> None:
    """``act`` when the provider has taken the next order and its worker does not know yet."""
    submit = workshop.provider.submit

    def submitting(ask: Ask) -> Handle:
        workshop.provider.submit = submit  # type: ignore[method-assign]
        handle = submit(ask)
        act()
        return handle

    workshop.provider.submit = submitting  # type: ignore[method-assign]


def test_a_machine_that_slept_does_not_take_its_own_living_jobs_from_itself(
    workshop: Workshop,
) -> None:
    """The submission is under way in a thread that slept along."""
    workshop.keep(board := a_board())
    [job_id] = workshop.generate(board)
    workshop.worker.sweep()

    def sleep() -> None:
        for seconds in (3600, 1, 10):
            workshop.clock.forward(timedelta(seconds=seconds))
            workshop.worker.sweep()

    meanwhile(workshop, sleep)
    workshop.step(job_id)
    job = workshop.the_job()
    assert (job.state, job.attempt, job.crashes) == (JobState.SUCCEEDED, 1, 0)


@pytest.mark.parametrize("hours", [-3, -0.2, 3])
def test_a_clock_that_is_set_right_leaves_no_job_behind(workshop: Workshop, hours: float) -> None:
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.worker.sweep()
    workshop.clock.forward(timedelta(hours=hours))
    workshop.settle(hours=0.01)
    assert (workshop.the_job().state, workshop.the_job().crashes) == (JobState.SUCCEEDED, 0)


def test_a_hint_that_was_lost_before_the_clock_was_set_back_is_sent_again(
    workshop: Workshop,
) -> None:
    [job_id] = workshop.generate(workshop.keep(a_board()))
    workshop.clock.forward(timedelta(seconds=5))
    workshop.worker.sweep()
    workshop.clock.forward(timedelta(hours=-3))
    workshop.database.diary.clear()
    workshop.worker.sweep()
    workshop.clock.forward(timedelta(seconds=5))
    workshop.worker.sweep()
    assert (job_id, 0.0) in workshop.database.diary.hints


# What turns up late


def replaced(workshop: Workshop, job_id: str) -> None:
    """Another worker takes the job, in the middle of this one's step."""
    workshop.restart()
    workshop.worker.fulfil(job_id)


def test_a_late_id_of_a_blocked_job_is_followed(open_workshop: OpenWorkshop) -> None:
    """A worker without keys slept in the middle of its submission; another blocked the job."""
    workshop = open_workshop(paid())
    board = workshop.keep(a_board())
    [job_id] = workshop.generate(board)
    meanwhile(workshop, lambda: replaced(workshop, job_id))
    workshop.worker.fulfil(job_id)
    assert workshop.the_job().reason == Reason.OUTCOME_UNKNOWN
    workshop.worker.sweep()
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.error) == (JobState.SUCCEEDED, None)
    assert sum(workshop.provider.bills.values()) == 1
    assert [one.charged for one in workshop.submissions(job)] == ["yes"]


def test_a_late_id_of_what_was_bought_again_since_changes_nothing(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    board = workshop.keep(a_board())
    [job_id] = workshop.generate(board)

    def bought_again() -> None:
        replaced(workshop, job_id)
        workshop.control.retry(OWNER, job_id)

    meanwhile(workshop, bought_again)
    workshop.worker.fulfil(job_id)
    workshop.worker.sweep()
    workshop.settle()
    assert workshop.states() == [JobState.CANCELLED, JobState.SUCCEEDED]


def test_what_was_found_out_is_not_forgotten_for_a_late_id(open_workshop: OpenWorkshop) -> None:
    """Another worker saw the order fail, so it is not charged."""
    workshop = open_workshop(paid(idempotent_submit=True))
    board = workshop.keep(a_board())
    workshop.provider.on_poll = [STUMBLED]
    [job_id] = workshop.generate(board)
    meanwhile(workshop, lambda: replaced(workshop, job_id))
    workshop.worker.fulfil(job_id)
    workshop.settle()
    assert [one.state for one in workshop.submissions(workshop.the_job())] == [
        SubmissionState.REJECTED,
        SubmissionState.DONE,
    ]


def test_a_bought_ids_record_waits_for_a_database_that_is_away(
    open_workshop: OpenWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.usecases.submitting.RECORD_AGAIN_S", (0, 0, 0))
    workshop = open_workshop(paid())
    board = workshop.keep(a_board())
    [job_id] = workshop.generate(board)
    connect, refusals = workshop.database.engine.connect, iter(range(3))

    def flaky() -> object:
        if next(refusals, None) is not None:
            raise ConnectionError
        return connect()

    cut_off = partial(monkeypatch.setattr, workshop.database.engine, "connect", flaky)
    meanwhile(workshop, cut_off)
    workshop.worker.fulfil(job_id)
    assert workshop.the_job().state is JobState.SUCCEEDED


def test_an_unknown_outcome_that_stays_unknown_is_never_bought_anew_by_itself(
    open_workshop: OpenWorkshop,
) -> None:
    """Keys or not: after the last try nobody knows what the first one came to."""
    workshop = open_workshop(paid(idempotent_submit=True))
    board = workshop.keep(a_board())
    workshop.provider.on_submit = [unknown()] * MAX_FAILS
    workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.reason) == (JobState.BLOCKED, Reason.OUTCOME_UNKNOWN)
    assert workshop.control.retry_failed(OWNER, board.project.key).jobs == ()


class Shop(ScriptedProvider):
    """It knows no keys, but what was ordered under which name."""

    def find(self, key: str) -> Handle | None:
        return Handle(provider_job_id=f"{self.name} {key}") if self.bills[key] else None


def a_shop() -> Shop:
    return Shop("fake", kind=ProviderKind.LIVE, billable=True)


@pytest.mark.parametrize("what", [Killed(), unknown()], ids=["killed", "no answer"])
def test_an_order_whose_answer_never_came_is_looked_up(
    open_workshop: OpenWorkshop, what: BaseException
) -> None:
    workshop = open_workshop(a_shop())
    workshop.keep(board := a_board())
    workshop.provider.after_bill = [what]
    [job_id] = workshop.generate(board)
    workshop.settle()
    assert workshop.the_job().state is JobState.SUCCEEDED
    assert workshop.provider.submitted == [f"{job_id}.0"]


@pytest.mark.parametrize("what", [Killed(), unknown()], ids=["killed", "no answer"])
def test_an_order_that_is_not_found_is_looked_for_again_and_never_sent_again(
    open_workshop: OpenWorkshop, what: BaseException
) -> None:
    """It may be on its way."""
    workshop = open_workshop(a_shop())
    workshop.keep(board := a_board())
    workshop.provider.on_submit = [what]
    [job_id] = workshop.generate(board)
    workshop.settle()
    job = workshop.the_job()
    assert (job.state, job.reason) == (JobState.BLOCKED, Reason.OUTCOME_UNKNOWN)
    assert workshop.provider.submitted == [f"{job_id}.0"]


def test_a_key_that_the_provider_may_have_forgotten_is_not_sent_again(
    open_workshop: OpenWorkshop,
) -> None:
    """A backup of a day ago was restored; providers keep keys for a day."""
    workshop = open_workshop(paid(idempotent_submit=True))
    board = workshop.keep(a_board())
    workshop.provider.on_submit = [Killed()]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.clock.forward(timedelta(days=1))
    workshop.settle()
    assert workshop.the_job().reason == Reason.OUTCOME_UNKNOWN
    assert len(workshop.provider.submitted) == 1


def test_an_order_that_failed_after_its_cancel_was_not_charged(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_poll = [WORKS, STUMBLED]
    [job_id] = workshop.generate(board)
    workshop.step(job_id)
    workshop.control.cancel(OWNER, job_id)
    workshop.step(job_id)
    assert workshop.states() == [JobState.CANCELLED]
    assert [one.charged for one in workshop.submissions(workshop.the_job())] == ["no"]


def test_no_provider_can_put_a_job_off_for_a_day(open_workshop: OpenWorkshop) -> None:
    workshop = open_workshop(paid())
    workshop.keep(board := a_board())
    workshop.provider.on_submit = [an_error(retry_after=86_400)]
    workshop.provider.on_poll = [an_error(retry_after=86_400), WORKS.evolve(next_poll_s=86_400)]
    workshop.generate(board)
    workshop.settle(hours=0.6)
    assert workshop.the_job().state is JobState.SUCCEEDED


def test_a_lost_hint_is_sent_again(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    [job_id] = workshop.generate(board)
    workshop.database.diary.clear()
    workshop.clock.forward(timedelta(seconds=5))
    workshop.worker.sweep()
    assert workshop.database.diary.hints == [(job_id, 0.0)]
