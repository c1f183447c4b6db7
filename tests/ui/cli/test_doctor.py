"""``doctor``: every part by name, problems by exit code, secrets never."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.ui.cli.commands import Run

SESAME = "sesame-1234"


def test_a_new_machine_is_fine_and_stays_as_it_is(run: Run, data: Path) -> None:
    told = run("doctor")
    assert (told.code, told.err) == (0, "")
    for part in ("Framewright", "Python", "dramatiq", "disk", "database", "broker", "store"):
        assert part in told.out
    assert "fake, ready: image, music, video, voice" in told.out
    assert not data.exists()


def test_a_used_folder_is_named_with_its_database(run: Run, data: Path) -> None:
    run("demo")
    told = run("doctor")
    assert told.code == 0
    assert f"{data}, in use by nobody" in told.out
    assert f"sqlite:///{data}/framewright.db" in told.out


@pytest.mark.parametrize(
    ("command", "code"), [(("doctor",), 1), (("plan", "last_keeper"), 2)], ids=["doctor", "plan"]
)
def test_a_folder_of_an_older_version_is_named_and_left_as_it_is(
    run: Run, data: Path, command: tuple[str, ...], code: int
) -> None:
    run("demo")
    with closing(sqlite3.connect(data / "framewright.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
    before = sorted(one.name for one in data.iterdir())
    told = run(*command)
    assert told.code == code
    assert "The database has schema 0000, this version's is" in told.out + told.err
    assert "Start this version's serve once" in told.out + told.err
    assert sorted(one.name for one in data.iterdir()) == before
    with closing(sqlite3.connect(data / "framewright.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0000",)]


def test_a_folder_that_is_a_file_is_a_problem(run: Run, data: Path) -> None:
    data.write_text("not a folder")
    told = run("doctor")
    assert told.code == 1
    assert f"{data} is no folder" in told.out


def test_what_is_out_of_reach_is_a_problem_and_no_secret_is_told(run: Run) -> None:
    away = "127.0.0.1:1"
    told = run(
        "doctor",
        env={
            "FRAMEWRIGHT_DATABASE_URL": f"postgresql+psycopg://me:{SESAME}@{away}/x",
            "FRAMEWRIGHT_REDIS_URL": f"redis://:{SESAME}@{away}/0",
            "FRAMEWRIGHT_SECRET": SESAME,
        },
    )
    assert told.code == 1
    assert "can't be used" in told.out
    assert SESAME not in told.out + told.err


def test_a_store_out_of_reach_is_a_problem_and_its_key_is_not_told(run: Run) -> None:
    told = run(
        "doctor",
        env={
            "FRAMEWRIGHT_MEDIA_URL": "s3://bucket/prefix",
            "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": SESAME,
        },
    )
    assert told.code == 1
    assert "problem  store      s3://bucket/prefix" in told.out
    assert SESAME not in told.out + told.err
