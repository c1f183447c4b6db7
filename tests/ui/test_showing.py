"""Fragments on a stage: hints first, then what the role asks for (R55)."""

from typing import Any

import pytest

from domain.media.kind import ProviderKind
from domain.media.staging import ROLE_TYPES, MediaType
from domain.media.treatment import treatment_of
from domain.story.fragments import ChoiceFragment, ProseFragment
from domain.work.state import Absent, Delivered, ShotStep, State
from ui.components.flag_name import FlagName
from ui.components.showing import UNTOLD_S, Showing, showing_of

CODE = "sc010_SH0010"


def medium(name: str, role: str = "narrative_im", **fields: Any) -> Delivered:
    media_type = fields.pop("media_type", ROLE_TYPES.get(role, MediaType.IMAGE))
    return Delivered(
        **{
            "media_id": name,
            "media_role": role,
            "media_type": media_type,
            "mime_type": "x/y",
            "width": 160,
            "height": 90,
            "duration": None,
            "staging_hints": {},
            "treatment": treatment_of(role, media_type),
            "source_id": CODE,
            "source_label": CODE,
            "provider_kind": ProviderKind.LIVE,
            "is_current": True,
            "url": f"/media/{name}",
            **fields,
        }
    )


def prose(text: str, speaker: str | None = None, source: str = CODE) -> ProseFragment:
    return ProseFragment(content=text, speaker=speaker, source_id=source, source_label=source)


def showing(*fragments: Any, seconds: float | None = 4.0, **fields: Any) -> Showing:
    shot = ShotStep(code=CODE, title="", scene="sc010", seconds=seconds, viable=True, reason=None)
    return showing_of(
        State(
            **{
                "cursor": CODE,
                "shot": shot,
                "fragments": fragments,
                "choices": (),
                "missing": (),
                "previous": None,
                "next": "NEXT",
                **fields,
            }
        )
    )


def staged(*fragments: Any) -> dict[str, str]:
    return {one.address.rpartition("/")[2]: one.placement for one in showing(*fragments).layers}


def test_the_first_picture_is_the_ground_and_further_ones_lie_on_it() -> None:
    assert staged(medium("lair"), medium("dragon")) == {
        "lair": "background",
        "dragon": "foreground",
    }


def test_hints_come_before_what_the_role_asks_for() -> None:
    found = staged(
        medium("lair", staging_hints={"placement": "background"}),
        medium("map", "ui_icon"),
        medium("glow", "ui_icon", staging_hints={"placement": "foreground"}),
        medium("note", "media"),
    )
    assert found == {"lair": "background", "map": "hud", "glow": "foreground"}


def test_depth_opacity_size_and_shape_are_the_hints() -> None:
    hints = {"placement": "foreground", "z_index": 50, "opacity": 0.6, "size": "40%"}
    [layer] = showing(medium("glow", staging_hints=hints, width=10, height=10)).layers
    assert (layer.depth, layer.opacity, layer.width, layer.orientation) == (50, 0.6, 40, "square")


@pytest.mark.parametrize(
    ("size", "width"), [("small", 25), ("55%", 55), ("900%", 100), ("as it is", None)]
)
def test_a_size_is_a_word_or_a_share_of_the_stage(size: str, width: float | None) -> None:
    [layer] = showing(medium("glow", staging_hints={"size": size})).layers
    assert layer.width == width


def test_a_clip_takes_its_pictures_place_unless_it_is_of_another_day() -> None:
    frame, clip = medium("frame"), medium("clip", "video_cutscene")
    assert staged(frame, clip) == {"clip": "background"}
    assert staged(frame, clip.evolve(is_current=False)) == {"frame": "background"}
    assert staged(clip.evolve(is_current=False)) == {"clip": "background"}


def test_a_clip_is_silent_where_the_shot_has_a_voice_of_its_own() -> None:
    clip, voice = medium("clip", "video_cutscene"), medium("line", "dialog_vo")
    assert not showing(clip).layers[0].muted
    assert showing(clip, voice).layers[0].muted


def test_music_loops_at_its_volume_and_is_the_one_that_is_lowered() -> None:
    music = medium("score", "ambient_music", staging_hints={"volume": 0.3})
    voice = medium("line", "dialog_vo", duration=2.0)
    once = medium("sting", "sound_fx")
    first, second, third = showing(music, voice, once).sounds
    assert (first.loop, first.volume, first.ducks, first.is_voice) == (True, 0.3, True, False)
    assert (second.loop, second.volume, second.ducks, second.is_voice) == (False, 1, False, True)
    assert (third.loop, third.ducks) == (False, False)
    assert [one.goes_on for one in (first, second, third)] == [True, False, False]
    quiet = medium("score", "ambient_music", staging_hints={"loop": False, "volume": 0})
    assert [(one.loop, one.volume) for one in showing(quiet).sounds] == [(False, 0)]
    assert not showing(quiet).sounds[0].goes_on


def test_a_shot_lasts_as_the_script_says_and_a_longer_voice_is_told() -> None:
    voice = medium("line", "dialog_vo", duration=5.2)
    told = showing(voice, seconds=4.0)
    assert told.seconds == 4.0
    assert told.over == pytest.approx(1.2)
    assert showing(medium("line", "dialog_vo", duration=4.0), seconds=4.0).over == 0


def test_a_shot_without_a_length_lasts_as_long_as_what_is_in_it() -> None:
    voice, clip = medium("l", "dialog_vo", duration=2.5), medium("c", "video_cutscene", duration=6)
    music = medium("m", "ambient_music", duration=90)
    assert showing(voice, clip, music, seconds=None).seconds == 6
    assert showing(medium("frame"), music, seconds=None).seconds == UNTOLD_S


def test_who_speaks_has_the_face_of_their_look() -> None:
    look = medium("look", "concept_image", source_id="mira", source_label="Mira")
    found = showing(prose("Night."), prose("Papa?", "Mira"), look, prose("A look.", source="mira"))
    assert [(one.text, one.speaker, one.face) for one in found.captions] == [
        ("Night.", None, None),
        ("Papa?", "Mira", "/media/look"),
    ]
    assert found.layers == ()


def test_a_shot_that_lacks_its_picture_says_why() -> None:
    def absent(state: str, role: str = "narrative_im", source: str = CODE) -> Absent:
        fields = {"media_id": "x", "media_role": role, "source_id": source, "source_label": source}
        return Absent.model_validate({**fields, "state": state})

    assert showing(missing=(absent("blocked"),)).lacks is FlagName.BLOCKED
    assert showing(missing=(absent("unavailable"),)).lacks is FlagName.FAILED
    assert showing(missing=(absent("failed", "dialog_vo"),)).lacks is None
    assert showing(missing=(absent("failed", source="mira"),)).lacks is None


def test_the_words_have_the_stage_where_nothing_else_is_on_it() -> None:
    doll = medium("doll", "ui_icon")
    glow = medium("glow", staging_hints={"placement": "foreground"})
    assert showing(doll).is_bare
    assert not showing(doll).has_ground
    assert not showing(glow).is_bare
    assert not showing(glow).has_ground
    assert showing(medium("frame")).has_ground


@pytest.mark.parametrize("role", ["narrative_im", "dialog_vo", "video_cutscene"])
def test_whatever_is_fake_marks_the_whole_shot_p7(role: str) -> None:
    fake = medium("x", role, provider_kind=ProviderKind.FAKE)
    assert showing(fake).is_fake
    assert not showing(medium("x", role)).is_fake


def test_a_fake_face_marks_it_and_a_fake_look_that_is_not_seen_does_not_p7() -> None:
    kind = ProviderKind.FAKE
    look = medium("l", "concept_image", source_id="m", source_label="M", provider_kind=kind)
    assert showing(prose("Papa?", "M"), look).is_fake
    assert not showing(prose("Papa?"), look).is_fake


def test_nothing_of_demo_art_is_cut_off_p7() -> None:
    assert showing(medium("x", provider_kind=ProviderKind.FAKE)).layers[0].whole
    assert not showing(medium("x")).layers[0].whole


def test_a_dissolve_is_asked_for_by_the_ground() -> None:
    assert showing(medium("x", staging_hints={"transition": "Dissolve"})).is_soft
    assert not showing(medium("x", staging_hints={"transition": "cut"})).is_soft
    assert not showing(medium("x")).is_soft


def test_choices_and_the_next_shot_go_with_it() -> None:
    way = ChoiceFragment(text="Up", to="X", source_id=CODE, source_label=CODE)
    found = showing(way, choices=(way,))
    assert (found.choices, found.following, found.code) == ((way,), "NEXT", CODE)
