"""What the words of a camera movement do to the window."""

from itertools import pairwise

import pytest

from jobs.film.moves import Move, Window, eased, read_move


def moved(words: str) -> tuple[float, float, float]:
    """How far the window goes to the right and down, and how much narrower it gets."""
    move = read_move(words)
    return (
        round(move.end.x - move.begin.x, 3),
        round(move.end.y - move.begin.y, 3),
        round(move.begin.width - move.end.width, 3),
    )


@pytest.mark.parametrize(
    ("words", "right", "down", "nearer"),
    [
        ("pan right", 1, 0, 0),
        ("slow pan left", -1, 0, 0),
        ("truck left", -1, 0, 0),
        ("whip pan right", 1, 0, 0),
        ("tracking", 1, 0, 0),
        ("tilt up", 0, -1, 0),
        ("Tilt Down", 0, 1, 0),
        ("pedestal up", 0, -1, 0),
        ("crane down", 0, 1, 0),
        ("push in", 0, 0, 1),
        ("slow push in", 0, 0, 1),
        ("dolly in", 0, 0, 1),
        ("zoom in", 0, 0, 1),
        ("pull out", 0, 0, -1),
        ("pull back", 0, 0, -1),
        ("dolly out", 0, 0, -1),
        ("zoom out", 0, 0, -1),
        ("pan left and push in", -1, 0, 1),
        ("rack focus", 0, 0, 1),
        ("", 0, 0, 1),
        ("static", 0, 0, 0),
        ("locked off", 0, 0, 0),
    ],
)
def test_a_movement_goes_where_its_words_say(
    words: str, right: int, down: int, nearer: int
) -> None:
    signs = tuple((value > 0) - (value < 0) for value in moved(words))
    assert signs == (right, down, nearer)


def test_slow_is_less_and_a_whip_is_more() -> None:
    slow, usual, whip = (moved(f"{word}pan right")[0] for word in ("slow ", "", "whip "))
    assert slow < usual < whip


@pytest.mark.parametrize("words", ["pan right", "tilt up", "handheld", "pull out", "crane up"])
def test_no_window_ever_leaves_the_picture(words: str) -> None:
    move = read_move(words)
    for step in range(101):
        seen = move.at(step / 100, step / 10)
        assert seen.width <= 1
        assert seen.x - seen.width / 2 + 0.02 >= 0
        assert seen.x + seen.width / 2 <= 1.02
        assert seen.y - seen.width / 2 + 0.02 >= 0


def test_it_begins_and_ends_at_rest_and_never_goes_back() -> None:
    along = [eased(step / 100) for step in range(101)]
    assert (along[0], along[-1]) == (0, 1)
    steps = [after - before for before, after in pairwise(along)]
    assert min(steps) > 0
    assert steps[0] < max(steps) / 10
    assert steps[-1] < max(steps) / 10


def test_a_hand_shakes_and_a_roll_turns() -> None:
    assert read_move("handheld").sway > 0
    assert not read_move("static").sway
    assert read_move("slow roll").begin.degrees == -read_move("slow roll").end.degrees != 0
    assert read_move("static").is_still
    assert Move(Window(), Window(width=0.9)).is_still is False
