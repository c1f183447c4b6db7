"""The schema of a database: made, kept, migrated, or refused."""

import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from domain.errors import Misconfigured
from storage.database import open_engine
from storage.migration import VERSIONS, prepare, upgrade
from storage.tables import SCHEMA
from storage.unit_of_work import SqlWorks
from tests.builders import a_board, a_tag, a_take
from tests.fakes import Diary, FakeClock, RecordingBus, RecordingDispatcher
from tests.services.process import ROOT, Process

NEXT = (*VERSIONS, Path(__file__).with_name("next_schema"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'framewright.db'}"
    found: str = request.getfixturevalue("postgres_database")
    return found


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


def schema_of(engine: sa.Engine) -> list[tuple[Any, ...]]:
    """All there is but Alembic's own table, as the database itself says it."""
    if engine.dialect.name == "sqlite":
        question = "SELECT type, name, tbl_name, sql FROM sqlite_master"
    else:
        question = """
            SELECT 'column', table_name, column_name, row(
              ordinal_position, data_type, is_nullable, column_default, character_maximum_length
            )::text FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT 'index', tablename, indexname, indexdef
              FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT 'constraint', conrelid::regclass::text, conname,
              pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
              FROM pg_trigger WHERE NOT tgisinternal
        """
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(question).all()
    ours = [tuple(row) for row in rows if "alembic_version" not in (row[1], row[2])]
    return sorted(tuple(" ".join(str(part).split()) for part in row) for row in ours)


def revision_of(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        [row] = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    return str(row[0])


def works_on(engine: sa.Engine) -> SqlWorks:
    diary = Diary()
    return SqlWorks(
        engine,
        clock=FakeClock(),
        dispatcher=RecordingDispatcher(diary),
        bus=RecordingBus(diary),
    )


def fill(engine: sa.Engine) -> None:
    """A production with a take: rows that hang on rows."""
    board = a_board(2, fallback_text="…")
    with works_on(engine)() as work:
        work.boards.add(board.project, board, "the script")
        tag = work.media.add(a_tag(board.project.id))
        work.takes.add(a_take(board.slots[0], tag))
        work.slots.touch(board.slots[0].id, "took")
        work.commit()


def rows(engine: sa.Engine, question: str) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question).all()]


def test_upgrading_from_nothing_gives_the_tables_of_a_new_database(
    engine: sa.Engine, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Whoever changes `storage.tables` finds here that a revision is missing."""
    with engine.begin() as connection:
        upgrade(connection, SCHEMA, VERSIONS)
    with ExitStack() as closing:
        url = f"sqlite:///{tmp_path / 'new.db'}"
        if engine.dialect.name == "postgresql":
            url = closing.enter_context(request.getfixturevalue("postgres").database())
        new = open_engine(url)
        closing.callback(new.dispose)
        prepare(new, backup_dir=None)
        assert schema_of(engine) == schema_of(new)
        assert revision_of(engine) == revision_of(new) == SCHEMA


def test_a_new_or_a_right_database_is_prepared_without_alembic(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from storage.database import open_engine;"
        "from storage.migration import prepare;"
        f"engine = open_engine('sqlite:///{tmp_path / 'framewright.db'}');"
        "prepare(engine, backup_dir=None); prepare(engine, backup_dir=None);"
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    with Process(command, log=tmp_path / "log", cwd=ROOT) as process:
        assert process.wait(within=30) == 0
    assert process.text.strip() == "False"


def test_preparing_what_is_right_changes_nothing(engine: sa.Engine) -> None:
    prepare(engine, backup_dir=None)
    fill(engine)
    before = schema_of(engine)
    prepare(engine, backup_dir=None)
    assert schema_of(engine) == before
    assert rows(engine, "SELECT count(*) FROM slot") == [(2,)]


def test_processes_that_start_together_make_one_schema(url: str) -> None:
    engines = [open_engine(url) for _ in range(4)]
    together = Barrier(4)

    def start(engine: sa.Engine) -> str:
        together.wait()
        prepare(engine, backup_dir=None)
        return revision_of(engine)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, engines)) == [SCHEMA] * 4
    for engine in engines:
        engine.dispose()


def test_a_new_sqlite_file_is_opened_by_many_in_the_same_moment(tmp_path: Path) -> None:
    for attempt in range(40):
        engines = [open_engine(f"sqlite:///{tmp_path}/{attempt}.db") for _ in range(8)]
        together = Barrier(8)

        def touch(engine: sa.Engine, together: Barrier = together) -> None:
            together.wait()
            engine.connect().close()
            engine.dispose()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(touch, engines))


def test_an_older_database_is_migrated_with_all_its_rows(engine: sa.Engine) -> None:
    prepare(engine, backup_dir=None)
    fill(engine)
    count = "SELECT (SELECT count(*) FROM slot), (SELECT count(*) FROM take)"
    shown = "SELECT state, version FROM slot ORDER BY id"
    before = rows(engine, shown)
    prepare(engine, backup_dir=None, schema="0002", versions=NEXT)
    assert revision_of(engine) == "0002"
    assert rows(engine, count) == [(2, 1)]
    assert rows(engine, shown) == before
    assert rows(engine, "SELECT DISTINCT colour, instead FROM slot") == [("grey", "…")]


def test_foreign_keys_hold_again_after_a_migration(engine: sa.Engine) -> None:
    prepare(engine, backup_dir=None)
    fill(engine)
    prepare(engine, backup_dir=None, schema="0002", versions=NEXT)
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM slot")


def test_an_older_file_is_copied_first_and_the_copy_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "50% off"
    folder.mkdir()
    engine = open_engine(f"sqlite:///{folder / 'framewright.db'}")
    prepare(engine, backup_dir=folder)
    fill(engine)
    prepare(engine, backup_dir=folder, schema="0002", versions=NEXT)
    [copy] = folder.glob("framewright.schema-0001.*.db")
    assert str(copy) in caplog.text
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert kept.execute("SELECT count(*) FROM take").fetchone() == (1,)
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept.close()
    assert list(folder.glob(".*")) == []
    engine.dispose()


def test_a_migration_that_breaks_something_leaves_all_as_it_was(engine: sa.Engine) -> None:
    prepare(engine, backup_dir=None)
    fill(engine)
    before = schema_of(engine)
    with pytest.raises(sa.exc.IntegrityError):
        prepare(engine, backup_dir=None, schema="0003", versions=NEXT)
    assert revision_of(engine) == SCHEMA
    assert schema_of(engine) == before
    assert rows(engine, "SELECT count(*) FROM slot") == [(2,)]


def test_a_newer_database_is_refused_in_one_line(engine: sa.Engine) -> None:
    prepare(engine, backup_dir=None)
    fill(engine)
    prepare(engine, backup_dir=None, schema="0002", versions=NEXT)
    with pytest.raises(Misconfigured) as caught:
        prepare(engine, backup_dir=None)
    assert "newer Framewright (schema 0002" in caught.value.message
    assert "\n" not in caught.value.message
    assert rows(engine, "SELECT count(*) FROM take") == [(1,)]
