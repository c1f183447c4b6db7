from typing import Any

import pytest

from domain.story.board import Board
from domain.story.identity import Assembled, assemble
from tests.domain.story.scripts import block, build, good, new_id, picture, slot

MIRA: dict[str, Any] = {
    "id": "mira",
    "type": "character",
    "content": "The keeper's daughter.",
    "media": [picture("look")],
}


def shots(*keys: str, **fields: Any) -> dict[str, Any]:
    """A scene of shots, each with a picture."""
    listed = [{"id": key, "media": [picture()], **fields} for key in keys]
    return {"scenes": [{"id": "s", "shots": listed}]}


def with_takes(board: Board, owner: str, media_id: str, **fields: Any) -> Board:
    """The board after people and jobs did something to a slot."""
    touched = slot(board, owner, media_id)
    return board.evolve(
        slots=tuple(one.evolve(**fields) if one.id == touched.id else one for one in board.slots)
    )


def edited(before: Board, script: dict[str, Any]) -> Assembled:
    return build(script, before)


def test_the_first_script_adds_everything() -> None:
    first = build({"concepts": [MIRA], **shots("A", "B")})
    assert first.changes.added == ("mira", "s_A", "s_B")
    assert [one.position for one in first.board.shots] == [0, 1]
    assert first.board.project.key == "script"


def test_the_same_script_again_changes_nothing_at_all() -> None:
    script = {"concepts": [MIRA], **shots("A", "B", cast=["mira"])}
    first = build(script).board
    again = build(script, first)
    assert again.board == first
    assert again.changes.model_dump() == {
        "added": (),
        "changed": (),
        "moved": (),
        "removed": (),
        "kept_takes": 0,
    }
    assert all(one is other for one, other in zip(again.board.slots, first.slots, strict=True))


def test_a_board_that_was_stored_and_loaded_is_the_same_board() -> None:
    script = {"concepts": [MIRA], **shots("A", cast=["mira"], camera={"size": "wide"})}
    first = build(script).board
    stored = Board.model_validate_json(first.model_dump_json())
    again = build(script, stored)
    assert again.board == first
    assert not again.changes.changed


def test_a_shot_pushed_down_by_an_insertion_is_not_moved() -> None:
    first = build(shots("A", "B", "C", "D"))
    assert build(shots("A", "X", "B", "C", "D"), first.board).changes.model_dump(
        exclude={"kept_takes"}
    ) == {"added": ("s_X",), "changed": (), "moved": (), "removed": ()}


def test_only_the_shot_that_was_carried_is_moved() -> None:
    first = build(shots("A", "B", "C", "D"))
    assert build(shots("D", "A", "B", "C"), first.board).changes.moved == ("s_D",)
    assert build(shots("B", "C", "D", "A"), first.board).changes.moved == ("s_A",)


def test_another_scene_is_a_move_and_a_renamed_scene_too() -> None:
    first = build({"scenes": [{"id": "s", "shots": [{"id": "A"}, {"id": "B"}]}, {"id": "t"}]})
    script = {"scenes": [{"id": "s", "shots": [{"id": "A"}]}, {"id": "t", "shots": [{"id": "B"}]}]}
    assert build(script, first.board).changes.moved == ("t_B",)


def test_own_text_is_changed_and_context_is_not() -> None:
    first = build({"concepts": [MIRA], **shots("A", "B", cast=["mira"])})
    look = {**MIRA, "content": "Older now."}
    changes = build({"concepts": [look], **shots("A", "B", cast=["mira"])}, first.board).changes
    assert changes.changed == ("mira",)


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "x"},
        {"title": "x"},
        {"duration": "2s"},
        {"camera": {"size": "wide"}},
        {"cast": ["mira"]},
        {"dialogue": ["x"]},
        {"choices": [{"text": "x"}]},
        {"media": []},
        {"media": [picture(title="x")]},
        {"media": [picture(media_role="ui_icon")]},
        {"media": [picture(staging_hints={"loop": True})]},
        {"media": [picture(), picture("second")]},
    ],
)
def test_any_word_of_a_shot_changes_it(fields: dict[str, Any]) -> None:
    base = {"concepts": [MIRA]}
    first = build({**base, **block(media=[picture()])})
    assert build(
        {**base, **block(**{"media": [picture()], **fields})}, first.board
    ).changes.changed == ("A",)


def test_a_shot_named_in_two_lists_is_named_once() -> None:
    first = build(shots("A", "B", "C"))
    script = shots("C", "A", "B")
    script["scenes"][0]["shots"][0]["content"] = "x"
    changes = build(script, first.board).changes
    assert (changes.changed, changes.moved) == (("s_C",), ())


def test_a_choice_whose_target_was_renamed_is_no_change_of_its_shot() -> None:
    first = build(block(choices=[{"text": "stay", "to": "A"}]))
    script = {
        "scenes": [{"id": "s", "shots": block(choices=[{"text": "stay", "to": "A"}])["blocks"]}]
    }
    assert build(script, first.board).changes.moved == ("s_A",)


def test_another_frame_rate_is_no_change_of_a_duration() -> None:
    first = build({"project": {"fps": 24}, **shots("A", duration="4.5s")})
    again = build({"project": {"fps": "30000/1001"}, **shots("A", duration="4.5s")}, first.board)
    assert again.board.shots[0].duration == 135
    assert again.changes.changed == ()


def test_what_people_and_jobs_did_is_kept_when_the_item_changes() -> None:
    first = build(shots("A")).board
    done = {"takes": 3, "picked": "t2", "selected": "t1", "ended_job_id": "j", "waits_for": "w"}
    used = with_takes(first, "s_A", "frame", **done, version=9, provider="openai")
    script = shots("A")
    script["scenes"][0]["shots"][0]["media"][0]["media_spec"]["prompt"] = "a brighter lamp"
    result = build(script, used)
    now = slot(result.board, "s_A", "frame")
    before = slot(used, "s_A", "frame")
    assert {name: getattr(now, name) for name in done} == done
    assert (now.id, now.version, now.provider) == (before.id, 10, "openai")
    assert now.basis != before.basis
    assert result.changes.kept_takes == 3


def test_a_slot_that_left_stays_and_comes_back_with_its_takes() -> None:
    first = with_takes(build(shots("A", "B")).board, "s_A", "frame", takes=2, waits_for="x")
    gone = build(shots("B"), first)
    assert gone.changes.removed == ("s_A",)
    assert gone.changes.kept_takes == 0
    [removed] = [one for one in gone.board.slots if one.removed]
    assert (removed.takes, removed.waits_for, removed.version) == (2, None, 2)
    back = build(shots("A", "B"), gone.board)
    assert slot(back.board, "s_A", "frame") == removed.evolve(removed=False, version=3)
    assert back.changes.added == ("s_A",)
    assert back.changes.kept_takes == 2


def test_a_scene_and_a_concept_come_back_too() -> None:
    script = {"concepts": [MIRA], **shots("A")}
    first = build(script).board
    gone = build({"blocks": [{"id": "Z"}]}, first)
    assert gone.changes.removed == ("mira", "s_A")
    back = build(script, gone.board).board
    assert [one.id for one in back.scenes if not one.removed] == [first.scenes[0].id]
    assert [one.id for one in back.concepts] == [first.concepts[0].id]


def test_a_slot_of_a_new_name_is_a_new_slot() -> None:
    first = build(block(media=[picture("frame")])).board
    now = build(block(media=[picture("still")]), first).board
    assert slot(now, "A", "still").id != first.slots[0].id


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"style": "ink"}, {"style": "oil"}),
        ({"aspect": "16:9"}, {"aspect": "1:1"}),
    ],
)
def test_a_change_of_the_header_makes_slots_stale_and_changes_no_shot(
    before: dict[str, str], now: dict[str, str]
) -> None:
    first = build({"project": before, **shots("A")})
    again = build({"project": now, **shots("A")}, first.board)
    old, new = slot(first.board, "s_A", "frame"), slot(again.board, "s_A", "frame")
    assert (new.basis != old.basis, new.version) == (True, old.version + 1)
    assert again.changes.changed == ()


def test_a_title_or_a_gate_makes_nothing_stale() -> None:
    first = build({"project": {"title": "One"}, **shots("A")})
    again = build(
        {"project": {"title": "Two", "gates": {"look": "approved"}}, **shots("A")}, first.board
    )
    assert again.board.slots == first.board.slots
    assert again.board.project.header.title == "Two"


def test_a_shots_new_code_is_a_change_its_slots_show() -> None:
    first = build(shots("A")).board
    renamed = shots("B")
    renamed["scenes"][0]["shots"][0]["was"] = "A"
    result = build(renamed, first)
    assert slot(result.board, "s_B", "frame").version == 2
    assert result.changes.changed == ("s_B",)


def test_a_provider_is_resolved_anew_only_where_another_is_named() -> None:
    named = {"project": {"providers": {"image": "openai"}}, **shots("A")}
    used = with_takes(build(named).board, "s_A", "frame", provider="openai")
    assert slot(build(named, used).board, "s_A", "frame").provider == "openai"
    other = {"project": {"providers": {"image": "fal"}}, **shots("A")}
    assert slot(build(other, used).board, "s_A", "frame").provider is None


def test_the_project_keeps_its_key_and_its_revision() -> None:
    first = build({"project": {"id": "one"}, **shots("A")}).board
    used = first.evolve(project=first.project.evolve(revision=7, paused=True))
    project = build({"project": {"id": "two"}, **shots("A")}, used).board.project
    assert (project.id, project.key, project.revision, project.paused) == (
        first.project.id,
        "one",
        7,
        True,
    )


def test_top_level_blocks_stand_in_a_scene_without_a_key() -> None:
    board = build(block()).board
    assert [(one.key, one.id == board.shots[0].scene_id) for one in board.scenes] == [("", True)]


def test_the_adaptation_is_asked_for_every_slot() -> None:
    script = good(shots("A", "B"))
    board = assemble(script, None, new_id, lambda *_: (None, "same")).board
    assert [(one.adapted, one.basis) for one in board.slots] == [(None, "same")] * 2
