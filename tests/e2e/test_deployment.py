"""docs/deployment.md as it stands: its commands make a studio of several processes."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import House
from tests.e2e.people import card, make_all, wait_all
from tests.e2e.scripts import a_script
from tests.e2e.watching import agree, states
from tests.services.postgres import postgres_programs
from tests.services.process import ROOT
from tests.services.s3 import S3
from tests.services.server import StartServer, run_main
from ui.cli import commands

pytestmark = [pytest.mark.e2e, pytest.mark.services, pytest.mark.proof]

PAGE = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
COMMANDS = [one.split() for one in re.findall(r"^\$ python main\.py (.*)$", PAGE, re.MULTILINE)]
SETTINGS = dict(re.findall(r"^export (\w+)=(.*)$", PAGE, re.MULTILINE))


def told(name: str) -> list[list[str]]:
    """The page's commands of this name, with a port that is free here."""
    found = [one[1:] for one in COMMANDS if one[0] == name]
    return [["0" if before == "--port" else word for before, word in paired(one)] for one in found]


def paired(words: list[str]) -> list[tuple[str, str]]:
    return list(zip(["", *words], words, strict=False))


@pytest.fixture
def shared(redis_database: str, postgres_database: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Every setting that the page names, with a value of this test."""
    secret = tmp_path / "secret"
    secret.write_text("one long random line")
    with S3() as store:
        values = store.options | {
            "FRAMEWRIGHT_DATABASE_URL": postgres_database,
            "FRAMEWRIGHT_REDIS_URL": redis_database,
            "FRAMEWRIGHT_MEDIA_URL": SETTINGS["FRAMEWRIGHT_MEDIA_URL"],
            "FRAMEWRIGHT_SECRET_FILE": str(secret),
            "FRAMEWRIGHT_PUBLIC_URL": "",  # two servers are reached here without a proxy
        }
        assert set(values) == set(SETTINGS)
        yield values | {"FRAMEWRIGHT_FAKE_ART": "plain", "FRAMEWRIGHT_FAKE_SPEED": "0.3"}


def test_what_is_clicked_on_one_server_is_seen_on_another_and_made_by_a_worker(
    house: House,
    browser: Browser,
    server: StartServer,
    shared: dict[str, str],
    tmp_path: Path,
) -> None:
    here, there = told("serve")
    house.server = server(*here, data=tmp_path / "here", env=shared)
    other = House(tmp_path, browser, server)
    other.server = server(*there, data=tmp_path / "there", env=shared)
    [doctor], [worker] = told("doctor"), told("worker")
    log = tmp_path / "doctor.log"
    with run_main("doctor", *doctor, "--data", tmp_path / "d", log=log, env=shared) as examined:
        assert examined.wait(60) == 0, examined.text
    with run_main(
        "worker", *worker, "--data", tmp_path / "w", log=tmp_path / "worker.log", env=shared
    ) as working:
        working.wait_for("Framewright works; processes: 2", within=60)
        httpx.post(
            f"{house.server.url}/api/v1/projects",
            content=a_script(4),
            headers=house.owner | {"Content-Type": "application/yaml"},
        ).raise_for_status()
        looks_on, acts = house.strip(), other.strip()
        make_all(acts)
        wait_all(looks_on, within=120)
        wait_all(acts, within=120)
        assert agree(lambda: states(looks_on), lambda: states(acts), house.states)
        for page in (looks_on, acts):
            picture = card(page, "sc001_SH0000").locator("img")
            expect(picture).to_have_js_property("complete", value=True)
            assert picture.evaluate("(img) => img.naturalWidth") > 0
        assert house.ask("/jobs")["items"][0]["state"] == "succeeded"
        working.stop()
    assert not (tmp_path / "here" / "media").exists()  # it is all in the store
    other.close()
    dump = tmp_path / "framewright.dump"
    [words] = re.findall(r"^\$ pg_dump (.*)$", PAGE, re.MULTILINE)
    *options, _name = words.replace("framewright.dump", str(dump)).split()
    url = shared["FRAMEWRIGHT_DATABASE_URL"].replace("+psycopg", "")
    pg_dump = postgres_programs() / "pg_dump"
    subprocess.run([str(pg_dump), *options, url], check=True, timeout=60)
    assert dump.stat().st_size > 0


def test_every_command_on_the_page_is_one_there_is() -> None:
    names = [commands.parse(one).command for one in COMMANDS]
    assert names == ["doctor", "serve", "serve", "worker", "backup", "restore"]
