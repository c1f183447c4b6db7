"""Which shot is which after an edit; each shot's content tells its story here."""

from typing import Any

import pytest

from domain.story.board import Board
from tests.domain.story.scripts import build, picture

Scenes = dict[str, list[str]]
"""Shots of each scene; ``B<A`` is shot B with ``was: A``."""


def script(scenes: Scenes) -> dict[str, Any]:
    return {
        "scenes": [
            {"id": scene, "shots": [_shot(word) for word in words]}
            for scene, words in scenes.items()
        ]
    }


def _shot(word: str) -> dict[str, Any]:
    key, _, was = word.partition("<")
    return {"id": key, "media": [picture()], **({"was": was} if was else {})}


def ids(board: Board) -> dict[str, str]:
    """Ids of the live shots by code."""
    return {shot.code: shot.id for shot in board.shots if not shot.removed}


def after(*edits: Scenes) -> tuple[dict[str, str], dict[str, str]]:
    """Ids before the last edit and after it."""
    board: Board | None = None
    before: dict[str, str] = {}
    for edit in edits:
        before = ids(board) if board is not None else {}
        board = build(script(edit), board).board
    assert board is not None
    return before, ids(board)


@pytest.mark.parametrize(
    ("edits", "old", "new"),
    [
        # the same place
        ([{"s": ["A", "B"]}, {"s": ["B", "A"]}], "s_A", "s_A"),
        # was, in its own scene or by code
        ([{"s": ["A"]}, {"s": ["B<A"]}], "s_A", "s_B"),
        ([{"s": ["A"], "t": ["X"]}, {"s": [], "t": ["X", "B<s_A"]}], "s_A", "t_B"),
        # a chain and a swap of names
        ([{"s": ["A", "B"]}, {"s": ["B<A", "C<B"]}], "s_A", "s_B"),
        ([{"s": ["A", "B"]}, {"s": ["B<A", "C<B"]}], "s_B", "s_C"),
        ([{"s": ["A", "B"]}, {"s": ["B<A", "A<B"]}], "s_A", "s_B"),
        ([{"s": ["A", "B"]}, {"s": ["B<A", "A<B"]}], "s_B", "s_A"),
        # was counts before the place: B was deleted, and A took its name
        ([{"s": ["A", "B"]}, {"s": ["B<A"]}], "s_A", "s_B"),
        # was names a shot that is still there: it does not count
        ([{"s": ["A", "B"]}, {"s": ["A", "B<A"]}], "s_B", "s_B"),
        ([{"s": ["A"]}, {"s": ["A", "B<A"]}], "s_A", "s_A"),
        # a chain that ends at a shot that is still there does not count either
        ([{"s": ["A", "B"]}, {"s": ["A", "B<A", "C<B"]}], "s_B", "s_B"),
        # vanished from exactly one scene
        ([{"s": ["A", "B"], "t": ["C"]}, {"s": ["B"], "t": ["C", "A"]}], "s_A", "t_A"),
        ([{"s": ["A", "B"]}, {"u": ["A", "B"]}], "s_A", "u_A"),
    ],
)
def test_a_shot_keeps_its_identity(edits: list[Scenes], old: str, new: str) -> None:
    before, now = after(*edits)
    assert now[new] == before[old]


@pytest.mark.parametrize(
    ("edits", "new"),
    [
        ([{"s": ["A"]}, {"s": ["B"]}], "s_B"),
        ([{"s": ["A"]}, {"s": ["A", "B<A"]}], "s_B"),
        ([{"s": ["A"], "t": ["A"]}, {"u": ["A"]}], "u_A"),
        ([{"s": ["A"]}, {"s": ["A"], "t": ["A"]}], "t_A"),
    ],
)
def test_a_shot_is_new(edits: list[Scenes], new: str) -> None:
    before, now = after(*edits)
    assert now[new] not in before.values()


@pytest.mark.parametrize(
    "edit",
    [
        {"s": ["B<A"]},
        {"s": ["B<A", "A<B"]},
        {"s": ["B<A", "C<B"]},
        {"s": ["C<B", "A<C", "B<A"]},
    ],
)
def test_a_was_left_standing_is_harmless(edit: Scenes) -> None:
    before, now = after({"s": ["A", "B", "C"]}, edit, edit)
    assert now == before


def test_a_was_left_standing_stays_harmless_when_the_old_name_comes_and_goes() -> None:
    renamed = {"s": ["B<A"]}
    before, now = after({"s": ["A"]}, renamed, {"s": ["A", "B<A"]}, renamed)
    assert now["s_B"] == before["s_B"]


def test_a_was_left_standing_is_harmless_while_its_shot_is_carried() -> None:
    moved = {"t": ["B<s_A"], "u": ["X"]}
    before, now = after(
        {"s": ["A"], "t": [], "u": ["X"]}, moved, {"s": ["A"], **moved}, {"u": ["X", "B<s_A"]}
    )
    assert now["u_B"] == before["t_B"]


def test_a_rename_repeated_after_going_back_counts_again() -> None:
    before, now = after({"s": ["A"]}, {"s": ["B<A"]}, {"s": ["A"]}, {"s": ["B<A"]})
    assert now["s_B"] == before["s_A"]


def test_a_removed_shot_comes_back() -> None:
    first = build(script({"s": ["A", "B"]})).board
    without = build(script({"s": ["B"]}), first).board
    back = build(script({"s": ["A", "B"]}), without).board
    assert ids(back) == ids(first)
    renamed = build(script({"s": ["C<A", "B"]}), without).board
    assert ids(renamed)["s_C"] == ids(first)["s_A"]


def test_a_removed_shot_is_not_taken_for_a_new_one_elsewhere() -> None:
    first = build(script({"s": ["A"], "t": ["X"]})).board
    without = build(script({"t": ["X"]}), first).board
    later = build(script({"t": ["X"], "u": ["A"]}), without).board
    assert ids(later)["u_A"] != ids(first)["s_A"]


def test_two_shots_that_were_one_share_nothing() -> None:
    before, now = after({"s": ["A"]}, {"s": ["B<A", "C<A"]})
    assert now["s_B"] == before["s_A"]
    assert now["s_C"] not in before.values()


def test_blocks_may_move_into_a_scene() -> None:
    first = build({"blocks": [{"id": "A"}, {"id": "B"}]}).board
    moved = build(
        {"scenes": [{"id": "s", "blocks": [{"id": "A"}]}], "blocks": [{"id": "B"}]}, first
    )
    assert ids(moved.board)["s_A"] == ids(first)["A"]
    assert moved.changes.moved == ("s_A",)
