"""Adapters that contract suites run on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.databases import Database
from tests.services.postgres import Postgres


@pytest.fixture(scope="session")
def postgres_with_tables(postgres: Postgres) -> Iterator[str]:
    """One for all tests: making the tables takes longer than most of them."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """SQLite in a file, then PostgreSQL."""
    url = (
        f"sqlite:///{tmp_path / 'framewright.db'}"
        if request.param == "sqlite"
        else request.getfixturevalue("postgres_with_tables")
    )
    database = Database(url)
    yield database
    database.close()
