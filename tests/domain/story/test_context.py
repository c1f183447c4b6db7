from typing import Any

import pytest

from domain.media import hashing
from domain.story.board import Board, Camera, Slot
from domain.story.context import Stage, context_of, explain
from tests.domain.story.scripts import block, build, picture, slot

MIRA: dict[str, Any] = {
    "id": "mira",
    "type": "character",
    "content": "The keeper's\n  daughter.",
    "media": [picture("look")],
}
ROOM: dict[str, Any] = {"id": "lamp_room", "type": "location", "content": "round, cold"}


def board(**project: Any) -> Board:
    """One shot with its cast in its place."""
    shot = {"id": "A", "cast": ["mira"], "media": [picture()], "camera": {"size": "wide shot"}}
    return build(
        {
            "project": project,
            "concepts": [MIRA, ROOM, {"id": "inks", "type": "style", "content": "ink and wash"}],
            "scenes": [{"id": "s", "location": "lamp_room", "shots": [shot]}],
        }
    ).board


def prompt(one: Slot) -> str:
    assert one.adapted is not None
    return str(one.adapted["prompt"])


def test_a_shots_frame_is_drawn_in_its_context() -> None:
    assert prompt(slot(board(style="oil"), "s_A", "frame")) == (
        "a lamp. oil. mira: The keeper's daughter. lamp room: round, cold. wide shot"
    )


def test_the_style_may_be_a_concept() -> None:
    assert "inks: ink and wash" in prompt(slot(board(style="inks"), "s_A", "frame"))


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"appearance": {"description": "tall"}}, "mira: tall"),
        ({"appearance": "tall"}, "mira: tall"),
        ({"appearance": {"hair": "red"}}, "mira: The keeper's daughter."),
        ({}, "mira: The keeper's daughter."),
    ],
)
def test_a_look_is_the_appearance_else_the_content(attributes: dict[str, Any], words: str) -> None:
    script = {"concepts": [{**MIRA, "attributes": attributes}]}
    assert prompt(slot(build(script).board, "mira", "look")) == f"a lamp. {words}"


def test_a_concept_of_which_nothing_is_said_adds_nothing() -> None:
    script = {"concepts": [{"id": "m", "type": "prop"}], **block(cast=["m"], media=[picture()])}
    assert prompt(slot(build(script).board, "A", "frame")) == "a lamp"


@pytest.mark.parametrize(
    ("camera", "framing"),
    [
        (Camera(size="wide", angle="low"), "wide shot, low angle"),
        (Camera(size="close shot"), "close shot"),
        (Camera(angle="bird's-eye angle"), "bird's-eye angle"),
        (Camera(movement="tilt up"), ""),
    ],
)
def test_the_camera_is_put_in_words(camera: Camera, framing: str) -> None:
    drawn = board()
    shot = drawn.shots[0].evolve(camera=camera)
    assert context_of(shot, Stage.of(drawn)).framing == framing


@pytest.mark.parametrize(
    ("voice", "lent"),
    [
        ({"name": "onyx", "language": "en", "pace": 1.2, "age": 9}, {"voice": "onyx", "pace": 1.2}),
        ("alloy", {"voice": "alloy"}),
        ({"name": ["x"], "pace": True}, {}),
        (7, {}),
    ],
)
def test_a_voice_is_lent_by_a_concept(voice: object, lent: dict[str, Any]) -> None:
    line = {"media_id": "line", "media_spec": {"type": "tts", "text": "Hm.", "voice": "mira"}}
    script = {"concepts": [{**MIRA, "attributes": {"voice": voice}}], **block(media=[line])}
    adapted = slot(build(script).board, "A", "line").adapted
    assert adapted is not None
    assert {key: adapted.get(key) for key in ("voice", "pace") if key in adapted} == lent


def test_the_inspector_is_told_the_same_as_the_slot() -> None:
    drawn = board(style="oil")
    shot, one = drawn.shots[0], slot(drawn, "s_A", "frame")
    told = explain(one, shot, Stage.of(drawn))
    assert told.spec == one.adapted
    assert [step.source for step in told.steps] == [
        "project style",
        "cast: mira",
        "location: lamp_room",
        "camera",
        "project aspect",
        "project aspect",
    ]


def test_each_source_has_its_basis() -> None:
    items = [
        {"media_id": "path", "media_path": "a.png"},
        {"media_id": "data", "media_data": "aGVsbG8="},
        {"media_id": "alias"},
        picture("spec", media_spec={"type": "music", "prompt": "wind", "demo": "ok@2s"}),
    ]
    drawn = build(block(media=items)).board
    assert [one.basis for one in drawn.slots] == [
        hashing.path_basis("a.png"),
        hashing.data_basis(b"hello"),
        hashing.lookup_basis("alias"),
        hashing.spec_basis({"type": "music", "prompt": "wind"}),
    ]
