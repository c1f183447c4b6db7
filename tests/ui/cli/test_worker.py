"""``worker``: processes of the shared mode, kept alive, and gone with their parent."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from signal import SIGKILL
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

import pytest

from tests.services.server import run_main
from tests.ui.cli.commands import AT_ONCE, Run, run_command
from tests.ui.cli.test_build import OPEN

WITHIN_S = 20.0


def test_it_is_refused_in_one_line_without_the_shared_mode(run: Run, data: Path) -> None:
    refused = run("worker", "--processes", "2")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "FRAMEWRIGHT_REDIS_URL" in refused.err
    assert not data.exists()


@pytest.fixture
def shared(redis_database: str, postgres_database: str, data: Path) -> Mapping[str, str]:
    return AT_ONCE | {
        "FRAMEWRIGHT_DATA": str(data),
        "FRAMEWRIGHT_REDIS_URL": redis_database,
        "FRAMEWRIGHT_DATABASE_URL": postgres_database,
        "FRAMEWRIGHT_SECRET": "the same for all",
    }


def children_of(parent: int) -> set[int]:
    """Worker processes that this one started, found by how they were called."""
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            above = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if above == parent and b"--child" in words:
            found.add(int(entry.name))
    return found


def is_alive(pid: int) -> bool:
    try:
        state = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(true: Callable[[], bool], what: str) -> None:
    until, pause = monotonic() + WITHIN_S, Event()
    while not true():
        assert monotonic() < until, what
        pause.wait(0.05)


@pytest.mark.services
def test_workers_make_what_a_build_asks_for_and_end_with_their_parent(
    shared: Mapping[str, str], data: Path, tmp_path: Path
) -> None:
    script = tmp_path / "lamp.yaml"
    script.write_text(OPEN.replace("          - {media_id: card", "          # {media_id: card"))
    with run_main("worker", "--processes", "2", log=tmp_path / "log", env=shared) as workers:
        workers.wait_for("Framewright works; processes: 2.")
        built = run_command("build", script, "--json", data=data, env=shared)
        assert (built.code, json.loads(built.out)["new"]) == (0, 4)

        first = children_of(workers.pid)
        assert len(first) == 2
        os.kill(min(first), SIGKILL)
        wait_until(lambda: len(children_of(workers.pid) - first) == 1, workers.text)

        last = children_of(workers.pid)
        assert workers.stop() == 0
        wait_until(lambda: not any(map(is_alive, last)), "a child outlived its parent")


@pytest.mark.services
def test_no_child_outlives_a_parent_that_was_killed(
    shared: Mapping[str, str], tmp_path: Path
) -> None:
    with run_main("worker", "--processes", "2", log=tmp_path / "log", env=shared) as workers:
        wait_until(lambda: len(children_of(workers.pid)) == 2, workers.text)
        children = children_of(workers.pid)
        workers.kill()
        wait_until(lambda: not any(map(is_alive, children)), "a child outlived its parent")


@pytest.mark.services
def test_doctor_reaches_the_shared_parts_and_tells_no_password(
    shared: Mapping[str, str], run: Run
) -> None:
    empty = run("doctor", env=shared)
    assert empty.code == 1
    assert "problem  database   The database is empty. Start" in empty.out
    assert run("demo", env=shared).code == 0
    told = run("doctor", env=shared)
    assert told.code == 0
    assert "ok       broker     redis://" in told.out
    assert "ok       database   postgresql+psycopg://" in told.out
    for name in ("FRAMEWRIGHT_REDIS_URL", "FRAMEWRIGHT_DATABASE_URL"):
        password = urlsplit(shared[name]).password
        assert password is None or password not in told.out + told.err
