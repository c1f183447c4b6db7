"""What every unit of work must do, on both databases: the transaction, slots and takes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from domain.errors import Conflict, Invalid, NotFound
from domain.events import Event
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.ports import UnitOfWork
from domain.story.board import Board, Scene, Slot
from domain.usecases.idempotency import Request, answering
from domain.work.job import Job, JobState
from domain.work.provider import Input
from domain.work.take import Review
from storage.tables import SessionRow
from tests.builders import (
    BEGINNING,
    a_board,
    a_concept,
    a_job,
    a_shot,
    a_slot,
    a_tag,
    a_take,
    new_id,
)
from tests.contracts.databases import Database

SESSION = SessionRow.__table__  # type: ignore[attr-defined]


def an_event(board: Board, **fields: Any) -> Event:
    return Event(project_id=board.project.id, type="project", at=BEGINNING, **fields)


def full_board() -> Board:
    """One of everything, each with as much in it as there can be."""
    board = a_board(2, hard=True, fallback_text="…", provider="fake")
    concept = a_concept(board.project, attributes={"voice": {"pace": "slow"}})
    scene = Scene(id=new_id(), project_id=board.project.id, key="sc010", title="LAMP ROOM")
    shots = tuple(one.evolve(scene_id=scene.id, cast=("mira",), was="X") for one in board.shots)
    looks = (a_slot(concept, "mira_look"),)
    return board.evolve(
        scenes=(scene,), shots=shots, concepts=(concept,), slots=(*looks, *board.slots)
    )


# The transaction


def test_hints_then_news_follow_the_commit(database: Database) -> None:
    board = database.keep(a_board())
    with database.works() as work:
        job = a_job(board.slots[0])
        work.jobs.add(job, {board.slots[0].id: "basis"})
        assert database.diary.entries == []
        work.commit()
    assert database.diary.entries == ["hint", "news"]
    assert database.diary.hints == [(job.id, 0.0)]


def test_a_hint_is_sent_when_the_job_can_be_read_by_others(database: Database) -> None:
    board = database.keep(a_board())
    seen: list[JobState] = []

    def look(job_id: str) -> None:
        with database.works(reading=True) as work:
            found = work.jobs.get(job_id)
            seen.append(found.state if found else JobState.FAILED)

    with database.another_process(before=look)() as work:
        work.jobs.add(a_job(board.slots[0]), {board.slots[0].id: "basis"})
        work.commit()
    assert seen == [JobState.QUEUED]


def test_leaving_without_commit_undoes_everything(database: Database) -> None:
    board = database.keep(a_board())
    slot = board.slots[0]
    job = a_job(slot)
    with database.works() as work:
        work.jobs.add(job, {slot.id: "basis"})
        work.slots.set(slot.id, waits_for="look_not_approved")
        work.slots.touch(slot.id, "waits")
        work.events.add(an_event(board))
        work.dispatch("another")
    with database.works(reading=True) as work:
        assert work.jobs.get(job.id) is None
        assert work.slots.get(slot.id) == slot
        assert work.events.last_seq() == 0
    assert database.diary.entries == []


def test_an_error_undoes_everything_and_goes_on_to_the_caller(database: Database) -> None:
    board = database.keep(a_board())

    def stumble(work: UnitOfWork) -> None:
        work.slots.touch(board.slots[0].id, "seen")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.do(stumble)
    assert database.slot(board.slots[0]).version == 1
    assert database.diary.entries == []


def test_a_second_commit_does_not_send_the_first_ones_hints_again(database: Database) -> None:
    board = database.keep(a_board(2))
    with database.works() as work:
        work.slots.touch(board.slots[0].id, "one")
        work.commit()
        work.slots.touch(board.slots[1].id, "two")
        work.commit()
    assert [one.action for one in database.diary.events] == ["one", "two"]


def test_the_actor_is_named_in_every_event(database: Database) -> None:
    board = database.keep(a_board())
    with database.works(actor="mira") as work:
        work.slots.touch(board.slots[0].id, "picked")
        work.commit()
    assert [one.actor for one in database.diary.events] == ["mira"]


def test_a_reader_sees_one_moment_whatever_others_commit_meanwhile(database: Database) -> None:
    board = database.keep(a_board())
    slot = board.slots[0]
    with database.works(reading=True) as reader:
        first = reader.slots.get(slot.id)
        database.do(lambda work: work.slots.touch(slot.id, "seen"))
        assert reader.slots.get(slot.id) == first
        assert reader.events.last_seq() == 0
    assert database.slot(slot).version == 2


# Events


def test_what_was_published_is_what_the_table_keeps(database: Database) -> None:
    board = database.keep(a_board(3))
    with database.works(actor="mira") as work:
        for slot in board.slots:
            work.slots.touch(slot.id, "seen")
        work.events.add(an_event(board, action="paused", detail={"why": "lunch é"}))
        work.commit()
    with database.works(reading=True) as work:
        kept = work.events.after(0, project_id=board.project.id, limit=10)
        assert work.events.last_seq() == kept[-1].seq
        assert list(work.events.after(kept[1].seq or 0, project_id=None, limit=1)) == [kept[2]]
        assert [one.action for one in work.events.of_slot(board.slots[1].id, 5)] == ["seen"]
    assert list(kept) == database.diary.events
    assert [one.slot_id for one in kept] == [*(slot.id for slot in board.slots), None]


def test_numbers_grow_in_the_order_of_commits_with_many_writers(database: Database) -> None:
    boards = [database.keep(a_board(4)) for _ in range(2)]
    processes = [database.another_process() for _ in range(2)]
    held: list[int] = []

    def write(number: int) -> None:
        board = boards[number % 2]
        with processes[number % 2](actor=str(number)) as work:
            for slot in board.slots:
                work.slots.touch(slot.id, "seen")
            work.commit()

    def read(number: int) -> None:
        """A reader that goes by numbers never finds a lower one later."""
        board = boards[number % 2]
        with database.works(reading=True) as work:
            seen = [one.seq for one in work.events.after(0, project_id=board.project.id, limit=999)]
        with database.works(reading=True) as work:
            now = [one.seq for one in work.events.after(0, project_id=board.project.id, limit=999)]
        assert now[: len(seen)] == seen
        held.append(len(seen))

    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write, number) for number in range(40)]
        reading = [pool.submit(read, number) for number in range(40)]
        for one in (*writing, *reading):
            one.result()
    for board in boards:
        with database.works(reading=True) as work:
            events = work.events.after(0, project_id=board.project.id, limit=999)
        numbers = [one.seq or 0 for one in events]
        assert numbers == sorted(set(numbers))
        assert len(numbers) == 80
        for slot in board.slots:
            versions = [one.version for one in events if one.slot_id == slot.id]
            assert versions == list(range(2, 22))


# Boards


def test_a_board_comes_back_as_it_was_kept(database: Database) -> None:
    board = database.keep(full_board())
    with database.works(reading=True) as work:
        assert work.boards.load(board.project.id) == board
        assert work.boards.find(board.project.key) == board.project
        assert list(work.boards.projects()) == [board.project]
        assert work.boards.text(board.project.id) == "the script"
        assert work.boards.find("nothing") is None
        with pytest.raises(NotFound):
            work.boards.load("nothing")
        with pytest.raises(NotFound):
            work.boards.text(board.project.id, 7)


def test_two_productions_of_one_name_can_not_be(database: Database) -> None:
    board = database.keep(a_board())
    twin = a_board()
    twin = twin.evolve(project=twin.project.evolve(key=board.project.key))
    with database.works() as work, pytest.raises(Conflict, match="already"):
        work.boards.add(twin.project, twin, "")


def test_of_many_who_make_one_production_at_once_one_does(database: Database) -> None:
    def make(_: int) -> bool:
        board = a_board()
        board = board.evolve(project=board.project.evolve(key="lighthouse"))
        try:
            with database.another_process()() as work:
                work.boards.add(board.project, board, "")
                work.commit()
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(make, range(4))) == 1


def edited(board: Board) -> Board:
    """The board after an edit of the first shot and its slot, with one more of both."""
    project = board.project.evolve(revision=board.project.revision + 1)
    more = a_shot(project, 7)
    shots = (board.shots[0].evolve(content="Other words."), *board.shots[1:], more)
    changed = board.slots[0].evolve(basis="another basis", picked="what an edit never says")
    slots = (changed, *board.slots[1:], a_slot(more))
    return board.evolve(project=project, shots=shots, slots=slots)


def test_saving_writes_what_the_script_says_and_not_what_people_did(database: Database) -> None:
    board = database.keep(full_board())
    after = edited(board)
    database.do(lambda work: work.slots.set(board.slots[0].id, waits_for="look_not_approved"))
    database.do(lambda work: work.boards.save(board, after, "new text"))
    with database.works(reading=True) as work:
        now = work.boards.load(board.project.id)
        assert work.boards.text(board.project.id) == "new text"
        assert work.boards.text(board.project.id, 1) == "the script"
    kept = next(one for one in now.slots if one.id == board.slots[0].id)
    assert now.project == after.project
    assert {one.id: one for one in now.shots} == {one.id: one for one in after.shots}
    assert (kept.basis, kept.picked, kept.waits_for) == (
        "another basis",
        None,
        "look_not_approved",
    )


def test_of_two_edits_of_one_revision_the_second_is_refused(database: Database) -> None:
    board = database.keep(a_board())
    database.do(lambda work: work.boards.save(board, edited(board), "first"))
    with database.works() as work, pytest.raises(Conflict) as caught:
        work.boards.save(board, edited(board), "second")
    assert caught.value.code == "stale_revision"


def test_what_is_near_a_slot_is_its_owner_and_who_is_cast_there(database: Database) -> None:
    board = database.keep(full_board())
    look, frame, other = board.slots
    with database.works(reading=True) as work:
        near = work.boards.near([frame])
        assert (near.project, near.shots, near.concepts) == (
            board.project,
            board.shots[:1],
            board.concepts,
        )
        assert {one.id for one in near.slots} == {look.id, frame.id}
        assert work.boards.near([look]).shots == ()
        assert work.boards.near([look, other]).shots == board.shots[1:]


def test_clips_are_found_by_what_stands_beside_them(database: Database) -> None:
    board = a_board(2)
    clips = [a_slot(one, "clip", media_type=MediaType.VIDEO) for one in board.shots]
    gone = a_slot(board.shots[0], "gone", media_type=MediaType.VIDEO, removed=True)
    database.keep(board.evolve(slots=(*board.slots, *clips, gone)))
    with database.works(reading=True) as work:
        by_frame = work.slots.clips_beside([board.slots[0].id])
        both = work.slots.clips_beside([board.slots[0].id, clips[0].id, clips[1].id])
        assert work.slots.clips_beside([]) == []
    assert [one.id for one in by_frame] == [clips[0].id]
    assert {one.id for one in both} == {one.id for one in clips}


def test_what_a_clip_is_made_from_is_kept_with_slot_job_and_take(database: Database) -> None:
    board = database.keep(a_board())
    slot, frame = (
        board.slots[0],
        Input(
            name="frame",
            file=f"{'ab' * 32}.png",
            media_type=MediaType.IMAGE,
            kind=ProviderKind.FAKE,
        ),
    )
    job, tag = a_job(slot, inputs=(frame,)), a_tag(board.project.id)
    with database.works() as work:
        work.slots.set(slot.id, inputs={"frame": frame.sha256}, basis="with the frame")
        work.jobs.add(job, {slot.id: "with the frame"})
        work.media.add(tag)
        take = work.takes.add(a_take(slot, tag, inputs={"frame": frame.sha256}))
        work.commit()
    kept = database.slot(slot)
    assert (kept.inputs, kept.basis) == ({"frame": "ab" * 32}, "with the frame")
    with database.works(reading=True) as work:
        found, read = work.jobs.get(job.id), work.takes.get(take.id)
    assert found is not None
    assert read is not None
    assert (found.inputs, read.inputs) == ((frame,), {"frame": "ab" * 32})


def test_slots_that_wait_at_a_gate_are_found(database: Database) -> None:
    board = database.keep(full_board())
    waits = board.slots[1]
    database.do(lambda work: work.slots.set(waits.id, waits_for="look_not_approved"))
    with database.works(reading=True) as work:
        assert [one.id for one in work.slots.waiting(board.project.id)] == [waits.id]
        assert work.slots.waiting("another") == []


# A slot's state: CONTRACT.md section 5, line by line

Making = Callable[[UnitOfWork, Slot], object]


def start(work: UnitOfWork, slot: Slot, **fields: Any) -> Job:
    job = a_job(slot, reuse_key=new_id(), **fields)
    work.jobs.add(job, {slot.id: slot.basis})
    return job


def run(work: UnitOfWork, slot: Slot) -> Job:
    job = work.jobs.claim(start(work, slot).id, owner="worker")
    assert job is not None
    return job


def end(work: UnitOfWork, slot: Slot, state: JobState) -> None:
    work.jobs.move(run(work, slot), state, action=state.value)


def retrying(work: UnitOfWork, slot: Slot) -> None:
    later = BEGINNING + timedelta(days=300_000)
    job = run(work, slot)
    work.jobs.move(job, JobState.QUEUED, action="retries", began=False, deadline=None, run_at=later)


def take(work: UnitOfWork, slot: Slot, **fields: Any) -> None:
    tag = work.media.add(a_tag(slot.project_id))
    made = work.takes.add(a_take(slot, tag, **fields))
    if made.late and made.review_note == "pick":
        work.slots.set(slot.id, picked=made.id)
    work.slots.touch(slot.id, "took")


def wait(work: UnitOfWork, slot: Slot) -> None:
    work.slots.set(slot.id, waits_for="look_not_approved")
    work.slots.touch(slot.id, "waits")


def cancel(work: UnitOfWork, slot: Slot) -> None:
    work.jobs.request_cancel(start(work, slot).id)


def detach(work: UnitOfWork, slot: Slot) -> None:
    work.jobs.detach(run(work, slot), slot.id)


def block(work: UnitOfWork, slot: Slot) -> None:
    start(work, slot, state=JobState.BLOCKED, reason="no_provider")


def snoozing(work: UnitOfWork, slot: Slot) -> None:
    work.jobs.move(run(work, slot), JobState.QUEUED, action="waits", run_at=BEGINNING)


def succeed(work: UnitOfWork, slot: Slot) -> None:
    take(work, slot)
    end(work, slot, JobState.SUCCEEDED)


def fail(work: UnitOfWork, slot: Slot) -> None:
    end(work, slot, JobState.FAILED)


def late(work: UnitOfWork, slot: Slot) -> None:
    take(work, slot, late=True)
    end(work, slot, JobState.CANCELLED)


def late_but_picked(work: UnitOfWork, slot: Slot) -> None:
    take(work, slot, late=True, review_note="pick")


STATES: list[tuple[str, list[Making], str]] = [
    ("nothing was ever asked", [], "empty"),
    ("a job is queued", [start], "pending"),
    ("a worker has it", [run], "running"),
    ("the provider works on it, no worker does", [snoozing], "running"),
    ("it waits for another try", [retrying], "pending"),
    ("two jobs, one running", [start, run], "running"),
    ("a job is active and an earlier one failed", [fail, start], "pending"),
    ("a job is active and there is a take", [succeed, start], "pending"),
    ("a job is active and it waits at a gate", [wait, start], "pending"),
    ("it failed", [fail], "failed"),
    ("it was blocked", [block], "blocked"),
    ("it failed and the old picture stays", [succeed, fail], "failed"),
    ("it was blocked and the old picture stays", [succeed, block], "blocked"),
    ("a take came after the failure", [fail, take], "succeeded"),
    ("a take came after it was blocked", [block, take], "succeeded"),
    ("only a late take came after the failure", [fail, late], "cancelled"),
    ("a late take was picked after the failure", [fail, late_but_picked], "succeeded"),
    ("there is a take", [take], "succeeded"),
    ("a take, and another job cancelled", [take, cancel], "succeeded"),
    ("a take, and it waits at a gate", [take, wait], "succeeded"),
    ("it waits at a gate", [wait], "blocked"),
    ("it waits after a job was cancelled", [cancel, wait], "blocked"),
    ("it waits after a job failed", [fail, wait], "failed"),
    ("the job was cancelled", [cancel], "cancelled"),
    ("cancelled after a failure: the last one counts", [fail, cancel], "cancelled"),
    ("failed after a cancel: the last one counts", [cancel, fail], "failed"),
    ("a late take counts for nothing", [late], "cancelled"),
    ("a late take counts once picked", [late_but_picked], "succeeded"),
    ("cancelled out of a job that goes on", [detach], "cancelled"),
]


@pytest.mark.parametrize(("story", "happened", "state"), STATES, ids=[one[0] for one in STATES])
def test_a_slots_state_follows_the_contract(
    database: Database, story: str, happened: list[Making], state: str
) -> None:
    slot = database.keep(a_board()).slots[0]
    for act in happened:
        with database.works() as work:
            act(work, slot)
            work.commit()
    now = database.slot(slot)
    assert now.state == state
    assert now.version == 1 + len(happened)
    events = database.diary.events
    assert [one.version for one in events] == list(range(2, 2 + len(happened)))
    assert not events or (events[-1].state, events[-1].slot_id) == (state, slot.id)


def test_touching_a_slot_twice_in_one_commit_is_one_version_and_one_told_event(
    database: Database,
) -> None:
    """DESIGN.md, *The road of a shot*: every transition writes one row."""
    board = database.keep(a_board(2))
    with database.works() as work:
        work.slots.touch(board.slots[0].id, "first")
        work.slots.touch(board.slots[0].id, "second")
        work.commit()
    [event] = database.diary.events
    assert (event.action, event.version, event.shot) == ("second", 2, board.shots[0].code)
    assert database.slot(board.slots[1]).version == 1
    with database.works(reading=True) as work:
        told = work.events.after(0, project_id=board.project.id, limit=9)
        rows = work.events.after(0, project_id=None, limit=9)
        of_slot = work.events.of_slot(board.slots[0].id, 9)
    assert list(told) == [event]
    assert [(one.type, one.action, one.version) for one in rows] == [
        ("audit", "first", None),
        ("slot", "second", 2),
    ]
    assert [one.action for one in of_slot] == ["second", "first"]


def test_an_event_of_a_concepts_slot_names_no_shot(database: Database) -> None:
    board = database.keep(full_board())
    database.do(lambda work: work.slots.touch(board.slots[0].id, "seen"))
    assert [one.shot for one in database.diary.events] == [None]


def test_slots_are_found_by_their_owners(database: Database) -> None:
    board = database.keep(full_board())
    owners = [board.concepts[0].id, board.shots[1].id]
    with database.works(reading=True) as work:
        found = {one.id for one in work.slots.of_owners(owners)}
        assert found == {board.slots[0].id, board.slots[2].id}
        assert {one.id for one in work.slots.many(list(found))} == found
        assert work.slots.get("nothing") is None


# Takes


def test_takes_are_numbered_without_a_gap_whoever_adds_them(database: Database) -> None:
    board = database.keep(a_board())
    slot = board.slots[0]
    tag = database.do(lambda work: work.media.add(a_tag(board.project.id)))
    processes = [database.works, database.another_process()]

    def add(number: int) -> tuple[int, int]:
        with processes[number % 2]() as work:
            made = work.takes.add(a_take(slot, tag))
            work.slots.touch(slot.id, "took")
            if number % 5 == 0:
                return 0, 0  # given up: its number is given to the next
            work.commit()
            return made.number, made.slot_version

    with ThreadPoolExecutor(8) as pool:
        added = sorted(one for one in pool.map(add, range(30)) if one != (0, 0))
    assert [number for number, _ in added] == list(range(1, 25))
    assert [version for _, version in added] == list(range(2, 26))
    with database.works(reading=True) as work:
        takes = work.takes.of_slots([slot.id])
        assert [one.number for one in takes] == list(range(1, 25))
        assert list(work.takes.of_project(board.project.id)) == list(takes)
        assert work.takes.get(takes[3].id) == takes[3]
    assert database.slot(slot).takes == 24


def test_a_take_of_no_slot_is_not_found(database: Database) -> None:
    board = database.keep(a_board())
    nowhere = board.slots[0].evolve(id="nowhere")
    with database.works() as work, pytest.raises(NotFound):
        work.takes.add(a_take(nowhere, work.media.add(a_tag(board.project.id))))


def test_a_review_changes_nothing_else_of_a_take(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    database.do(lambda work: take(work, slot))
    with database.works() as work:
        [before] = work.takes.of_slots([slot.id])
        reviewed = before.evolve(review=Review.APPROVED, review_note="yes", review_basis="b")
        work.takes.review(reviewed.evolve(realised={"lost": True}))
        work.commit()
    with database.works(reading=True) as work:
        assert work.takes.get(before.id) == reviewed


# Answers and sessions


def test_an_answer_is_given_again_for_the_same_request(database: Database) -> None:
    with database.works() as work:
        assert work.keys.claim_request("key", "mark", "digest") is None
        with pytest.raises(Conflict) as running:
            work.keys.claim_request("key", "another mark", "digest")
        work.keys.keep_answer("key", "mark", 202, b"\x00answer")
        assert work.keys.claim_request("key", "more", "digest") == (202, b"\x00answer")
        with pytest.raises(Invalid) as other:
            work.keys.claim_request("key", "more", "another digest")
    assert running.value.code == "in_progress"
    assert other.value.code == "idempotency_key_reuse"


def claims_request(database: Database, mark: str) -> str:
    """How it goes: begun, or why not."""
    with database.works() as work:
        try:
            assert work.keys.claim_request("key", mark, "digest") is None
        except Conflict as refused:
            return refused.code
        work.commit()
        return "begun"


def test_a_request_that_was_refused_may_be_sent_again(database: Database) -> None:
    assert claims_request(database, "first") == "begun"
    database.do(lambda work: work.keys.drop_request("key", "first"))
    assert claims_request(database, "second") == "begun"


def test_a_request_that_was_cut_off_is_taken_over_and_can_not_commit_any_more(
    database: Database,
) -> None:
    assert claims_request(database, "first") == "begun"
    database.age_requests(seconds=61)
    assert claims_request(database, "second") == "begun"
    database.do(lambda work: work.keys.drop_request("key", "first"))
    with database.works() as work, pytest.raises(Conflict):
        work.keys.settle_request("key", "first")
    database.do(lambda work: work.keys.settle_request("key", "second"))


def test_what_was_requested_and_done_is_never_done_again_though_its_answer_is_lost(
    database: Database,
) -> None:
    assert claims_request(database, "first") == "begun"
    database.do(lambda work: work.keys.settle_request("key", "first"))
    database.do(lambda work: work.keys.drop_request("key", "first"))
    database.do(lambda work: work.keys.forget_requests())
    assert claims_request(database, "second") == "in_progress"
    database.age_requests(seconds=61)
    assert claims_request(database, "second") == "answer_lost"


def test_after_a_start_alone_what_was_cut_off_may_be_made_again_at_once(
    database: Database,
) -> None:
    assert claims_request(database, "first") == "begun"
    database.do(lambda work: work.keys.forget_requests())
    assert claims_request(database, "second") == "begun"


def test_what_answers_a_request_settles_it_in_the_same_commit(database: Database) -> None:
    assert claims_request(database, "first") == "begun"
    board = a_board()
    with answering(Request("key", "first")):
        with database.works(actor="mira") as work:
            work.boards.add(board.project, board, "the script")
        with database.works() as work:  # nobody's: of the machine itself
            work.commit()
        database.do(lambda work: work.keys.forget_requests())
        assert claims_request(database, "second") == "begun"
        with database.works(actor="mira") as work:
            work.boards.add(board.project, board, "the script")
            with pytest.raises(Conflict):
                work.commit()
    with answering(Request("key", "second")), database.works(actor="mira") as work:
        work.boards.add(board.project, board, "the script")
        work.commit()
    database.do(lambda work: work.keys.forget_requests())
    assert claims_request(database, "third") == "in_progress"


def test_of_many_that_send_one_request_at_once_one_is_served(database: Database) -> None:
    processes = [database.works, database.another_process()]
    together = Barrier(8)

    def send(number: int) -> bool:
        together.wait()
        try:
            with processes[number % 2]() as work:
                first = work.keys.claim_request("key", str(number), "digest") is None
                work.commit()
                return first
        except Conflict:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(16))) == 1


def test_a_session_is_known_until_it_is_dropped(database: Database) -> None:
    with database.works() as work:
        work.keys.add_session("digest", "mira", "artist")
        assert work.keys.session("digest") == ("mira", "artist")
        assert work.keys.session("another") is None
        work.keys.drop_session("digest")
        assert work.keys.session("digest") is None


def test_sessions_that_are_over_are_forgotten_and_no_other(database: Database) -> None:
    database.do(lambda work: work.keys.add_session("old", "mira", "artist"))
    database.elapse(20 * 24 * 3600)
    database.do(lambda work: work.keys.add_session("new", "mira", "artist"))
    database.elapse(11 * 24 * 3600)
    database.do(lambda work: work.keys.forget_sessions())
    with database.engine.connect() as connection:
        assert list(connection.scalars(sa.select(SESSION.c.digest))) == ["new"]
