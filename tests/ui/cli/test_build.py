"""``build`` and ``plan``: what is made, what is left alone, and how it is told."""

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from domain.access import OWNER
from domain.story.board import Board
from domain.usecases.productions import Files
from tests.ui.cli.commands import Run, contents, opened

SCRIPT = """\
project: {id: lamp, title: A Lamp, providers: {image: fake, voice: fake}, gates: {look: GATE}}
concepts:
  - id: mira
    type: character
    attributes: {appearance: {description: red scarf}}
    media: [{media_id: look, media_role: concept_image, media_spec: {type: stable_diffusion,
      prompt: portrait of Mira, width: 64, height: 64}}]
scenes:
  - id: sc010
    title: INT. LAMP ROOM - NIGHT
    shots:
      - id: SH0010
        content: Mira climbs.
        cast: [mira]
        media:
          - {media_id: frame, media_role: narrative_im, media_spec: {type: stable_diffusion,
             prompt: Mira on the stairs, width: 64, height: 64}}
          - {media_id: line, media_role: dialog_vo, media_spec: {type: tts, text: It went out.}}
      - id: SH0020
        content: The lamp burns.
        media:
          - {media_id: frame, media_role: narrative_im, media_spec: {type: stable_diffusion,
             prompt: a lamp, width: 64, height: 64, demo: ok}}
          - {media_id: card, media_role: ui_icon, media_path: assets/card.png}
"""
OPEN = SCRIPT.replace("GATE", "none")


def png(grey: int) -> bytes:
    """A picture of 8 x 8 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = (b"\0" + bytes([grey]) * 8) * 8
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script that gets everything, with a file beside it."""
    home = tmp_path / "home"
    (home / "assets").mkdir(parents=True)
    (home / "assets/card.png").write_bytes(png(90))
    path = home / "lamp.yaml"
    path.write_text(OPEN)
    return path


def board_of(data: Path, key: str = "lamp") -> Board:
    with opened(data) as studio:
        return studio.viewing.structure(OWNER, key)


def told(board: Board) -> dict[str, Any]:
    """All that a script decides of a board: our ids are not compared."""
    names = {one.id: one.key for one in board.scenes}
    names |= {one.id: one.key for one in board.shots}
    names |= {one.id: one.key for one in board.concepts}
    own = {"id", "project_id", "scene_id", "owner_id"}
    made = {"version", "takes", "state", "picked", "selected", "waits_for", "provider"}
    made |= {"ended_job_id", "ended_as", "ended_version"}

    def facts(parts: Any) -> list[Any]:
        return [one.model_dump(exclude=own) for one in parts]

    slots = [(names[one.owner_id], one.model_dump(exclude=own | made)) for one in board.slots]
    return {
        "header": board.project.header,
        "scenes": facts(board.scenes),
        "shots": [(names.get(one.scene_id or ""), *facts([one])) for one in board.shots],
        "concepts": facts(board.concepts),
        "slots": slots,
    }


def test_building_makes_everything_once(run: Run, script: Path, data: Path) -> None:
    first = run("build", script, "--json")
    assert (first.code, json.loads(first.out)["new"]) == (0, 5)
    before, media = board_of(data), contents(data / "media")

    again = run("build", script, "--json")

    outcome = json.loads(again.out)
    assert (again.code, outcome["made"], outcome["slots"], outcome["new"]) == (0, 5, 5, 0)
    assert board_of(data) == before
    assert contents(data / "media") == media


def test_a_built_board_is_the_imported_one(
    run: Run, script: Path, data: Path, tmp_path: Path
) -> None:
    assert run("build", script).code == 0
    with opened(tmp_path / "other") as studio:
        files = Files({"assets/card.png": png(90)})
        studio.productions.create(OWNER, script.read_bytes(), name="lamp.yaml", files=files)
        imported = studio.viewing.structure(OWNER, "lamp")
    assert told(board_of(data)) == told(imported)


def test_a_changed_script_makes_only_what_changed(run: Run, script: Path, data: Path) -> None:
    run("build", script)
    script.write_text(OPEN.replace("prompt: a lamp,", "prompt: a lantern,"))
    planned = json.loads(run("plan", script, "--json").out)
    assert planned["regenerate"] == ["sc010_SH0020/frame"]
    assert planned["create"] == planned["blocked"] == planned["wait"] == []

    outcome = json.loads(run("build", script, "--json").out)

    assert (outcome["new"], outcome["revision"]) == (1, 2)
    takes = {(one.owner_id, one.media_id): one.takes for one in board_of(data).slots}
    assert sorted(takes.values()) == [1, 1, 1, 1, 2]


def test_a_refused_script_leaves_its_production_alone(run: Run, script: Path, data: Path) -> None:
    run("build", script)
    before = board_of(data)
    script.write_text(OPEN.replace("[mira]", "[nobody]"))
    refused = run("build", script)
    assert refused.code == 1
    assert "unknown_cast" in refused.err
    assert board_of(data) == before


def test_what_waits_for_a_choice_is_told_apart_from_what_is_blocked(run: Run, script: Path) -> None:
    text = SCRIPT.replace("GATE", "approved").replace("demo: ok", "provider: nowhere")
    script.write_text(text)
    ended = run("build", script, "--json")
    outcome = json.loads(ended.out)
    assert ended.code == 3
    assert [one["slot"] for one in outcome["waiting"]] == ["sc010_SH0010/frame"]
    assert outcome["waiting"][0]["detail"] == "Waits for the look of mira"
    assert [one["slot"] for one in outcome["blocked"]] == ["sc010_SH0020/frame"]
    assert outcome["failed"] == []

    opened_gates = run("build", script, "--gates", "open", "--json")

    outcome = json.loads(opened_gates.out)
    assert opened_gates.code == 3
    assert (outcome["waiting"], outcome["new"]) == ([], 1)
    in_words = run("build", script)
    assert "waits" not in in_words.out
    assert "1  blocked\n        sc010_SH0020/frame: There is no provider named 'nowhere'" in (
        in_words.out
    )


def test_a_failure_is_exit_1_even_where_something_is_blocked(run: Run, script: Path) -> None:
    text = SCRIPT.replace("GATE", "approved").replace("demo: ok", "demo: content_policy")
    script.write_text(text)
    ended = run("build", script, "--json")
    outcome = json.loads(ended.out)
    assert ended.code == 1
    assert [one["reason"] for one in outcome["failed"]] == ["content_policy"]
    assert len(outcome["waiting"]) == 1


def test_a_plan_writes_nothing_at_all(run: Run, script: Path, data: Path, tmp_path: Path) -> None:
    planned = run("plan", script, "--json")
    receipt = json.loads(planned.out)
    assert planned.code == 0
    assert receipt["attach"] == ["sc010_SH0020/card"]
    assert (len(receipt["create"]), receipt["price"]) == (4, 0)
    assert not data.exists()
    assert set(contents(tmp_path)) == {"home/lamp.yaml", "home/assets/card.png"}

    run("build", script)
    before = contents(data)
    again = run("plan", script)
    by_name = run("plan", "lamp")

    assert again.out == by_name.out
    assert "0  create" in again.out
    assert contents(data) == before


def test_a_plan_of_nothing_known_is_one_line(run: Run, data: Path) -> None:
    refused = run("plan", "nowhere")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert not data.exists()


def test_what_names_anothers_media_gets_it_in_the_same_build(run: Run, script: Path) -> None:
    item = "          - {media_id: sc010_SH0020/card, media_role: ui_icon}\n"
    line = "          - {media_id: line,"
    script.write_text(OPEN.replace(line, item + line))
    outcome = json.loads(run("build", script, "--json").out)
    assert (outcome["made"], outcome["blocked"]) == (6, [])


def test_a_file_that_changed_is_brought_in_again(run: Run, script: Path) -> None:
    run("build", script)
    (script.parent / "assets/card.png").write_bytes(png(200))
    outcome = json.loads(run("build", script, "--json").out)
    assert outcome["revision"] == 2
    assert json.loads(run("build", script, "--json").out)["revision"] == 2


def test_progress_is_a_line_for_each_thing_that_ended(run: Run, script: Path) -> None:
    assert sorted(run("build", script).err.splitlines()) == [
        "mira/look: there",
        "sc010_SH0010/frame: there",
        "sc010_SH0010/line: there",
        "sc010_SH0020/card: there",
        "sc010_SH0020/frame: there",
    ]
    assert run("build", script).err == ""
