"""The other slots of a card: problems first, one word, and the masks that draw them."""

import time

from ui.components.flag import FlagName
from ui.components.marks import MOST, drawing, marks_of, word_of
from ui.pages.gallery_fixtures import clip, music, shot, voice
from ui.pages.gallery_shots import every_flag
from ui.theme import stylesheet


def test_the_primary_slot_is_no_mark() -> None:
    assert marks_of(shot("SH0010", "Alone.", {})) == []


def test_a_problem_comes_first_and_says_its_word() -> None:
    marks = marks_of(shot("SH0010", "Three.", {}, clip(), music(state="blocked"), voice()))
    assert [mark.kind for mark in marks] == ["music", "clip", "voice"]
    assert word_of(marks) == "Blocked"
    assert marks[0].told == "Music: blocked"


def test_no_word_where_nothing_is_wrong() -> None:
    assert word_of(marks_of(shot("SH0010", "One.", {}, clip(state="running")))) is None


def test_only_as_many_as_there_is_room_for() -> None:
    many = [voice(id=f"v{index}") for index in range(9)]
    assert len(marks_of(shot("SH0010", "Many.", {}, *many))) == MOST


def test_each_mark_is_three_masks_and_a_problem_is_cut_out() -> None:
    drawn = drawing(marks_of(shot("SH0010", "Two.", {}, clip(state="failed"), voice())))
    assert drawn["mark-masks"] == (
        "var(--i-clip), var(--g-failed), var(--pill-loud), "
        "var(--i-voice), var(--g-empty), var(--pill-soft)"
    )
    assert drawn["mark-cuts"] == "exclude, exclude, add, add, add, add"
    assert drawn["mark-colours"] == "var(--m-failed) 0% 50%, var(--m-empty) 50% 100%"


def test_nothing_is_drawn_for_no_marks() -> None:
    assert drawing([])["mark-masks"] is None


def test_every_name_that_is_drawn_exists_in_the_theme() -> None:
    sheet = stylesheet()
    for name in FlagName:
        assert all(f"--{kind}-{name}:" in sheet for kind in ("g", "m", "cut"))
    kinds = {mark.kind for one in every_flag(time.time()) for mark in marks_of(one)}
    assert all(f"--i-{kind}:" in sheet for kind in kinds | {"frame", "data"})
