"""Edits in place: what a person wrote stays as it was written."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.errors import Invalid, NotFound
from domain.story.editing import edited
from domain.story.edits import Edit

EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)

SCRIPT = """\
# The Last Keeper, second draft
project: {id: lighthouse, fps: 24}   # as in the contract
concepts:
  - id: mira
    type: character
scenes:
  - id: sc010
    shots:
      # the climb
      - id: SH0010            # first
        content: >-
          Mira climbs
          the last steps.
        media:
          - media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: "iron stairs",   seed: 7}  # keep

      - id: SH0020
        was: SH0005
        content: 'The lamp burns.'
        # brighter?

      - {id: SH0030, content: Dark.}
blocks:
- id: END
  content: Fin.
"""


def edit(text: str, **fields: Any) -> str:
    return edited(text, [EDIT.validate_python(fields)])


def changed(before: str, after: str) -> list[str]:
    """Lines that went (-) and came (+)."""
    old, new = before.splitlines(), after.splitlines()
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    return [*(f"-{one}" for one in gone), *(f"+{one}" for one in come)]


def test_a_field_is_set_in_its_own_quotes_and_its_comment_stays() -> None:
    new = edit(SCRIPT, op="set", shot="sc010_SH0020", field="content", value="It's out.")
    assert changed(SCRIPT, new) == [
        "-        content: 'The lamp burns.'",
        "+        content: 'It''s out.'",
    ]


def test_a_folded_text_stays_folded() -> None:
    new = edit(SCRIPT, op="set", shot="sc010_SH0010", field="content", value="Mira waits.")
    assert "        content: >-\n          Mira waits.\n        media:" in new


def test_a_prompt_within_brackets_is_set_and_all_around_it_stays() -> None:
    new = edit(
        SCRIPT,
        op="set",
        shot="sc010_SH0010",
        media="narrative_im",
        field="media_spec.prompt",
        value='wet "iron" stairs, {dark}',
    )
    line = (
        "            media_spec: {type: stable_diffusion, "
        'prompt: "wet \\"iron\\" stairs, {dark}",   seed: 7}  # keep'
    )
    assert changed(SCRIPT, new)[1:] == [f"+{line}"]


def test_a_new_field_goes_where_its_order_says() -> None:
    new = edit(SCRIPT, op="set", shot="sc010_SH0010", field="duration", value="4.5s")
    assert "the last steps.\n        duration: 4.5s\n        media:" in new


def test_a_mapping_on_the_way_is_added() -> None:
    new = edit(SCRIPT, op="set", shot="sc010_SH0030", field="camera.movement", value="tilt up")
    assert "- {id: SH0030, content: Dark., camera: {movement: tilt up}}" in new


def test_null_takes_a_field_out() -> None:
    new = edit(
        SCRIPT,
        op="set",
        shot="sc010_SH0010",
        media="narrative_im",
        field="media_spec.seed",
        value=None,
    )
    assert '{type: stable_diffusion, prompt: "iron stairs"}  # keep' in new
    assert edit(SCRIPT, op="set", shot="END", field="title", value=None) == SCRIPT


@pytest.mark.parametrize("value", [24, 23.976, True, "24", "24000/1001", ["mira"], {"a": [1]}])
def test_a_value_is_read_back_as_what_it_was(value: object) -> None:
    new = edit(SCRIPT, op="set", concept="mira", field="attributes.x", value=value)
    assert edit(new, op="set", concept="mira", field="attributes", value=None) == SCRIPT


def test_the_header_is_set_and_added() -> None:
    new = edit(SCRIPT, op="set", field="fps", value=25)
    assert "project: {id: lighthouse, fps: 25}   # as in the contract" in new
    assert "\nproject: {title: Fin}\n" in edit(
        "blocks: [{id: A}]\n", op="set", field="title", value="Fin"
    )


def test_a_new_shot_takes_the_form_of_the_one_beside_it() -> None:
    shot = {"id": "SH0015", "content": "Wind.", "media": [{"media_id": "w", "title": "a: b"}]}
    new = edit(SCRIPT, op="insert", shot=shot, after="sc010_SH0010")
    assert (
        "seed: 7}  # keep\n\n"
        "      - id: SH0015\n"
        "        content: Wind.\n"
        "        media:\n"
        '          - {media_id: w, title: "a: b"}\n\n'
        "      - id: SH0020\n"
    ) in new
    new = edit(SCRIPT, op="insert", shot={"id": "X"}, after="sc010_SH0030")
    assert "Dark.}\n\n      - {id: X}\nblocks:" in new
    new = edit(SCRIPT, op="insert", shot={"id": "X"}, before="END")
    assert "blocks:\n- id: X\n- id: END\n" in new


@pytest.mark.parametrize(
    "scene", ["{id: s}", "{id: s, shots: }", "{id: s, shots: [], title: x}", "{id: s, shots: ~}"]
)
def test_a_shot_goes_into_a_scene_without_any(scene: str) -> None:
    for script in (f"scenes: [{scene}]\n", f"scenes:\n  - {scene}  # here\n"):
        new = edit(script, op="insert", shot={"id": "A"}, scene="s")
        assert edit(new, op="set", shot="s_A", field="title", value="t") != new
    new = edit("scenes:\n- id: s\n  # none yet\n", op="insert", shot={"id": "A"}, scene="s")
    assert new == "scenes:\n- id: s\n  shots:\n    - id: A\n  # none yet\n"


def test_a_shot_is_duplicated_in_its_own_words_under_a_new_id() -> None:
    new = edit(SCRIPT, op="duplicate", shot="sc010_SH0020")
    copy = "      - id: SH0020_2\n        content: 'The lamp burns.'\n        # brighter?\n"
    assert f"        # brighter?\n\n{copy}\n      - {{id: SH0030" in new
    assert new.replace(f"\n{copy}", "", 1) == SCRIPT
    third = edit(new, op="duplicate", shot="sc010_SH0020_2")
    assert "- id: SH0020_3\n" in third
    assert "- id: SH0025\n" in edit(SCRIPT, op="duplicate", shot="sc010_SH0020", id="SH0025")


def test_a_shot_goes_with_its_comments_and_nothing_else() -> None:
    new = edit(SCRIPT, op="delete", shot="sc010_SH0010")
    start, stop = SCRIPT.index("      # the climb"), SCRIPT.index("\n      - id: SH0020")
    assert new == SCRIPT[:start] + SCRIPT[stop:]
    new = edit(SCRIPT, op="delete", shot="sc010_SH0020")
    assert "brighter" not in new
    assert "keep\n\n      - {id: SH0030" in new
    assert edit(SCRIPT, op="delete", shot="END").endswith("Dark.}\nblocks:\n")


def test_a_shot_moves_with_its_comments_and_is_indented_anew() -> None:
    new = edit(SCRIPT, op="move", shot="sc010_SH0010", before="END")
    assert (
        "blocks:\n"
        "# the climb\n"
        "- id: SH0010            # first\n"
        "  content: >-\n"
        "    Mira climbs\n"
        "    the last steps.\n"
        "  media:\n"
        "    - media_role: narrative_im\n"
        '      media_spec: {type: stable_diffusion, prompt: "iron stairs",   seed: 7}  # keep\n'
        "- id: END\n"
    ) in new
    back = edit(new, op="move", shot="SH0010", before="sc010_SH0020")
    assert [one for one in back.splitlines() if one] == [one for one in SCRIPT.splitlines() if one]
    assert edit(SCRIPT, op="move", shot="END", after="END") == SCRIPT


def test_line_ends_a_byte_order_mark_and_a_missing_last_break_stay() -> None:
    script = f"\ufeff{SCRIPT}".replace("\n", "\r\n").removesuffix("\r\n")
    new = edit(script, op="duplicate", shot="END")
    assert new.startswith("\ufeff# The")
    assert new == f"{script}\r\n- id: END_2\r\n  content: Fin."


def test_edits_are_done_one_after_another_or_not_at_all() -> None:
    edits = [
        EDIT.validate_python({"op": "duplicate", "shot": "END"}),
        EDIT.validate_python({"op": "set", "shot": "END_2", "field": "content", "value": "!"}),
    ]
    assert edited(SCRIPT, edits).endswith('- id: END_2\n  content: "!"\n')
    wrong = EDIT.validate_python({"op": "set", "shot": "END", "field": "content.x", "value": 1})
    with pytest.raises(Invalid) as refused:
        edited(SCRIPT, [*edits, wrong])
    assert refused.value.facts["edit"] == 2


def test_a_shot_goes_by_other_names_too() -> None:
    new = edited(SCRIPT, [EDIT.validate_python({"op": "delete", "shot": "id-7"})], {"id-7": "END"})
    assert "END" not in new


ALIASED = """\
project: {id: x}
concepts:
  - &mira {id: mira, type: character, content: &words Tall., attributes: &a {x: 1}}
  - {id: tom, type: character, content: *words, attributes: {<<: *a, y: 2}}
  - id: ann
    type: character
    attributes: *a
scenes:
  - id: one
    shots: &shots
      - {id: A, content: a}
  - {id: two, shots: *shots}
"""


def test_what_an_alias_repeats_is_refused_with_its_line() -> None:
    with pytest.raises(Invalid) as refused:
        edit(ALIASED, op="set", shot="two_A", field="content", value="b")
    assert refused.value.code == "repeated_by_alias"
    assert "Line 12 is repeated here by *shots" in refused.value.message
    with pytest.raises(Invalid, match=r"Line 7 is repeated here by \*a"):
        edit(ALIASED, op="set", concept="ann", field="attributes.x", value=2)
    for op in ("delete", "duplicate"):
        with pytest.raises(Invalid, match="repeated"):
            edit(ALIASED, op=op, shot="two_A")
    with pytest.raises(Invalid, match="repeated"):
        edit(ALIASED, op="insert", shot={"id": "B"}, after="two_A")


def test_what_others_repeat_is_refused() -> None:
    for fields in (
        {"op": "set", "shot": "one_A", "field": "content", "value": "b"},
        {"op": "delete", "shot": "one_A"},
        {"op": "set", "concept": "mira", "field": "content", "value": "Small."},
        {"op": "set", "concept": "mira", "field": "attributes.x", "value": 2},
    ):
        with pytest.raises(Invalid) as refused:
            edit(ALIASED, **fields)
        assert refused.value.code == "not_in_place"


def test_where_an_alias_stands_a_value_of_its_own_may_stand() -> None:
    new = edit(ALIASED, op="set", concept="tom", field="content", value="Small.")
    assert "content: Small., attributes: {<<: *a, y: 2}" in new
    new = edit(ALIASED, op="set", concept="tom", field="attributes.x", value=2)
    assert "attributes: {<<: *a, y: 2, x: 2}" in new


@pytest.mark.parametrize(
    "fields",
    [
        {"op": "delete", "shot": "sc010_NO"},
        {"op": "set", "concept": "no", "field": "content", "value": 1},
        {"op": "set", "shot": "END", "media": "no", "field": "title", "value": "x"},
        {"op": "insert", "shot": {"id": "A"}, "scene": "no"},
    ],
)
def test_a_name_that_nothing_has_is_not_found(fields: dict[str, Any]) -> None:
    with pytest.raises(NotFound, match="no"):
        edit(SCRIPT, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"op": "insert", "shot": {"id": "A"}},
        {"op": "move", "shot": "A", "after": "B", "before": "C"},
        {"op": "set", "field": "x y", "value": 1},
        {"op": "set", "shot": "A", "concept": "b", "field": "x", "value": 1},
        {"op": "set", "media": "m", "field": "x", "value": 1},
        {"op": "paint"},
        {"op": "delete", "shot": "A", "colour": "red"},
    ],
)
def test_an_edit_that_means_nothing_is_refused_before_it_is_tried(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        EDIT.validate_python(fields)
