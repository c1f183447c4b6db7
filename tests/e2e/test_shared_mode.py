"""The shared mode: a web process that makes nothing, a worker that nobody looks at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House
from tests.e2e.people import make_all, wait_all, wait_for
from tests.e2e.scripts import a_script
from tests.e2e.watching import Requests, Watch, agree, states
from tests.services.process import Process
from tests.services.server import run_main

pytestmark = [pytest.mark.e2e, pytest.mark.services]

ROAD = ["empty", "pending", "running", "succeeded"]

SHOTS = 12


@pytest.fixture
def shared(redis_database: str, postgres_database: str) -> dict[str, str]:
    """What all processes of one studio are told."""
    return {
        "FRAMEWRIGHT_REDIS_URL": redis_database,
        "FRAMEWRIGHT_DATABASE_URL": postgres_database,
        "FRAMEWRIGHT_SECRET": "known to all of them",
        "FRAMEWRIGHT_FAKE_ART": "plain",
        "FRAMEWRIGHT_FAKE_SPEED": "0.5",
    }


@pytest.fixture
def worker(tmp_path: Path, house: House, shared: dict[str, str]) -> Iterator[Process]:
    """Workers in processes of their own, started once there is something to do."""
    command = ("worker", "--processes", "2", "--threads", "2", "--data", tmp_path / "data")
    with run_main(*command, log=tmp_path / "worker.log", env=shared) as process:
        process.wait_for("Framewright works")
        yield process
        process.stop()


def test_cards_change_by_push_while_another_process_makes_them(
    house: House, shared: dict[str, str], worker: Process
) -> None:
    house.serves(a_script(SHOTS), env=shared)
    here, there = house.strip(), house.strip("phone")
    watch, asked = Watch(there), Requests(here)
    make_all(here)
    for page in (here, there):
        wait_all(page, within=60)
    assert watch.went("sc001_SH0000", ROAD), watch.states("sc001_SH0000")
    assert watch.kept_every_node()
    assert asked.scripted == []
    assert agree(lambda: states(here), lambda: states(there), house.states)


def test_without_a_worker_all_wait_and_one_that_comes_makes_them(
    house: House, shared: dict[str, str], tmp_path: Path
) -> None:
    house.serves(a_script(4), env=shared)
    page = house.strip()
    make_all(page)
    wait_for(page, "pending", 4)
    command = ("worker", "--data", tmp_path / "data")
    with run_main(*command, log=tmp_path / "worker.log", env=shared) as process:
        wait_all(page, within=60)
        assert process.stop() == 0
    expect(page.get_by_role("button", name="Nothing to make").first).to_be_visible()
    assert house.errors == []
