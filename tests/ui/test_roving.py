"""Arrow keys walk a strip of scenes as the eye sees it."""

import pytest

from ui.components.roving import neighbour

SCENES = [["a1", "a2", "a3", "a4", "a5"], ["b1", "b2"], [], ["c1", "c2", "c3", "c4"]]


@pytest.mark.parametrize(
    ("code", "key", "target"),
    [
        ("a1", "ArrowRight", "a2"),
        ("a5", "ArrowRight", "b1"),
        ("b1", "ArrowLeft", "a5"),
        ("a1", "ArrowLeft", None),
        ("c4", "ArrowRight", None),
        ("a1", "ArrowDown", "a4"),  # three columns
        ("a3", "ArrowDown", "a5"),  # the row below is shorter
        ("a4", "ArrowDown", "b1"),
        ("b2", "ArrowDown", "c2"),
        ("c4", "ArrowDown", None),
        ("c1", "ArrowUp", "b1"),
        ("c3", "ArrowUp", "b2"),
        ("b1", "ArrowUp", "a4"),
        ("a4", "ArrowUp", "a1"),
        ("a2", "ArrowUp", None),
        ("b2", "Home", "a1"),
        ("b2", "End", "c4"),
        ("gone", "ArrowDown", "a1"),
    ],
)
def test_a_key_leads_to_the_card_the_eye_expects(code: str, key: str, target: str | None) -> None:
    assert neighbour(SCENES, code, key, columns=3) == target


def test_an_empty_strip_leads_nowhere() -> None:
    assert neighbour([[]], "a1", "ArrowDown", columns=3) is None
