from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from domain.media.adaptation import LONGEST_ADDED, LONGEST_PROMPT, Context, Step, Words, adapt
from domain.media.specs import from_dict

LAMP = {"type": "stable_diffusion", "prompt": "a lamp"}
MIRA = Words("cast: mira", "mira: tall, grey coat")
SHOT = Context(
    aspect="1:1",
    style="ink and wash",
    looks=(MIRA,),
    place=Words("location: lamp_room", "lamp room: round, cold"),
    framing="wide shot, low angle",
    movement="tilt up",
    voices={"mira": {"language": "en", "pace": "slow"}, "tomas": {"name": "onyx"}},
)


def test_a_shots_picture_gets_style_cast_location_and_camera_in_this_order() -> None:
    adapted = adapt(LAMP, SHOT)
    assert adapted.spec == {
        **LAMP,
        "prompt": (
            "a lamp. ink and wash. mira: tall, grey coat. lamp room: round, cold. "
            "wide shot, low angle"
        ),
        "width": 480,
        "height": 480,
    }


def test_the_inspector_is_told_what_was_added_from_where() -> None:
    assert adapt(LAMP, SHOT).steps == (
        Step("project style", "prompt", "ink and wash"),
        Step("cast: mira", "prompt", "mira: tall, grey coat"),
        Step("location: lamp_room", "prompt", "lamp room: round, cold"),
        Step("camera", "prompt", "wide shot, low angle"),
        Step("project aspect", "width", 480, "set"),
        Step("project aspect", "height", 480, "set"),
    )


def test_r73_the_authored_spec_is_never_changed() -> None:
    authored = {"type": "svg_paperdoll", "body_type": "child", "accessories": ["hat"]}
    for spec in (authored, LAMP):
        before = deepcopy(spec)
        adapt(spec, SHOT)
        adapt(spec, Context(style="oil"))
        assert spec == before


def test_r39_another_context_gives_another_spec() -> None:
    one, other = (
        adapt(LAMP, Context(owner="concept", looks=(Words("appearance", look),))).spec
        for look in ("a scar", "a beard")
    )
    assert one["prompt"] == "a lamp. a scar"
    assert other["prompt"] == "a lamp. a beard"


def test_a_concepts_picture_keeps_the_size_of_the_spec() -> None:
    assert "width" not in adapt(LAMP, Context(owner="concept", aspect="16:9")).spec


def test_r72_without_anything_to_say_the_spec_is_as_authored() -> None:
    music = {"type": "music", "prompt": "wind"}
    assert adapt(music, SHOT).spec == music
    assert adapt(LAMP, SHOT, adapters=()).spec == LAMP


def test_r72_of_two_adapters_that_set_a_field_the_later_wins() -> None:
    def first(spec: Mapping[str, Any], context: Context) -> list[Step]:
        return [Step("first", "seed", 1, "set")]

    def second(spec: Mapping[str, Any], context: Context) -> list[Step] | None:
        return [Step("second", "seed", spec["seed"] + 1, "set")]

    def third(spec: Mapping[str, Any], context: Context) -> None:
        return None

    adapted = adapt(LAMP, SHOT, adapters=(first, second, third))
    assert adapted.spec["seed"] == 2
    assert [step.source for step in adapted.steps] == ["first", "second"]


def test_words_the_author_wrote_already_are_not_said_twice() -> None:
    spec = {**LAMP, "prompt": "a lamp, ink and wash!", "width": 64, "height": 64}
    adapted = adapt(spec, Context(style="ink and wash", framing="close shot"))
    assert adapted.spec["prompt"] == "a lamp, ink and wash! close shot"
    assert len(adapted.steps) == 1


def test_a_clip_gets_movement_length_pace_and_shape_where_it_leaves_them_open() -> None:
    clip = {"type": "video", "from": "frame"}
    shot = replace(SHOT, seconds=4.5, fps="24000/1001")
    given = {"movement": "tilt up", "seconds": 4.5, "fps": "24000/1001", "aspect": "1:1"}
    assert adapt(clip, shot).spec == {**clip, "prompt": "tilt up", **given}
    own = {"movement": "pan left", "seconds": 2.0, "fps": "12", "aspect": "9:16"}
    assert adapt({**clip, **own}, shot).spec == {**clip, "prompt": "tilt up", **own}
    assert adapt(clip, replace(shot, seconds=9000.0)).spec["seconds"] == 600
    assert adapt(clip, Context(owner="concept")).spec == {**clip, "fps": "24", "aspect": "16:9"}


def test_a_concept_lends_its_voice_and_the_author_wins() -> None:
    line = {"type": "tts", "text": "Hm.", "voice": "mira", "pace": "fast"}
    assert adapt(line, SHOT).spec == {
        "type": "tts",
        "text": "Hm.",
        "pace": "fast",
        "language": "en",
    }
    assert adapt({**line, "voice": "tomas"}, SHOT).spec["voice"] == "onyx"
    assert adapt({**line, "voice": "alloy"}, SHOT).spec["voice"] == "alloy"


def test_what_does_not_fit_a_prompt_is_left_out() -> None:
    long = {**LAMP, "prompt": "x" * LONGEST_PROMPT}
    adapted = adapt(long, SHOT)
    assert adapted.spec["prompt"] == long["prompt"]
    assert from_dict(adapted.spec).model_fields_set >= {"prompt", "width"}


def test_a_long_description_does_not_drown_the_prompt() -> None:
    adapted = adapt(LAMP, Context(style="x" * (LONGEST_ADDED + 1), framing="wide shot"))
    assert adapted.spec["prompt"] == "a lamp. wide shot"


def test_a_context_with_braces_is_only_text() -> None:
    adapted = adapt(LAMP, Context(style="{0.__class__} %s $HOME"))
    assert adapted.spec["prompt"] == "a lamp. {0.__class__} %s $HOME"
