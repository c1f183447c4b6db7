"""What a role asks of a client: one table, which the documents repeat (R55)."""

import re
from pathlib import Path

import pytest

from domain.media.staging import ROLE_TYPES, MediaRole, MediaType
from domain.media.treatment import TREATMENTS, treatment_of

PAGE = (Path(__file__).parents[3] / "docs/playback.md").read_text(encoding="utf-8")


def test_every_role_has_its_treatment_r55() -> None:
    assert set(TREATMENTS) == set(MediaRole)


def test_a_picture_of_the_story_is_fetched_ahead_and_an_icon_when_needed_r55() -> None:
    frame = treatment_of("narrative_im", MediaType.IMAGE)
    icon = treatment_of("ui_icon", MediaType.IMAGE)
    assert (frame.layout, frame.preload) == ("frame", True)
    assert (icon.layout, icon.preload) == ("icon", False)


def test_music_loops_and_is_lowered_under_a_voice_r55() -> None:
    music = treatment_of("ambient_music", MediaType.MUSIC)
    voice = treatment_of("dialog_vo", MediaType.VOICE)
    assert (music.loop, music.duck) == (True, True)
    assert (voice.loop, voice.duck) == (False, False)


@pytest.mark.parametrize("role", ROLE_TYPES)
def test_what_is_heard_takes_no_room_and_what_is_seen_does_r55(role: str) -> None:
    found = treatment_of(role, ROLE_TYPES[role])
    assert (found.layout == "sound") == ROLE_TYPES[role].is_sound


def test_an_unknown_role_is_treated_by_what_its_media_is_r54_r55() -> None:
    assert treatment_of("tarot_card", MediaType.IMAGE) == TREATMENTS["media"]
    assert treatment_of("tarot_card", MediaType.VOICE).layout == "sound"
    assert treatment_of("media", MediaType.MUSIC).layout == "sound"


@pytest.mark.parametrize("role", MediaRole)
def test_the_documents_table_is_the_one_in_use_r55(role: MediaRole) -> None:
    [row] = re.findall(rf"^\| `{role}` \|(.*)\|$", PAGE, re.MULTILINE)
    layout, preload, loop, duck = (cell.strip() for cell in row.split("|"))
    told = TREATMENTS[role]
    yes = {True: "yes", False: ""}
    assert (layout.strip("`"), preload) == (told.layout, yes[told.preload])
    assert (loop, duck) == (yes[told.loop], yes[told.duck])
