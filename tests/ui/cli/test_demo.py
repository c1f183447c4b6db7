"""The demo production: loaded once, settled by itself but for what it leaves to a person."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from domain.access import OWNER
from domain.story.board import Board
from domain.story.compiler import compile_script
from domain.studio import Studio
from domain.work.job import JobState
from domain.work.take import Review
from storage.demo import NAME, script
from tests.services.process import ROOT
from tests.services.server import StartServer
from tests.ui.cli.commands import AT_ONCE, Run, contents, opened, run_command

KEY = "last_keeper"
WAITING = ["sc010_SH0040", "sc010_SH0050", "sc030_SH0020", "sc040_SH0040"]
BLOCKED, STUMBLES = "sc030_SH0030", "sc020_SH0070"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The demo after it came to rest without anybody's doing."""
    data = tmp_path_factory.mktemp("demo") / "data"
    assert run_command("demo", data=data).code == 0
    ended = run_command("build", ROOT / "storage/demo" / NAME, "--json", data=data)
    outcome = json.loads(ended.out)
    assert ended.code == 3
    assert outcome["revision"] == 1
    with opened(data) as studio:
        yield studio


def states(board: Board) -> dict[str, str]:
    """The state of each shot's picture."""
    codes = {one.id: one.code for one in board.shots}
    return {codes[slot.owner_id]: slot.state for slot in board.slots if slot.role == "narrative_im"}


def test_the_script_has_no_fault_and_the_size_of_a_short_film() -> None:
    compiled = compile_script(script(), name=NAME)
    assert compiled.diagnostics == ()
    assert compiled.script.key == KEY
    assert (len(compiled.script.scenes), len(compiled.script.shots)) == (4, 24)
    assert sum(len(shot.choices) for shot in compiled.script.shots) == 2
    assert all(48 <= shot.duration <= 168 for shot in compiled.script.shots)
    assert [one.code for one in compiled.script.shots if "tomas" in one.cast] == WAITING


def test_it_settles_made_but_for_four_waiting_and_one_blocked(settled: Studio) -> None:
    board = settled.viewing.board(OWNER, KEY)
    assert Counter(shot.state for shot in board.shots) == {"succeeded": 19, "blocked": 5}
    reasons = {shot.code: slot.reason for shot in board.shots for slot in shot.slots if slot.reason}
    waiting = [code for code, reason in reasons.items() if reason.code == "look_not_approved"]
    assert waiting == WAITING
    assert reasons[BLOCKED].code == "quota_exhausted"
    fixes = {shot.code: slot.fix.label for shot in board.shots for slot in shot.slots if slot.fix}
    assert fixes[BLOCKED] == "Retry"


def test_clips_wait_for_a_choice_and_what_is_heard_was_made_here(settled: Studio) -> None:
    slots = [slot for shot in settled.viewing.board(OWNER, KEY).shots for slot in shot.slots]
    clips = [slot for slot in slots if slot.media_id == "clip"]
    assert [slot.reason and slot.reason.code for slot in clips] == ["frame_not_selected"] * 2
    heard = {slot.media_type: slot.provider_kind for slot in slots if slot.media_type.is_sound}
    assert heard == {"voice": "local", "music": "local"}
    assert all(slot.state == "succeeded" for slot in slots if slot.media_type.is_sound)
    pictures = [slot for slot in slots if slot.thumb]
    assert {slot.provider_kind for slot in pictures} == {"fake"}


def test_the_looks_are_approved_but_for_the_one_left_to_a_person(settled: Studio) -> None:
    looks = {one.id: one.slots for one in settled.viewing.board(OWNER, KEY).concepts if one.slots}
    assert {key: slots[0].review for key, slots in looks.items()} == {
        "mira": Review.APPROVED,
        "tomas": Review.TODO,
        "harbour": Review.APPROVED,
    }


def test_one_shot_stumbles_and_recovers_by_itself(settled: Studio) -> None:
    board = settled.viewing.board(OWNER, KEY)
    frame = next(shot.slots[0] for shot in board.shots if shot.code == STUMBLES)
    assert frame.state == "succeeded"
    assert frame.job is not None
    record = settled.control.get(OWNER, frame.job.id)
    assert [one.state for one in record.submissions] == ["rejected", "done"]


def test_no_two_pictures_are_the_same(settled: Studio) -> None:
    board = settled.viewing.board(OWNER, KEY)
    pictures = [shot.slots[0].thumb for shot in board.shots if shot.state == "succeeded"]
    assert len(set(pictures)) == 19


def test_loading_it_again_asks_for_nothing_again(run: Run, data: Path) -> None:
    assert "15 media asked for, 24 wait" in run("demo").out
    with opened(data) as studio:
        board = studio.viewing.structure(OWNER, KEY)
        studio.control.cancel_slot(
            OWNER, next(one.id for one in board.slots if one.state == "pending")
        )
        before = studio.viewing.structure(OWNER, KEY)
        assert "is there already" in run("demo").out
        assert studio.viewing.structure(OWNER, KEY) == before


def test_a_reset_puts_a_fresh_one_in_its_place_and_loses_nothing(run: Run, data: Path) -> None:
    run("build", ROOT / "storage/demo" / NAME)
    media = contents(data / "media")
    assert "kept as last_keeper-1" in run("demo", "--reset").out
    with opened(data) as studio:
        fresh = studio.viewing.structure(OWNER, KEY)
        kept = studio.viewing.structure(OWNER, "last_keeper-1")
        assert sum(slot.takes for slot in fresh.slots) == 0
        assert sum(slot.takes for slot in kept.slots) == 32
        assert "id: last_keeper-1" in studio.productions.text(OWNER, "last_keeper-1")
    assert contents(data / "media") == media
    assert "kept as last_keeper-2" in run("demo", "--reset").out
    with opened(data) as studio:
        assert not studio.control.listing(OWNER, project="last_keeper-2", state=JobState.QUEUED)


def test_beside_a_server_it_is_made_and_an_approval_and_a_retry_finish_it(
    run: Run, server: StartServer, data: Path
) -> None:
    server(data=data, env=AT_ONCE)
    assert run("demo").code == 0
    with opened(data) as studio:
        wait_for(studio, {"succeeded": 19, "blocked": 5})
        board = studio.viewing.board(OWNER, KEY)
        look = next(one.slots[0] for one in board.concepts if one.id == "tomas")
        studio.reviewing.approve_shown(OWNER, look.id)
        blocked = next(shot.slots[0] for shot in board.shots if shot.code == BLOCKED)
        assert blocked.job is not None
        studio.control.retry(OWNER, blocked.job.id)
        wait_for(studio, {"succeeded": 24})


def wait_for(studio: Studio, wanted: dict[str, int]) -> None:
    until, pause = monotonic() + 30, Event()
    while (now := Counter(states(studio.viewing.structure(OWNER, KEY)).values())) != wanted:
        assert monotonic() < until, now
        pause.wait(0.1)


def test_a_copy_that_was_edited_is_nobodys_demo_any_more(
    run: Run, tmp_path: Path, data: Path
) -> None:
    mine = tmp_path / NAME
    mine.write_text(script().decode().replace("The Last Keeper", "My Own Keeper"))
    outcome = json.loads(run("build", mine, "--json").out)
    assert (outcome["made"], len(outcome["waiting"])) == (3 + 2 + 9 + 1, 24)
    with opened(data) as studio:
        studio.productions.change(OWNER, KEY, script())
        # As at a start after looks came while nobody attended.
        assert studio.demonstration.approve() == 2
        assert studio.demonstration.approve() == 0
