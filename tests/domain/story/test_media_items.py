import base64
from typing import Any

import pytest
from pydantic import field_validator

from domain.media.specs import SPEC_TYPES, MediaSpec, register
from domain.media.staging import MediaType
from domain.story.board import Policy
from domain.story.compiler import compile_script
from domain.story.template import from_template
from tests.domain.story.scripts import (
    block,
    codes,
    compiled,
    found,
    good,
    item,
    picture,
    the_finding,
)

HELLO = base64.b64encode(b"hello").decode()
SPEC = {"type": "stable_diffusion", "prompt": "a lamp"}


def media(**fields: Any) -> dict[str, Any]:
    """A script whose only block has one media item."""
    return block(media=[fields])


def test_r18_each_source_parses_with_its_role_and_hints() -> None:
    staged: dict[str, Any] = {
        "media_role": "sound_fx",
        "staging_hints": {"z_index": 3, "loop": True, "volume": 0.5},
    }
    by_path = item(media_id="m", media_path="assets/a.ogg", **staged)
    by_data = item(media_id="m", media_data=HELLO, **staged)
    by_spec = item(media_id="m", media_spec={"type": "music", "prompt": "wind"}, **staged)
    assert (by_path.path, by_data.data, by_spec.spec) == (
        "assets/a.ogg",
        HELLO,
        {"type": "music", "prompt": "wind"},
    )
    for one in (by_path, by_data, by_spec):
        assert one.role == "sound_fx"
        assert (one.hints.z_index, one.hints.loop, one.hints.volume) == (3, True, 0.5)


def test_r19_two_sources_are_an_error_that_names_the_item() -> None:
    one = the_finding(media(media_id="both", media_path="a.png", media_spec=SPEC))
    assert one.code == "several_sources"
    assert "'both' has media_path and media_spec" in one.message


def test_r19_a_media_id_alone_is_looked_up() -> None:
    looked_up = item(media_id="tavern/tavern_bg", media_role="narrative_im")
    assert looked_up.media_id == "tavern/tavern_bg"
    assert (looked_up.path, looked_up.data, looked_up.spec) == (None, None, None)


def test_r22_an_unknown_role_is_a_warning_and_survives() -> None:
    one = the_finding(media(media_id="m", media_path="a.png", media_role="narative_im"))
    assert (one.severity, one.code, one.line) == ("warning", "unknown_role", 1)
    assert "did you mean narrative_im?" in one.message
    [shot] = compiled(media(media_path="a.png", media_role="poster")).script.shots
    assert shot.media[0].role == "poster"


@pytest.mark.parametrize(
    ("hints", "code"),
    [
        ({"opacity": 1.4}, "bad_value"),
        ({"orientation": "diagonal"}, "bad_value"),
        ({"volume": -0.1}, "bad_value"),
        ({"z_index": 1.5}, "bad_value"),
        ({"loop": "yes"}, "bad_value"),
        ({"zindex": 1}, "unknown_key"),
        ("big", "wrong_type"),
    ],
)
def test_r23_wrong_hints_are_errors(hints: object, code: str) -> None:
    assert codes(media(media_id="m", media_path="a.png", staging_hints=hints)) == [code]


def test_r23_hints_are_kept_as_they_are() -> None:
    hints = {"orientation": "square", "placement": "hud", "opacity": 1, "duration": 2.5}
    kept = item(media_id="m", media_path="a.png", staging_hints=hints).hints
    assert (kept.orientation, kept.placement, kept.opacity, kept.duration) == (
        "square",
        "hud",
        1,
        2.5,
    )


def test_r25_hard_policy_fallback_and_title_are_honoured() -> None:
    kept = item(
        media_id="m",
        media_path="a.png",
        hard_requirement=True,
        policy="create",
        fallback_text="[dark]",
        title="The lamp",
    )
    assert (kept.hard, kept.policy) == (True, Policy.CREATE)
    assert (kept.fallback_text, kept.title) == ("[dark]", "The lamp")


def test_r26_a_requirement_is_typed_from_a_template() -> None:
    requirement = from_template({"media_id": "m", "media_spec": SPEC, "media_role": "ui_icon"})
    assert (requirement.media_id, requirement.role) == ("m", "ui_icon")
    assert requirement.spec == SPEC
    assert requirement.path is None
    assert from_template({"media_path": "a.png"}).media_id == "media"


def test_r27_a_requirement_without_id_and_source_fails_early() -> None:
    doll = {"type": "svg_paperdoll", "body_type": "child", "accessories": ["hat"]}
    assert from_template({"media_spec": doll, "hard_requirement": True, "title": None}).hard
    with pytest.raises(ValueError, match="needs path, data, or spec"):
        from_template({"media_role": "ui_icon"})
    with pytest.raises(ValueError, match="did you mean media_path"):
        from_template({"path": "a.png"})
    assert codes(media(media_role="ui_icon")) == ["no_source"]


@pytest.mark.parametrize(
    ("fields", "code", "hint"),
    [
        ({"media_id": "a b", "media_path": "a.png"}, "bad_id", "a-b"),
        ({"media_id": "a\u0007"}, "bad_id", "tavern/frame"),
        ({"media_id": "m", "media_path": "../a.png"}, "unsafe_path", "leaves"),
        ({"media_id": "m", "media_data": "?"}, "bad_data", "base64"),
        ({"media_id": "m", "media_data": "data:x;base64,aGk="}, "bad_data", "comma"),
        ({"media_id": "m", "media_data": ""}, "bad_data", "bytes"),
        ({"media_id": "m", "media_path": "a", "hard_requirement": "yes"}, "wrong_type", "true"),
        ({"media_id": "m", "media_path": "a", "policy": "always"}, "bad_value", "existing"),
        ({"media_id": "m", "media_spec": "draw"}, "wrong_type", "type:"),
        ({"media_id": "m", "media_spec": {}}, "missing_field", "type: one of"),
        ({"media_id": "m", "media_spec": {"type": "video_clip"}}, "unknown_spec_type", "video"),
        ({"media_id": "m", "media_spec": {"type": "tts"}}, "missing_field", "text"),
        ({"media_id": "m", "media_spec": {"type": "video"}}, "missing_field", "from"),
        ({"media_id": "m", "media_spec": {**SPEC, "promt": "x"}}, "unknown_key", "prompt"),
        ({"media_id": "m", "media_spec": {**SPEC, "width": "512"}}, "bad_value", "quotes"),
        ({"media_id": "m", "media_spec": {**SPEC, "steps": True}}, "bad_value", "steps"),
        ({"media_id": "m", "media_spec": {**SPEC, "seed": -1}}, "bad_value", "at least 0"),
        ({"media_id": "m", "media_spec": {**SPEC, "prompt": ""}}, "bad_value", "empty"),
        ({"media_id": "m", "media_role": ["x"], "media_path": "a"}, "wrong_type", "media_role"),
        ({"media_id": "m", "media_role": "", "media_path": "a"}, "bad_value", "narrative_im"),
        ({"media_id": "m", "media_spec": {**SPEC, "prompt": 7}}, "bad_value", "quotes"),
    ],
)
def test_a_wrong_item_is_one_error_and_is_left_out(
    fields: dict[str, Any], code: str, hint: str
) -> None:
    one = the_finding(media(**fields))
    assert (one.severity, one.code) == ("error", code)
    assert hint in one.message
    assert compiled(media(**fields)).script.shots[0].media == ()


def test_r77_a_width_of_nothing_is_found_at_its_own_place() -> None:
    one = the_finding(
        """
blocks:
  - id: A
    media:
      - media_id: m
        media_spec:
          type: stable_diffusion
          prompt: a lamp
          width: 0
"""
    )
    assert (one.line, one.column) == (9, 18)
    assert one.path == "blocks[0].media[0].media_spec.width"
    assert one.message == "width must be at least 64"


def test_a_number_without_end_can_not_be_asked_for() -> None:
    spec = "{type: stable_diffusion, prompt: x, seed: .inf}"
    script = f"blocks: [{{id: A, media: [{{media_id: m, media_spec: {spec}}}]}}]"
    assert codes(script) == ["not_finite"]
    assert compiled(script).script.shots[0].media == ()


def test_r77_the_spec_is_kept_as_authored_without_its_defaults() -> None:
    spec = {**SPEC, "seed": 0, "guidance_scale": 7, "model_id": "a/b"}
    assert item(media_id="m", media_spec=spec).spec == spec


def test_r78_an_unknown_accessory_is_a_warning() -> None:
    doll = {"type": "svg_paperdoll", "body_type": "female_athletic", "accessories": ["swrod"]}
    one = the_finding(media(media_id="m", media_spec=doll))
    assert (one.severity, one.code) == ("warning", "unknown_part")
    assert "did you mean sword?" in one.message


def test_each_wrong_field_of_a_spec_is_found_once_and_at_its_place() -> None:
    spec = "{type: tts, text: hm, pace: [x], voice: 7}"
    script = f"blocks: [{{id: A, media: [{{media_id: m, media_spec: {spec}}}]}}]"
    assert [one.path.rpartition(".")[2] for one in found(script)] == ["pace", "voice"]
    doll = {"type": "svg_paperdoll", "body_type": "child", "accessories": ["hat", 1]}
    one = the_finding(media(media_id="m", media_spec=doll))
    assert one.path.endswith("media_spec.accessories[1]")


def test_r80_another_spec_type_is_registered_and_used_from_yaml() -> None:
    class Haiku(MediaSpec):
        type: str = "test_haiku"
        lines: int = 3

        makes = MediaType.DATA

        @field_validator("lines")
        @classmethod
        def _three(cls, lines: int) -> int:
            if lines != 3:
                raise ValueError("a haiku has three")
            return lines

    try:
        register(Haiku)
        made = item(media_id="m", media_spec={"type": "test_haiku"})
        assert (made.media_type, made.spec) == (MediaType.DATA, {"type": "test_haiku"})
        wrong = the_finding(media(media_id="m", media_spec={"type": "test_haiku", "lines": 4}))
        assert "a haiku has three" in wrong.message
    finally:
        del SPEC_TYPES["test_haiku"]


def test_the_fake_theatre_is_checked() -> None:
    good(media(media_id="m", media_spec={**SPEC, "demo": "transient, ok@2s"}))
    assert codes(media(media_id="m", media_spec={**SPEC, "demo": "explode"})) == [
        "unknown_demo_step"
    ]


def test_a_media_id_is_unique_on_its_owner() -> None:
    twice = block(media=[picture("m"), picture("m")])
    assert codes(twice) == ["duplicate_media_id"]
    assert len(compiled(twice).script.shots[0].media) == 1


def test_an_item_without_a_name_is_named_after_its_role() -> None:
    items = [
        {"media_path": "a.png", "media_role": "narrative_im"},
        {"media_path": "b.png", "media_role": "narrative_im"},
        {"media_id": "narrative_im_3", "media_path": "c.png"},
        {"media_path": "d.png", "media_role": "narrative_im"},
    ]
    [shot] = good(block(media=items)).shots
    assert [one.media_id for one in shot.media] == [
        "narrative_im",
        "narrative_im_2",
        "narrative_im_3",
        "narrative_im_4",
    ]


@pytest.mark.parametrize(
    ("fields", "made"),
    [
        ({"media_spec": {"type": "tts", "text": "hm"}, "media_role": "ui_icon"}, MediaType.VOICE),
        ({"media_path": "a.PNG", "media_role": "sound_fx"}, MediaType.IMAGE),
        ({"media_path": "a.svg"}, MediaType.VECTOR),
        ({"media_path": "a.webm"}, MediaType.VIDEO),
        ({"media_path": "a.ogg", "media_role": "dialog_vo"}, MediaType.VOICE),
        ({"media_path": "a.ogg", "media_role": "media"}, MediaType.MUSIC),
        ({"media_path": "a.xyz", "media_role": "narrative_im"}, MediaType.IMAGE),
        ({"media_path": "a"}, MediaType.DATA),
        ({"media_data": HELLO, "media_role": "narrative_im"}, MediaType.IMAGE),
        ({"media_id": "x", "media_role": "video_cutscene"}, MediaType.VIDEO),
        ({"media_id": "x"}, MediaType.DATA),
    ],
)
def test_the_media_type_comes_from_spec_then_file_then_role(
    fields: dict[str, Any], made: MediaType
) -> None:
    assert item(**fields).media_type is made


def test_a_concepts_picture_without_a_role_is_a_concept_image() -> None:
    [concept] = good(
        {"concepts": [{"id": "m", "type": "prop", "media": [{"media_path": "a.png"}]}]}
    ).concepts
    assert concept.media[0].role == "concept_image"


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("frme", "did you mean frame?"),
        ("line", "is no picture"),
        ("clip", "is no picture"),
        ("broken", "its own error"),
    ],
)
def test_a_video_is_made_from_another_picture_of_its_shot(source: str, hint: str) -> None:
    items = [
        picture("frame"),
        picture("broken", title=["x"]),
        {"media_id": "line", "media_spec": {"type": "tts", "text": "hm"}},
        {"media_id": "clip", "media_spec": {"type": "video", "from": source}},
    ]
    [wrong] = [one for one in found(block(media=items)) if one.code == "unknown_from"]
    assert hint in wrong.message
    assert wrong.path == "blocks[0].media[3].media_spec.from"


def test_a_video_may_stand_before_its_frame() -> None:
    clip = {"media_id": "clip", "media_spec": {"type": "video", "from": "frame", "seconds": 4}}
    [shot] = good(block(media=[clip, picture("frame")])).shots
    assert shot.media[0].spec == {"type": "video", "from": "frame", "seconds": 4.0}


def test_a_voice_that_nearly_names_a_concept_is_a_warning() -> None:
    script = {
        "concepts": [{"id": "mira", "type": "character"}],
        **media(media_id="m", media_spec={"type": "tts", "text": "hm", "voice": "mria"}),
    }
    good(media(media_id="m", media_spec={"type": "tts", "text": "hm", "voice": "alloy"}))
    assert codes(script) == ["unknown_voice"]


class Files:
    """The assets of a test."""

    def __init__(self, *paths: str) -> None:
        self._paths = paths

    def exists(self, path: str) -> bool:
        return path in self._paths


def test_a_missing_file_is_a_warning_and_for_hard_media_an_error() -> None:
    source = b"""
blocks:
  - id: A
    media:
      - {media_id: here, media_path: ./assets//here.png}
      - {media_id: soft, media_path: soft.png}
      - {media_id: hard, media_path: hard.png, hard_requirement: true}
"""
    result = compile_script(source, assets=Files("assets/here.png"))
    assert [(one.line, one.severity, one.code) for one in result.diagnostics] == [
        (6, "warning", "missing_file"),
        (7, "error", "missing_file"),
    ]
    assert compile_script(source).diagnostics == ()


def test_nothing_to_create_from_is_a_warning() -> None:
    assert codes(media(media_id="m", policy="create")) == ["nothing_to_create"]
