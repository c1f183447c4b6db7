"""Planning, verb by verb: what satisfies a slot, in the fixed order of offers."""

from typing import Any

import pytest

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import MediaTag
from domain.story.board import Board, Policy, Slot, Source
from domain.work.blocking import Reason
from domain.work.job import Job, JobState
from domain.work.planning import (
    Decision,
    Inventory,
    Planner,
    Providers,
    in_script_order,
    keyed,
    looks_by_concept,
)
from domain.work.provider import Readiness
from domain.work.take import Review, Take
from tests.builders import a_board, a_concept, a_job, a_slot, a_spec, a_tag, takes_of
from tests.fakes import ScriptedProvider

FAKE = ScriptedProvider("fake", makes=[MediaType.IMAGE, MediaType.VOICE])
LOCAL = ScriptedProvider("local", kind=ProviderKind.LOCAL)
LIVE = ScriptedProvider("live", kind=ProviderKind.LIVE)
LIVE_TOO = ScriptedProvider("live too", kind=ProviderKind.LIVE)
NO_KEY = Readiness(reason=Reason.MISSING_CREDENTIALS, detail="Set LIVE_API_KEY.")


def providers(*found: ScriptedProvider, **readiness: Readiness) -> Providers:
    return Providers(
        all=found, readiness={one.name: readiness.get(one.name, Readiness()) for one in found}
    )


def decide(
    board: Board,
    *,
    takes: list[Take] | None = None,
    ended: Job | None = None,
    made: dict[str, MediaTag] | None = None,
    file: MediaTag | None = None,
    among: Providers | None = None,
    insisted: bool = False,
    slot: Slot | None = None,
) -> Decision:
    """What is planned for the board's last slot, or for ``slot``."""
    slot = slot or board.slots[-1]
    by_slot: dict[str, list[Take]] = {}
    for take in takes or ():
        by_slot.setdefault(take.slot_id, []).append(take)
    inventory = Inventory(
        board=board, takes=by_slot, active={}, ended={slot.id: ended} if ended else {}
    )
    planner = Planner(
        inventory,
        among or providers(FAKE, LIVE),
        made=lambda key: (made or {}).get(key, (made or {}).get("*")),
        file=lambda _: file,
    )
    return planner.decide(slot, insisted=insisted)


# The verbs


def test_what_is_current_is_kept() -> None:
    board = a_board()
    assert decide(board, takes=[*takes_of(board.slots[0], {})]).verb == "keep"


def test_a_stale_pick_with_a_take_of_today_beside_it_makes_nothing() -> None:
    board = a_board()
    takes = takes_of(board.slots[0], {"basis": "before"}, {})
    slot = board.slots[0].evolve(picked=takes[0].id)
    assert decide(board, takes=[*takes], slot=slot).verb == "use"


def test_what_is_missing_is_created_and_what_is_stale_is_made_again() -> None:
    board = a_board()
    created = decide(board)
    assert (created.verb, created.provider) == ("create", "fake")
    assert created.reuse_key
    assert created.seed is not None
    stale = takes_of(board.slots[0], {"basis": "before"})
    assert decide(board, takes=[*stale]).verb == "regenerate"


def test_a_late_take_satisfies_nothing() -> None:
    board = a_board()
    assert decide(board, takes=[*takes_of(board.slots[0], {"late": True})]).verb == "create"


def test_what_was_made_before_is_reused_before_anything_is_made() -> None:
    board = a_board()
    tag = a_tag(board.project.id)
    wanted = decide(board).reuse_key
    found = decide(board, made={wanted: tag})
    assert (found.verb, found.tag, found.reuse_key) == ("reuse", tag, wanted)


def test_a_slot_that_wants_its_own_is_never_served_from_elsewhere() -> None:
    board = a_board(policy=Policy.CREATE)
    assert decide(board, made={"*": a_tag(board.project.id)}).verb == "create"


def test_a_slot_that_takes_what_exists_makes_nothing() -> None:
    board = a_board(policy=Policy.EXISTING)
    missing = decide(board)
    assert (missing.verb, missing.reason) == ("blocked", Reason.SOURCE_MISSING)
    assert decide(board, made={"*": a_tag(board.project.id)}).verb == "reuse"


@pytest.mark.parametrize("source", [Source(path="assets/wind.ogg"), Source()])
def test_what_is_a_file_is_attached_or_said_to_be_missing(source: Source) -> None:
    board = a_board(source=source, adapted=None)
    tag = a_tag(board.project.id)
    assert decide(board, file=tag).tag == tag
    missing = decide(board)
    assert (missing.verb, missing.reason) == ("blocked", Reason.SOURCE_MISSING)
    assert (source.path or "frame") in missing.detail


# Providers


def test_fake_serves_only_where_it_is_named() -> None:
    unnamed = a_board(header={"providers": {}})
    assert decide(unnamed, among=providers(FAKE)).reason is Reason.NO_PROVIDER
    assert decide(unnamed, among=providers(FAKE, LIVE)).provider == "live"
    by_item = a_board(header={"providers": {}}, spec=a_spec(provider="fake"))
    assert decide(by_item, among=providers(FAKE, LIVE)).provider == "fake"


def test_the_first_that_is_ready_serves_who_names_none() -> None:
    board = a_board(header={"providers": {}})
    order = (LIVE, LIVE_TOO, LOCAL)
    assert decide(board, among=providers(*order)).provider == "live"
    assert decide(board, among=providers(*order, live=NO_KEY)).provider == "live too"
    none = decide(board, among=providers(LIVE, live=NO_KEY))
    assert (none.verb, none.reason, none.provider) == ("blocked", Reason.NO_PROVIDER, None)


def test_what_was_resolved_once_is_kept_when_another_becomes_ready() -> None:
    board = a_board(header={"providers": {}}, provider="local")
    assert decide(board, among=providers(LIVE, LOCAL)).provider == "local"


def test_an_items_own_provider_goes_before_the_projects_and_that_before_the_kept() -> None:
    board = a_board(provider="local")
    among = providers(FAKE, LIVE, LOCAL)
    assert decide(board, among=among).provider == "fake"
    own = a_board(provider="local", spec=a_spec(provider="live"))
    assert decide(own, among=among).provider == "live"


def test_a_named_provider_that_is_not_configured_is_said_by_name() -> None:
    missing = decide(a_board(header={"providers": {"image": "luma"}}))
    assert (missing.verb, missing.reason, missing.provider) == (
        "blocked",
        Reason.NO_PROVIDER,
        "luma",
    )
    assert "'luma'" in missing.detail


def test_a_named_provider_that_is_not_ready_blocks_with_its_own_words() -> None:
    board = a_board(header={"providers": {"image": "live"}})
    blocked = decide(board, among=providers(LIVE, live=NO_KEY))
    assert (blocked.reason, blocked.detail) == (Reason.MISSING_CREDENTIALS, "Set LIVE_API_KEY.")


def test_a_provider_that_does_not_make_this_is_no_provider_for_it() -> None:
    board = a_board(media_type=MediaType.MUSIC, header={"providers": {"music": "fake"}})
    assert decide(board).reason is Reason.NO_PROVIDER


def test_the_same_ask_has_the_same_seed_and_a_written_one_is_kept() -> None:
    board = a_board(2, basis="5a3e5a3e", spec=a_spec())
    first, second = (decide(board, slot=slot) for slot in board.slots)
    assert (first.seed, first.reuse_key) == (second.seed, second.reuse_key)
    assert decide(a_board(spec=a_spec(seed=0))).seed == 0


def test_fake_local_and_live_never_share_a_key() -> None:
    spec = a_spec()
    twins = [ScriptedProvider("one", kind=kind) for kind in ProviderKind]
    assert len({keyed(spec, twin, basis="5a3e5a3e")[1] for twin in twins}) == len(ProviderKind)


def test_every_further_take_has_a_seed_of_its_own() -> None:
    keys = {keyed(a_spec(), FAKE, basis="5a3e5a3e", further=number) for number in (None, 1, 2, 3)}
    assert len(keys) == 4


# What only Retry ends


@pytest.mark.parametrize(
    "reason", [Reason.INVALID_CREDENTIALS, Reason.QUOTA_EXHAUSTED, Reason.OUTCOME_UNKNOWN]
)
def test_what_only_retry_ends_is_not_asked_again_by_a_batch(reason: Reason) -> None:
    board = a_board()
    ended = a_job(board.slots[0], state=JobState.BLOCKED, reason=reason, error="Refused.")
    again = decide(board, ended=ended)
    assert (again.verb, again.reason, again.detail) == ("blocked", reason, "Refused.")
    assert decide(board, ended=ended, insisted=True).verb == "create"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": JobState.BLOCKED, "reason": Reason.MISSING_CREDENTIALS},
        {"state": JobState.BLOCKED, "reason": Reason.NO_PROVIDER},
        {"state": JobState.BLOCKED, "reason": Reason.QUOTA_EXHAUSTED, "provider": "another"},
        {"state": JobState.CANCELLED, "reason": Reason.QUOTA_EXHAUSTED},
        {"state": JobState.FAILED, "reason": Reason.TRANSIENT},
    ],
)
def test_what_the_settings_ended_is_asked_again(fields: dict[str, Any]) -> None:
    board = a_board()
    assert decide(board, ended=a_job(board.slots[0], **fields)).verb == "create"


# The look gate


def gated(
    *, look: str = "approved", kind: ProviderKind = ProviderKind.FAKE, **fields: Any
) -> tuple[Board, list[Take]]:
    """A shot with one in its cast, whose look has a take."""
    board = a_board(header={"gates": {"look": look}, "providers": {"image": "fake"}})
    mira = a_concept(board.project)
    look_slot = a_slot(mira, "mira_look")
    board = board.evolve(
        shots=(board.shots[0].evolve(cast=("mira",)),),
        concepts=(mira,),
        slots=(look_slot, *board.slots),
    )
    return board, [*takes_of(look_slot, {"kind": kind} | fields)]


def test_a_frame_waits_until_the_look_is_approved() -> None:
    board, takes = gated()
    waits = decide(board, takes=takes)
    assert (waits.verb, waits.reason) == ("wait", Reason.LOOK_NOT_APPROVED)
    assert "mira" in waits.detail
    assert decide(board).verb == "wait"


def test_an_approved_look_opens_the_gate_current_or_stale() -> None:
    for changed in (False, True):
        board, takes = gated(review=Review.APPROVED)
        takes = [one.evolve(basis="before") for one in takes] if changed else takes
        assert decide(board, takes=takes).verb == "create"


def test_without_the_gate_nothing_waits() -> None:
    board, takes = gated(look="none")
    assert decide(board, takes=takes).verb == "create"


def test_a_concept_without_a_look_asks_for_nothing() -> None:
    board, _ = gated()
    assert decide(board.evolve(slots=board.slots[1:])).verb == "create"
    gone = board.evolve(slots=(board.slots[0].evolve(removed=True), board.slots[1]))
    assert decide(gone).verb == "create"


def test_every_look_of_every_one_in_the_cast_must_be_approved() -> None:
    board, takes = gated(review=Review.APPROVED)
    second = a_slot(board.concepts[0], "mira_in_rain")
    board = board.evolve(slots=(second, *board.slots))
    assert decide(board, takes=takes).verb == "wait"
    both = [*takes, *takes_of(second, {"id": "another", "review": Review.APPROVED})]
    assert decide(board, takes=both).verb == "create"


def test_the_look_itself_never_waits_for_itself() -> None:
    board, _ = gated()
    assert decide(board, slot=board.slots[0]).verb == "create"


def test_a_voice_line_does_not_wait_for_a_look() -> None:
    board, _ = gated()
    line = a_slot(
        board.shots[0], "line", media_type=MediaType.VOICE, spec={"type": "tts", "text": "Hm."}
    )
    named = board.project.header.evolve(providers={MediaType.VOICE: "fake"})
    board = board.evolve(project=board.project.evolve(header=named))
    assert decide(board, slot=line).verb == "create"


def test_for_a_live_frame_a_fake_look_counts_as_none() -> None:
    board, fake = gated(review=Review.APPROVED)
    live = board.project.header.evolve(providers={MediaType.IMAGE: "live"})
    board = board.evolve(project=board.project.evolve(header=live))
    assert decide(board, takes=fake).verb == "wait"
    painted = [one.evolve(kind=ProviderKind.UPLOAD) for one in fake]
    assert decide(board, takes=painted).verb == "create"


def test_what_was_made_before_passes_a_closed_gate() -> None:
    board, takes = gated()
    assert decide(board, takes=takes, made={"*": a_tag(board.project.id)}).verb == "reuse"


# Order


def test_casting_comes_first_then_shots_in_order_and_nothing_that_is_gone() -> None:
    board, _ = gated()
    shots = a_board(3)
    turned = [one.evolve(position=2 - at) for at, one in enumerate(shots.shots)]
    slots = (*shots.slots, *board.slots[:1])
    slots = (slots[0].evolve(removed=True), *slots[1:])
    mixed = shots.evolve(shots=tuple(turned), concepts=board.concepts, slots=slots)
    ids = [one.id for one in in_script_order(mixed)]
    assert ids == [board.slots[0].id, shots.slots[2].id, shots.slots[1].id]
    assert list(looks_by_concept(mixed)) == ["mira"]
