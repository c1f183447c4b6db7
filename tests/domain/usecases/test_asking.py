"""What people ask: batches, further takes, retries, cancels, reviews, edits of the script."""

from typing import Any, get_args

import pytest

from domain.access import OWNER, Role, User
from domain.errors import Conflict, Forbidden, Invalid, NotFound
from domain.media.kind import ProviderKind
from domain.story.board import Board, Slot
from domain.usecases.generation import Further, Scope
from domain.work.blocking import Reason
from domain.work.job import JobState
from domain.work.provider import ProviderError, Readiness, Update
from domain.work.take import Review
from tests.builders import a_board, a_concept, a_slot
from tests.domain.usecases.conftest import OpenWorkshop
from tests.domain.usecases.workshop import Workshop
from tests.fakes import ScriptedProvider

STUMBLED = Update(phase="failed", reason=Reason.TRANSIENT, message="Oops.")
REFUSED = Update(phase="failed", reason=Reason.CONTENT_POLICY, message="Not this.")
VIEWER = User(name="guest", role=Role.VIEWER)


def a_script(*shots: str, providers: str = "{image: fake}") -> bytes:
    """Shots by name; ``A:words`` gives its picture another prompt."""
    header = f"project: {{id: lighthouse, providers: {providers}}}\nblocks:\n"
    lines = []
    for shot in shots:
        name, _, words = shot.partition(":")
        spec = f"{{type: stable_diffusion, prompt: 'picture {words or name}'}}"
        media = f"{{media_id: frame, media_role: narrative_im, media_spec: {spec}}}"
        lines.append(f"  - {{id: {name}, media: [{media}]}}\n")
    return (header + "".join(lines)).encode()


def board_of(workshop: Workshop) -> Board:
    with workshop.database.works(reading=True) as work:
        project = work.boards.find("lighthouse")
        assert project is not None
        return work.boards.load(project.id)


def slot_of(workshop: Workshop, code: str) -> Slot:
    board = board_of(workshop)
    [shot] = [one for one in board.shots if one.code == code]
    [slot] = [one for one in board.slots if one.owner_id == shot.id]
    return slot


def with_look(board: Board) -> Board:
    """The same with one in the cast of every shot, and a look of it."""
    mira = a_concept(board.project)
    shots = tuple(one.evolve(cast=("mira",)) for one in board.shots)
    look = a_slot(mira, "mira_look")
    return board.evolve(concepts=(mira,), shots=shots, slots=(look, *board.slots))


GATED: dict[str, Any] = {"gates": {"look": "approved"}}


# Batches


def test_planning_twice_changes_nothing_and_asking_twice_asks_once(workshop: Workshop) -> None:
    board = workshop.keep(a_board(3))
    plan = workshop.generation.plan(OWNER, board.project.key)
    assert plan == workshop.generation.plan(OWNER, board.project.key)
    assert list(plan.create) == [slot.id for slot in board.slots]
    assert workshop.database.diary.entries == []
    assert len(workshop.generate(board)) == 3
    versions = [workshop.slot(slot).version for slot in board.slots]
    for scope in get_args(Scope):
        assert workshop.generate(board, scope) == ()
    assert [workshop.slot(slot).version for slot in board.slots] == versions
    workshop.settle()
    done = workshop.generation.plan(OWNER, board.project.key, "all")
    assert (done.create, done.regenerate, done.reuse, done.blocked) == ((), (), (), ())


def test_planning_a_gate_or_a_block_twice_changes_nothing(open_workshop: OpenWorkshop) -> None:
    for header in (GATED, {"providers": {"image": "luma"}}):
        workshop = open_workshop()
        board = workshop.keep(with_look(a_board(2, header=header)))
        workshop.generate(board)
        workshop.settle()
        versions = [workshop.slot(slot).version for slot in board.slots]
        states = workshop.states()
        for _ in range(3):
            workshop.generate(board, "all")
        assert [workshop.slot(slot).version for slot in board.slots] == versions
        assert workshop.states() == states


def test_each_scope_takes_what_the_contract_says(workshop: Workshop) -> None:
    """Four shots: never made, stale, failed by a stumble, failed by a refusal."""
    workshop.productions.create(OWNER, a_script("A", "B", "C", "D"))
    board = board_of(workshop)
    by_code = {one.code: one.id for one in board.shots}
    ids = {code: slot_of(workshop, code).id for code in by_code}

    def make(code: str, *told: Update) -> None:
        workshop.provider.on_poll = [*told]
        workshop.generation.generate(OWNER, "lighthouse", shots=[code])
        workshop.settle()

    make("B")
    make("C", *[STUMBLED] * 5)
    make("D", REFUSED)
    workshop.productions.change(OWNER, "lighthouse", a_script("A", "B:new", "C", "D"))

    def planned(scope: Scope) -> set[str]:
        plan = workshop.generation.plan(OWNER, "lighthouse", scope)
        found = (*plan.create, *plan.regenerate, *plan.reuse)
        return {code for code, slot_id in ids.items() if slot_id in found}

    assert planned("missing") == {"A"}
    assert planned("stale") == {"B"}
    assert planned("failed") == {"C"}
    assert planned("all") == {"A", "B", "C"}


def test_a_failed_job_made_again_goes_on_where_its_theatre_was(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.provider.on_poll = [STUMBLED] * 5
    workshop.generate(board)
    workshop.settle()
    workshop.generate(board, "failed")
    workshop.settle()
    assert workshop.states() == [JobState.FAILED, JobState.SUCCEEDED]
    assert workshop.provider.attempts == [0, 1, 2, 3, 4, 5]
    assert workshop.jobs()[1].retry_of == workshop.jobs()[0].id


def test_a_provider_is_resolved_once_and_kept_with_the_slot(open_workshop: OpenWorkshop) -> None:
    first = ScriptedProvider("first", kind=ProviderKind.LOCAL)
    second = ScriptedProvider("second", kind=ProviderKind.LOCAL)
    first.readiness = Readiness(reason=Reason.MISSING_CREDENTIALS, detail="Set KEY.")
    workshop = open_workshop(first, second)
    board = workshop.keep(a_board(header={"providers": {}}))
    workshop.generate(board)
    workshop.settle()
    assert workshop.slot(board.slots[0]).provider == "second"
    first.readiness = Readiness()
    workshop.generation.generate_slot(OWNER, board.slots[0].id, Further())
    workshop.settle()
    assert (len(first.submitted), len(second.submitted)) == (0, 2)


def test_what_can_not_be_made_gets_a_blocked_job_that_says_why(workshop: Workshop) -> None:
    board = workshop.keep(a_board(header={"providers": {}}))
    workshop.generate(board)
    job = workshop.the_job()
    assert (job.state, job.reason, job.provider) == (JobState.BLOCKED, Reason.NO_PROVIDER, None)
    assert workshop.slot(board.slots[0]).state == "blocked"
    with pytest.raises(Conflict) as still:
        workshop.control.retry(OWNER, job.id)
    assert still.value.code == Reason.NO_PROVIDER


def test_media_made_before_is_reused_by_another_production(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.generate(board)
    workshop.settle()
    twin = a_slot(board.shots[0], "again", adapted=board.slots[0].adapted)
    twin = twin.evolve(basis=board.slots[0].basis)
    after = board.evolve(project=board.project.evolve(revision=2), slots=(*board.slots, twin))
    workshop.database.do(lambda work: work.boards.save(board, after, ""))
    asked = workshop.generation.generate(OWNER, board.project.key)
    assert asked.reused == (twin.id,)
    [take] = workshop.takes(twin)
    assert (take.origin, workshop.slot(twin).state) == ("reused", "succeeded")
    assert len(workshop.provider.submitted) == 1


def test_a_viewer_may_plan_and_not_generate(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.generation.plan(VIEWER, board.project.key)
    for act in (
        lambda: workshop.generation.generate(VIEWER, board.project.key),
        lambda: workshop.generation.generate_slot(VIEWER, board.slots[0].id, Further()),
        lambda: workshop.control.retry_failed(VIEWER, board.project.key),
        lambda: workshop.control.cancel_slot(VIEWER, board.slots[0].id),
    ):
        with pytest.raises(Forbidden):
            act()


def test_what_is_not_there_is_not_found(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    with pytest.raises(NotFound):
        workshop.generation.generate(OWNER, "nothing")
    with pytest.raises(NotFound):
        workshop.generation.generate(OWNER, board.project.key, shots=["nothing"])
    with pytest.raises(NotFound):
        workshop.control.retry(OWNER, "nothing")


# Further takes


def test_further_takes_stay_beside_the_old_ones_and_differ(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.generate(board)
    workshop.settle()
    jobs = workshop.generation.generate_slot(OWNER, board.slots[0].id, Further(count=3))
    assert len({job.spec["seed"] for job in jobs}) == 3
    workshop.settle()
    takes = workshop.takes(board.slots[0])
    assert [one.number for one in takes] == [1, 2, 3, 4]
    assert len({one.tag_id for one in takes}) == 4


def test_a_further_take_may_differ_in_what_a_person_says(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    wish = Further(prompt="a storm", seed=0, spec={"steps": 5})
    [job] = workshop.generation.generate_slot(OWNER, board.slots[0].id, wish)
    assert (job.spec["prompt"], job.spec["seed"], job.spec["steps"]) == ("a storm", 0, 5)
    workshop.settle()
    [take] = workshop.takes(board.slots[0])
    assert take.basis == board.slots[0].basis


@pytest.mark.parametrize("wish", [Further(count=0), Further(count=9), Further(spec={"steps": -1})])
def test_a_wish_that_can_not_be_is_refused(workshop: Workshop, wish: Further) -> None:
    board = workshop.keep(a_board())
    with pytest.raises(Invalid):
        workshop.generation.generate_slot(OWNER, board.slots[0].id, wish)
    assert workshop.jobs() == []


def test_a_wish_at_a_closed_gate_is_refused_with_its_reason(workshop: Workshop) -> None:
    board = workshop.keep(with_look(a_board(header=GATED)))
    with pytest.raises(Conflict) as waits:
        workshop.generation.generate_slot(OWNER, board.slots[1].id, Further())
    assert waits.value.code == Reason.LOOK_NOT_APPROVED


# Gates


def test_an_approval_frees_what_waited_in_the_same_transaction(workshop: Workshop) -> None:
    board = workshop.keep(with_look(a_board(2, header=GATED)))
    look, *frames = board.slots
    asked = workshop.generation.generate(OWNER, board.project.key)
    assert (len(asked.jobs), asked.waiting) == (1, tuple(one.id for one in frames))
    workshop.settle()
    assert [workshop.slot(one).state for one in frames] == ["blocked", "blocked"]
    workshop.reviewing.approve_shown(OWNER, look.id)
    assert [workshop.slot(one).state for one in frames] == ["pending", "pending"]
    assert [workshop.slot(one).waits_for for one in frames] == [None, None]
    workshop.settle()
    assert [workshop.slot(one).state for one in frames] == ["succeeded", "succeeded"]


def test_only_what_a_batch_asked_for_is_freed(workshop: Workshop) -> None:
    board = workshop.keep(with_look(a_board(2, header=GATED)))
    look, first, second = board.slots
    workshop.generation.generate(OWNER, board.project.key, slots=[look.id, first.id])
    workshop.settle()
    workshop.reviewing.approve_shown(OWNER, look.id)
    assert [workshop.slot(one).state for one in (first, second)] == ["pending", "empty"]


def test_what_waited_and_can_not_be_made_now_is_blocked_and_waits_no_more(
    workshop: Workshop,
) -> None:
    board = workshop.keep(with_look(a_board(header=GATED)))
    look, frame = board.slots
    workshop.generate(board)
    workshop.settle()
    workshop.provider.readiness = Readiness(reason=Reason.MISSING_CREDENTIALS, detail="Set KEY.")
    workshop.reviewing.approve_shown(OWNER, look.id)
    now = workshop.slot(frame)
    assert (now.state, now.ended_as, now.waits_for) == ("blocked", "blocked", None)


def test_a_wait_can_be_cancelled(workshop: Workshop) -> None:
    board = workshop.keep(with_look(a_board(header=GATED)))
    look, frame = board.slots
    workshop.generate(board)
    workshop.settle()
    assert workshop.control.cancel_slot(OWNER, frame.id) == []
    assert workshop.slot(frame).state == "empty"
    workshop.reviewing.approve_shown(OWNER, look.id)
    assert workshop.slot(frame).state == "empty"
    with pytest.raises(Conflict):
        workshop.control.cancel_slot(OWNER, frame.id)


# Blocked jobs


def test_a_blocked_job_ends_when_its_slot_is_served_another_way(
    open_workshop: OpenWorkshop,
) -> None:
    spent = ScriptedProvider("fake", kind=ProviderKind.LOCAL)
    other = ScriptedProvider("other", kind=ProviderKind.LOCAL)
    spent.on_submit = [ProviderError(Reason.QUOTA_EXHAUSTED, "Spent.")]
    workshop = open_workshop(spent, other)
    board = workshop.keep(a_board())
    workshop.generate(board)
    workshop.settle()
    assert workshop.states() == [JobState.BLOCKED]
    workshop.generation.generate_slot(OWNER, board.slots[0].id, Further(provider="other"))
    workshop.settle()
    assert workshop.states() == [JobState.CANCELLED, JobState.SUCCEEDED]
    assert workshop.slot(board.slots[0]).state == "succeeded"


def test_every_blocked_job_of_a_slot_ends_not_only_the_last(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.provider.on_submit = [ProviderError(Reason.QUOTA_EXHAUSTED, "Spent.")] * 2
    workshop.generation.generate_slot(OWNER, board.slots[0].id, Further(count=3))
    workshop.settle()
    assert sorted(workshop.states()) == [
        JobState.CANCELLED,
        JobState.CANCELLED,
        JobState.SUCCEEDED,
    ]


def test_a_retry_of_what_is_blocked_is_a_new_job_and_ends_the_old(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.provider.on_submit = [ProviderError(Reason.INVALID_CREDENTIALS, "Wrong key.")]
    workshop.generate(board)
    workshop.settle()
    [blocked] = workshop.jobs()
    again = workshop.control.retry(OWNER, blocked.id)
    assert again.retry_of == blocked.id
    workshop.settle()
    assert workshop.states() == [JobState.CANCELLED, JobState.SUCCEEDED]
    assert workshop.provider.attempts == [0, 1]
    with pytest.raises(Conflict):
        workshop.control.retry(OWNER, again.id)


# Retries


def test_retry_failed_takes_what_may_pass_and_leaves_refusals(workshop: Workshop) -> None:
    board = workshop.keep(a_board(2))
    workshop.provider.on_poll = [REFUSED, *[STUMBLED] * 5]
    for slot in board.slots:
        workshop.generation.generate(OWNER, board.project.key, slots=[slot.id])
        workshop.settle()
    refused, stumbled = workshop.jobs()
    retried = workshop.control.retry_failed(OWNER, board.project.key)
    assert (len(retried.jobs), retried.skipped) == (1, (refused.id,))
    workshop.settle()
    assert workshop.jobs()[-1].retry_of == stumbled.id
    nothing = workshop.control.retry_failed(OWNER, board.project.key)
    assert (nothing.jobs, nothing.skipped) == ((), (refused.id,))


@pytest.mark.parametrize("way", ["failed", "retry-failed"])
def test_a_further_take_that_failed_is_asked_again_though_the_slot_has_a_current_one(
    workshop: Workshop, way: str
) -> None:
    """CONTRACT.md 5, *Slot*, ``state``: the job that ended last failed, and no take came since."""
    board = workshop.keep(a_board())
    [slot] = board.slots
    workshop.generate(board)
    workshop.settle()
    workshop.provider.on_poll = [STUMBLED] * 5
    workshop.generation.generate_slot(OWNER, slot.id, Further(prompt="a storm"))
    workshop.settle()
    assert workshop.slot(slot).state == "failed"
    if way == "failed":
        assert workshop.generation.plan(OWNER, board.project.key, "failed").regenerate == (slot.id,)
        workshop.generate(board, "failed")
    else:
        workshop.control.retry_failed(OWNER, board.project.key)
    again = workshop.jobs()[-1]
    assert again.spec["prompt"] == "a storm"
    workshop.settle()
    assert [one.number for one in workshop.takes(slot)] == [1, 2]
    assert workshop.slot(slot).state == "succeeded"


def test_all_never_makes_again_what_is_current(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.generate(board)
    workshop.settle()
    workshop.provider.on_poll = [STUMBLED] * 5
    workshop.generation.generate_slot(OWNER, board.slots[0].id, Further(prompt="a storm"))
    workshop.settle()
    assert not workshop.generate(board, "all")


@pytest.mark.parametrize("way", ["failed", "retry-failed"])
def test_what_failed_and_was_served_or_removed_since_is_not_asked_again(
    workshop: Workshop, way: str
) -> None:
    workshop.productions.create(OWNER, a_script("A", "B", "C"))
    workshop.provider.on_poll = [STUMBLED] * 15
    workshop.generation.generate(OWNER, "lighthouse")
    workshop.settle()
    workshop.productions.change(OWNER, "lighthouse", a_script("B", "C"))
    workshop.generation.generate_slot(OWNER, slot_of(workshop, "B").id, Further(prompt="a calm"))
    workshop.settle()
    before = len(workshop.jobs())
    if way == "failed":
        workshop.generation.generate(OWNER, "lighthouse", "failed")
    else:
        workshop.control.retry_failed(OWNER, "lighthouse")
    [made] = workshop.jobs()[before:]
    assert made.spec["prompt"] == "picture C"


def test_a_retry_repeats_what_was_asked(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.provider.on_poll = [STUMBLED] * 5
    workshop.generation.generate_slot(OWNER, board.slots[0].id, Further(prompt="a storm"))
    workshop.settle()
    [failed] = workshop.jobs()
    again = workshop.control.retry(OWNER, failed.id)
    assert (again.spec, again.reuse_key) == (failed.spec, failed.reuse_key)


def test_a_retry_after_the_script_changed_takes_todays_spec(workshop: Workshop) -> None:
    workshop.productions.create(OWNER, a_script("A"))
    workshop.provider.on_poll = [STUMBLED] * 5
    workshop.generation.generate(OWNER, "lighthouse")
    workshop.settle()
    workshop.productions.change(OWNER, "lighthouse", a_script("A:storm"))
    again = workshop.control.retry(OWNER, workshop.jobs()[0].id)
    assert again.spec["prompt"] == "picture storm"
    workshop.settle()
    slot = slot_of(workshop, "A")
    assert [one.basis for one in workshop.takes(slot)] == [slot.basis]


# Cancelling


def test_cancelling_one_of_two_slots_leaves_the_job_to_the_other(workshop: Workshop) -> None:
    board = workshop.keep(
        a_board(2, basis="5a3e5a3e", spec={"type": "stable_diffusion", "prompt": "x"})
    )
    first = board.slots[0]
    [job_id] = workshop.generate(board)
    assert workshop.control.cancel_slot(OWNER, first.id) == [job_id]
    assert [workshop.slot(one).state for one in board.slots] == ["cancelled", "pending"]
    workshop.settle()
    assert [workshop.slot(one).state for one in board.slots] == ["cancelled", "succeeded"]
    assert workshop.takes(first) == []


def test_cancelling_the_last_slot_ends_the_job(workshop: Workshop) -> None:
    board = workshop.keep(
        a_board(2, basis="5a3e5a3e", spec={"type": "stable_diffusion", "prompt": "x"})
    )
    workshop.generate(board)
    for slot in board.slots:
        workshop.control.cancel_slot(OWNER, slot.id)
    assert workshop.states() == [JobState.CANCELLED]
    assert [workshop.slot(one).state for one in board.slots] == ["cancelled", "cancelled"]


# Reviews


def test_a_pick_shows_an_older_take_until_it_is_released(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.generate(board)
    workshop.settle()
    workshop.generation.generate_slot(OWNER, board.slots[0].id, Further())
    workshop.settle()
    first, second = workshop.takes(board.slots[0])
    assert workshop.viewing.slot(OWNER, board.slots[0].id).take == second.id
    workshop.reviewing.use(OWNER, first.id)
    view = workshop.viewing.slot(OWNER, board.slots[0].id)
    assert (view.take, view.picked, view.newer) == (first.id, first.id, second.id)
    with pytest.raises(Conflict):
        workshop.reviewing.release(OWNER, second.id)
    workshop.reviewing.release(OWNER, first.id)
    assert workshop.viewing.slot(OWNER, board.slots[0].id).take == second.id


def test_a_selection_picks_too_and_every_choice_is_a_version(workshop: Workshop) -> None:
    board = workshop.keep(a_board())
    workshop.generate(board)
    workshop.settle()
    [take] = workshop.takes(board.slots[0])
    before = workshop.slot(board.slots[0]).version
    workshop.reviewing.select(OWNER, take.id)
    workshop.reviewing.unselect(OWNER, take.id)
    workshop.reviewing.review(OWNER, take.id, Review.RETAKE, "darker")
    now = workshop.slot(board.slots[0])
    assert (now.picked, now.selected, now.version) == (take.id, None, before + 3)
    [reviewed] = workshop.takes(board.slots[0])
    assert (reviewed.review, reviewed.review_note) == (Review.RETAKE, "darker")
    assert reviewed.review_basis == now.basis


# Edits of the script


def test_an_edit_gives_each_changed_slot_a_version_and_an_event(workshop: Workshop) -> None:
    workshop.productions.create(OWNER, a_script("A", "B"))
    before = {code: slot_of(workshop, code).version for code in "AB"}
    workshop.database.diary.clear()
    workshop.productions.change(OWNER, "lighthouse", a_script("A", "B:storm", "C"))
    assert {code: slot_of(workshop, code).version for code in "AB"} == {
        "A": before["A"],
        "B": before["B"] + 1,
    }
    told = [(one.type, one.shot) for one in workshop.database.diary.events]
    assert told == [("slot", "B"), ("script", None)]


def test_an_edit_leaves_what_is_being_made_and_its_take_keeps_its_basis(
    workshop: Workshop,
) -> None:
    workshop.productions.create(OWNER, a_script("A"))
    asked = slot_of(workshop, "A").basis
    workshop.generation.generate(OWNER, "lighthouse")
    workshop.productions.change(OWNER, "lighthouse", a_script("A:storm"))
    workshop.settle()
    slot = slot_of(workshop, "A")
    assert [one.basis for one in workshop.takes(slot)] == [asked]
    view = workshop.viewing.slot(OWNER, slot.id)
    assert (view.state, view.currency) == ("succeeded", "stale")


def test_a_blocked_ask_of_a_slot_that_is_gone_ends(workshop: Workshop) -> None:
    workshop.productions.create(OWNER, a_script("A", "B", providers="{image: luma}"))
    workshop.generation.generate(OWNER, "lighthouse")
    assert workshop.states() == [JobState.BLOCKED, JobState.BLOCKED]
    workshop.productions.change(OWNER, "lighthouse", a_script("A", providers="{image: luma}"))
    assert sorted(workshop.states()) == [JobState.BLOCKED, JobState.CANCELLED]


def test_a_provider_that_is_named_no_more_is_let_go(workshop: Workshop) -> None:
    workshop.productions.create(OWNER, a_script("A"))
    workshop.generation.generate(OWNER, "lighthouse")
    workshop.settle()
    assert slot_of(workshop, "A").provider == "fake"
    workshop.productions.change(OWNER, "lighthouse", a_script("A:storm", providers="{}"))
    assert slot_of(workshop, "A").provider is None
    plan = workshop.generation.plan(OWNER, "lighthouse", "stale")
    assert [one.reason for one in plan.blocked] == [Reason.NO_PROVIDER]


def test_a_shot_that_comes_back_has_its_take(workshop: Workshop) -> None:
    workshop.productions.create(OWNER, a_script("A", "B"))
    workshop.generation.generate(OWNER, "lighthouse")
    workshop.settle()
    made = slot_of(workshop, "B")
    workshop.productions.change(OWNER, "lighthouse", a_script("A"))
    workshop.productions.change(OWNER, "lighthouse", a_script("A", "B"))
    back = slot_of(workshop, "B")
    assert (back.id, back.state, back.takes) == (made.id, "succeeded", 1)
    assert back.version == made.version + 2


def test_the_same_script_again_changes_no_slot(workshop: Workshop) -> None:
    workshop.productions.create(OWNER, a_script("A", "B"))
    before = board_of(workshop)
    workshop.productions.change(OWNER, "lighthouse", a_script("A", "B"))
    assert board_of(workshop).slots == before.slots
