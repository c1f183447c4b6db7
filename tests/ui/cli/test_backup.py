"""``backup`` beside a server that makes media, ``restore`` elsewhere: nothing gets lost."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

from domain.access import OWNER
from domain.studio import Studio
from domain.work.job import JobState
from tests.services.server import StartServer
from tests.ui.cli.commands import AT_ONCE, Run, contents, opened, run_command

KEY = "last_keeper"


def takes_of(studio: Studio) -> dict[str, str]:
    """Every take of the demo and the hash of its bytes."""
    board = studio.viewing.structure(OWNER, KEY)
    return {
        take.id: f"{take.number} {take.sha256} {take.review}"
        for slot in board.slots
        for take in studio.takes.listing(OWNER, slot.id)
    }


def wait_until(true: Callable[[], bool], *, within: float = 60) -> None:
    end = monotonic() + within
    while not true():
        assert monotonic() < end
        Event().wait(0.1)


def active(studio: Studio) -> int:
    return sum(
        len(studio.control.listing(OWNER, state=state, limit=500))
        for state in (JobState.QUEUED, JobState.RUNNING)
    )


def test_a_backup_taken_while_media_is_made_goes_on_elsewhere_where_it_stood(
    server: StartServer, run: Run, data: Path, tmp_path: Path
) -> None:
    assert run("demo").code == 0
    # Slow enough that a good part is still to be made when the backup is taken.
    serving = server(data=data, env=AT_ONCE | {"FRAMEWRIGHT_FAKE_SPEED": "1"})
    with opened(data) as studio:
        wait_until(lambda: len(takes_of(studio)) >= 3)
    kept = tmp_path / "kept.zip"
    ended = run("backup", kept)
    assert (ended.code, ended.err) == (0, "")
    assert "Left out" in ended.out
    serving.stop()
    elsewhere = tmp_path / "elsewhere" / "data"
    elsewhere.parent.mkdir()
    restored = run_command("restore", kept, data=elsewhere)
    assert (restored.code, restored.err) == (0, "")
    assert (elsewhere / "owner.token").read_text() != (data / "owner.token").read_text()
    with opened(data) as studio, opened(elsewhere) as copy:
        then, later = takes_of(copy), takes_of(studio)
        assert len(then) >= 3
        assert then.items() <= later.items()
        assert active(copy)
        assert (
            copy.viewing.structure(OWNER, KEY).shots == studio.viewing.structure(OWNER, KEY).shots
        )
    files, copied = contents(data / "media"), contents(elsewhere / "media")
    originals = {name for name in copied if not name.startswith("derived")}
    assert originals
    assert all(copied[name] == files[name] for name in originals)
    assert {name.partition("/")[2].partition(".")[0] for name in originals} == {
        told.split()[1] for told in then.values()
    }
    again = server(data=elsewhere, env=AT_ONCE)
    with opened(elsewhere) as copy:
        wait_until(lambda: not active(copy))
        states = [shot.state for shot in copy.viewing.board(OWNER, KEY).shots]
        assert (states.count("succeeded"), states.count("blocked")) == (19, 5)
        assert then.items() <= takes_of(copy).items()
    again.stop()


def test_a_folder_in_use_or_with_anything_in_it_is_not_restored_into(
    server: StartServer, run: Run, data: Path, tmp_path: Path
) -> None:
    assert run("demo").code == 0
    kept = tmp_path / "kept.zip"
    assert run("backup", kept).code == 0
    refused = run("restore", kept)
    assert refused.code == 2
    assert "not empty" in refused.err
    server(data=data, env=AT_ONCE)
    refused = run("restore", kept)
    assert refused.code == 2
    assert "in use by process" in refused.err


def test_without_anything_to_keep_nothing_is_written(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.zip"
    ended = run("backup", kept)
    assert ended.code == 2
    assert "nothing" in ended.err
    assert not kept.exists()
    assert run("restore", kept).code == 2


def test_a_shared_database_is_backed_up_by_its_own_tools(run: Run, tmp_path: Path) -> None:
    env = {"FRAMEWRIGHT_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/none"}
    ended = run("backup", tmp_path / "kept.zip", env=env)
    assert ended.code == 2
    assert "docs/deployment.md" in ended.err
