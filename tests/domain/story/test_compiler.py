import pytest

from domain.media.staging import MediaType
from domain.story.board import ConceptType, Gates
from domain.story.compiler import compile_script
from tests.domain.story.scripts import block, codes, compiled, found, good, picture, the_finding

LIGHTHOUSE = """
project: {id: lighthouse, title: The Last Keeper, fps: 24, aspect: "16:9", style: "ink and wash",
          budget: {currency: USD, cap: 5.00}, gates: {look: approved}, providers: {image: fake}}
concepts:
  - {id: mira, type: character, content: The keeper's daughter.}
  - {id: lamp_room, type: location}
episodes:
  - id: ep01
    title: One
    scenes:
      - id: sc010
        title: INT. LAMP ROOM - NIGHT
        location: lamp_room
        shots:
          - id: SH0010
            content: Mira climbs the last steps.
            duration: 4.5s
            camera: {size: wide, angle: low, movement: tilt up}
            cast: [mira]
            dialogue: [{speaker: mira, text: "It went out."}]
            choices: [{text: Light it, to: SH0020}]
          - {id: SH0020, content: The lamp burns., duration: 3s}
"""


def test_a_script_is_read_with_everything_it_says() -> None:
    script = good(LIGHTHOUSE)
    assert (script.key, script.header.title, script.header.fps) == (
        "lighthouse",
        "The Last Keeper",
        "24",
    )
    assert script.header.budget is not None
    assert script.header.budget.cap_micros == 5_000_000
    assert script.header.gates == Gates(look="approved", video="selected")
    assert script.header.providers == {MediaType.IMAGE: "fake"}
    assert [one.key for one in script.episodes] == ["ep01"]
    [scene] = script.scenes
    assert (scene.key, scene.episode, scene.location) == ("sc010", "ep01", "lamp_room")
    first, second = scene.shots
    assert (first.code, first.duration, first.cast) == ("sc010_SH0010", 108, ("mira",))
    assert (first.camera.size, first.camera.movement) == ("wide", "tilt up")
    assert [(one.speaker, one.text) for one in first.dialogue] == [("mira", "It went out.")]
    assert [one.to for one in first.choices] == [second.code]


def test_the_project_is_named_by_header_then_by_key_then_by_file() -> None:
    headed, bare = b"{project: {id: own}, blocks: [{id: A}]}", b"blocks: [{id: A}]"
    assert compile_script(headed, name="file.yaml", project_key="given").script.key == "own"
    assert compile_script(bare, name="file.yaml", project_key="given").script.key == "given"
    assert compile_script(bare, name="a/My Film (2).yaml").script.key == "My-Film-2"
    assert compile_script(bare).script.key == "script"


def test_a_bad_project_key_is_refused() -> None:
    result = compile_script(b"blocks: [{id: A}]", project_key="../evil")
    assert [one.code for one in result.diagnostics] == ["bad_id"]
    assert result.script.key == "evil"


def test_a_script_may_be_only_blocks_only_concepts_or_both() -> None:
    assert good({"blocks": [{"id": "A"}]}).shots[0].code == "A"
    assert good({"concepts": [{"id": "m", "type": "prop"}]}).concepts[0].type is ConceptType.PROP
    both = good({"concepts": [{"id": "m", "type": "prop"}], "shots": [{"id": "A", "cast": ["m"]}]})
    assert both.shots[0].cast == ("m",)


def test_scenes_may_stand_without_episodes_and_beside_blocks() -> None:
    script = good({"scenes": [{"id": "s1", "blocks": [{"id": "A"}]}], "blocks": [{"id": "Z"}]})
    assert [(scene.key, scene.episode) for scene in script.scenes] == [("s1", None), ("", None)]
    assert [shot.code for shot in script.shots] == ["s1_A", "Z"]


def test_a_choice_looks_in_its_own_scene_then_by_code() -> None:
    shots = [
        {"id": "A", "choices": [{"text": "here", "to": "B"}, {"text": "there", "to": "s2_B"}]},
        {"id": "B", "choices": [{"text": "end"}]},
    ]
    script = good({"scenes": [{"id": "s1", "shots": shots}, {"id": "s2", "shots": [{"id": "B"}]}]})
    assert [one.to for one in script.shots[0].choices] == ["s1_B", "s2_B"]
    assert [one.to for one in script.shots[1].choices] == [None]


def test_ids_are_taken_as_written_and_compared_in_one_form() -> None:
    script = good('blocks: [{id: 0010, choices: [{text: on, to: "caf\u0065\u0301"}]}, {id: café}]')
    assert [shot.code for shot in script.shots] == ["0010", "café"]
    assert script.shots[0].choices[0].to == "café"


def test_text_may_look_like_a_number_or_a_yes() -> None:
    [shot] = good("blocks: [{id: A, title: 1984, content: yes}]").shots
    assert (shot.title, shot.content) == ("1984", "yes")


def test_attributes_are_free_and_typed_by_the_core_schema() -> None:
    concept = good(
        "concepts: [{id: m, type: prop, attributes: {a: 010, b: [yes, true, 1.5], c: {d: ~}}}]"
    ).concepts[0]
    assert concept.attributes == {"a": 10, "b": ["yes", True, 1.5], "c": {"d": None}}


ERRORS = [
    ("bloks: []", "unknown_key", "blocks"),
    ("{blocks: [{id: A, duraton: 3s}]}", "unknown_key", "duration"),
    ("{blocks: [{id: A, name: x}]}", "unknown_key", "title"),
    ("{blocks: [{id: A, media: [{media_id: f, role: media}]}]}", "unknown_key", "media_role"),
    ("{blocks: [{content: x}]}", "missing_id", "id: SH0010"),
    ("{blocks: [{id: A B}]}", "bad_id", "A-B"),
    ("{blocks: [{id: A}, {id: A}]}", "duplicate_id", "another id"),
    ("{blocks: [a]}", "wrong_type", "{id: SH0010"),
    ("{blocks: {id: A}}", "wrong_type", "blocks: ["),
    ("{scenes: [{id: s}, {id: s}]}", "duplicate_id", "another id"),
    ("{scenes: [{id: a b}]}", "bad_id", "a-b"),
    ("{scenes: [{shots: []}]}", "missing_id", "id: sc010"),
    ("{scenes: [{id: a_b, shots: [{id: c}]}, {id: a, shots: [{id: b_c}]}]}", "duplicate_code", "c"),
    ("{episodes: [{id: e, shots: []}]}", "unknown_key", "episode"),
    ("{scenes: [{id: s, shots: [], blocks: []}]}", "shots_and_blocks", "one list"),
    ("{concepts: [m]}", "wrong_type", "id: mira"),
    ("{shots: [{id: A}], scenes: [], blocks: [{id: A}]}", "shots_and_blocks", "one list"),
    ("{episodes: [e]}", "wrong_type", "id: ep01"),
    ("{scenes: [s]}", "wrong_type", "id: sc010"),
    ("{blocks: [{id: A, media: [m]}]}", "wrong_type", "media_id: frame"),
    ("{blocks: [{id: A, dialogue: [[x]]}]}", "wrong_type", "speaker: mira"),
    ("{blocks: [{id: A, choices: [x]}]}", "wrong_type", "to: SH0020"),
    ("{blocks: [{id: ä b}]}", "bad_id", "ä-b"),
    ("{blocks: [{id: " + "x" * 81 + "}]}", "bad_id", "at most 80"),
    ("{concepts: [{type: prop}]}", "missing_id", "id: mira"),
    ("{concepts: [{id: m, type: charcter}]}", "bad_value", "character"),
    ("{concepts: [{id: m, type: prop}, {id: m, type: prop}]}", "duplicate_id", "line 1"),
    ("{concepts: [{id: m, type: prop, attributes: x}]}", "wrong_type", "mapping"),
    ("{concepts: [{id: m, type: prop, attributes: {a: .nan}}]}", "not_finite", ".nan"),
    ("{project: {fps: fast}, blocks: [{id: A}]}", "bad_fps", "24000/1001"),
    ("{project: {fps: 0}, blocks: [{id: A}]}", "bad_fps", "1 and 240"),
    ("{project: {aspect: wide}, blocks: [{id: A}]}", "bad_aspect", "16:9"),
    ("{project: {aspect: 100:1}, blocks: [{id: A}]}", "bad_aspect", "4:1"),
    ("{project: {budget: {cap: much}}, blocks: [{id: A}]}", "bad_value", "5.00"),
    ("{project: {budget: {currency: USD}}, blocks: [{id: A}]}", "missing_field", "cap"),
    ("{project: {budget: {currency: dollars, cap: 1}}, blocks: [{id: A}]}", "bad_value", "USD"),
    ("{project: {gates: {look: maybe}}, blocks: [{id: A}]}", "bad_value", "none or approved"),
    ("{project: {providers: {images: x}}, blocks: [{id: A}]}", "unknown_key", "image"),
    ("{project: lighthouse, blocks: [{id: A}]}", "wrong_type", "{id: lighthouse"),
    ("{blocks: [{id: A, duration: 4.5}]}", "bad_duration", "4.5s"),
    ("{blocks: [{id: A, duration: 0s}]}", "bad_duration", "4.5s"),
    ("{blocks: [{id: A, duration: 25000min}]}", "bad_duration", "a day"),
    ("{blocks: [{id: A, frames: 4.5}]}", "bad_duration", "frames: 108"),
    ("{blocks: [{id: A, frames: true}]}", "bad_duration", "frames: 108"),
    ("{blocks: [{id: A, frames: 1, duration: 1s}]}", "bad_duration", "one of them"),
    ("{blocks: [{id: A, cast: mira}]}", "wrong_type", "[mira]"),
    ("{blocks: [{id: A, cast: [mira]}]}", "unknown_cast", "declare"),
    ("{blocks: [{id: A, camera: wide}]}", "wrong_type", "size: wide"),
    ("{blocks: [{id: A, camera: {zoom: 2}}]}", "unknown_key", "size"),
    ("{blocks: [{id: A, dialogue: [{speaker: x}]}]}", "missing_field", "text"),
    ("{blocks: [{id: A, choices: [{to: A}]}]}", "missing_field", "text"),
    ("{blocks: [{id: SH0010, choices: [{text: x, to: SH001}]}]}", "unknown_target", "SH0010"),
    ("{blocks: [{id: A, was: ../x}]}", "bad_id", "SH0005"),
    ("{blocks: [{id: A, was: ''}]}", "bad_id", "SH0005"),
    ("{blocks: [{id: A, id: B}]}", "duplicate_key", "line 1"),
    ("{episodes: [{scenes: [{id: s, shots: [{id: A}]}]}]}", "missing_id", "id: ep01"),
    ("{blocks: [{id: A, title: [x]}]}", "wrong_type", "title: some words"),
    ("{blocks: [{id: A, media: [{media_id: f, media_role: {a: b}}]}]}", "wrong_type", "text"),
    ("{blocks: [{id: A, content: [x]}]}", "wrong_type", "text"),
    ("just words", "wrong_type", "blocks:"),
    ("", "empty_script", "blocks:"),
    ("~", "empty_script", "blocks:"),
]


@pytest.mark.parametrize(("script", "code", "hint"), ERRORS)
def test_a_mistake_is_one_error_that_says_what_to_write(script: str, code: str, hint: str) -> None:
    one = the_finding(script)
    assert (one.severity, one.code) == ("error", code)
    assert hint in one.message


WARNINGS = [
    ("{project: {id: x}}", "nothing_declared", "blocks:"),
    ("{concepts: [{id: m}]}", "missing_type", "type: character"),
    ("{scenes: [{id: s, location: attic, shots: [{id: A}]}]}", "unknown_location", "declare"),
    (
        "{concepts: [{id: m, type: prop}], scenes: [{id: s, location: m}]}",
        "not_a_location",
        "location",
    ),
    (
        """
concepts: [{id: mira, type: character}]
blocks: [{id: A, dialogue: [{speaker: Mira, text: x}]}]""",
        "unknown_speaker",
        "mira",
    ),
    ("{concepts: [{id: a, type: prop}], blocks: [{id: a}]}", "same_name", "a/"),
    ("blocks:\n  - {id: A, was: X}\n  - {id: B, was: X}", "duplicate_was", "line 2"),
]


@pytest.mark.parametrize(("script", "code", "hint"), WARNINGS)
def test_what_may_be_a_mistake_is_a_warning(script: str, code: str, hint: str) -> None:
    one = the_finding(script)
    assert (one.severity, one.code) == ("warning", code)
    assert hint in one.message
    assert not compiled(script).refused


def test_a_location_that_nearly_names_a_concept_is_an_error() -> None:
    script = "{concepts: [{id: lamp_room, type: location}], scenes: [{id: s, location: lamp_rom}]}"
    assert "did you mean lamp_room?" in the_finding(script).message
    assert compiled(script).refused


def test_a_speaker_may_be_anybody() -> None:
    lines = [{"speaker": "A voice from below", "text": "Hush."}, "And silence.", {"text": "…"}]
    [shot] = good(block(dialogue=lines)).shots
    assert [one.speaker for one in shot.dialogue] == ["A voice from below", None, None]


def test_unknown_cast_is_found_with_a_guess() -> None:
    script = {"concepts": [{"id": "mira", "type": "character"}], **block(cast=["miro"])}
    assert "did you mean mira?" in the_finding(script).message


def test_all_mistakes_are_told_at_once_each_with_its_place_and_path() -> None:
    script = """
blocks:
  - id: A
    cast: [nobody]
    duration: long
    media:
      - {media_id: f, media_spec: {type: stable_diffusion, prompt: x, width: 0}}
  - id: A
"""
    assert [(one.line, one.column, one.code, one.path) for one in found(script)] == [
        (4, 12, "unknown_cast", "blocks[0].cast[0]"),
        (5, 15, "bad_duration", "blocks[0].duration"),
        (7, 78, "bad_value", "blocks[0].media[0].media_spec.width"),
        (8, 9, "duplicate_id", "blocks[1].id"),
    ]


def test_r81_what_is_wrong_is_left_out_and_the_rest_still_loads() -> None:
    bad = picture("bad", media_path="a.png")
    result = compiled(block(cast=["nobody"], content="Still here.", media=[bad, picture("good")]))
    [shot] = result.script.shots
    assert result.refused
    assert (shot.content, shot.cast) == ("Still here.", ())
    assert [item.media_id for item in shot.media] == ["good"]


def test_a_broken_script_gives_its_beginning_and_only_the_yaml_error() -> None:
    result = compiled("blocks:\n  - {id: A, cast: [x]}\n  - {id: B\n")
    assert [one.code for one in result.diagnostics] == ["syntax"]
    assert [shot.code for shot in result.script.shots] == ["A", "B"]


def test_a_scene_without_an_id_is_left_out_and_read_for_its_mistakes() -> None:
    script = "{scenes: [{shots: [{id: A, cast: [x]}]}, {id: t, shots: [{id: A}]}]}"
    assert codes(script) == ["missing_id", "unknown_cast"]
    assert [shot.code for shot in compiled(script).script.shots] == ["t_A"]


def test_a_script_full_of_mistakes_is_told_without_endless_guessing() -> None:
    cast = [f"someone{at}" for at in range(3000)]
    props = [{"id": f"prop{at}", "type": "prop"} for at in range(500)]
    assert codes({"concepts": props, **block(cast=cast)})[-1] == "more"
    assert codes(block(cast=["x" * 5000])) == ["unknown_cast"]
    assert codes("{" + "a: 1, " * 2000 + "}")[-1] == "more"


def test_a_finding_does_not_repeat_a_megabyte_of_the_script() -> None:
    assert len(the_finding(block(duration="x" * 1_000_000)).message) == 400


def test_durations_that_repeat_are_the_same() -> None:
    script = good({"blocks": [{"id": "A", "duration": "2s"}, {"id": "B", "duration": "2s"}]})
    assert [shot.duration for shot in script.shots] == [48, 48]


def test_a_project_key_without_a_letter_becomes_script() -> None:
    assert compile_script(b"blocks: [{id: A}]", project_key="///").script.key == "script"
    assert compile_script(b"blocks: [{id: A}]", name="\u0327\u0327x.yaml").script.key == "x"


def test_a_thousand_mistakes_are_listed_and_more_are_counted() -> None:
    script = {"blocks": [{"id": f"s{at}", "cast": ["x"]} for at in range(1500)]}
    listed = found(script)
    assert len(listed) == 1001
    assert (listed[-1].code, listed[-1].severity) == ("more", "error")
    assert "500 more" in listed[-1].message


def test_the_contracts_own_words_compile() -> None:
    assert codes(LIGHTHOUSE) == []
