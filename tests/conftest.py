"""What every test may ask for by name. Data is made by builders, doubles are in fakes.py."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.services.browser import chromium
from tests.services.postgres import Postgres
from tests.services.redis import Redis
from tests.services.server import Server, StartServer

LOOPBACK = ["127.0.0.1", "::1", "localhost"]


def pytest_configure(config: pytest.Config) -> None:
    # A terminated run ends like an interrupted one: fixtures close what they started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.get_closest_marker(name) for name in ("services", "e2e", "proof")):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
    # Playwright's synchronous half holds the thread's event loop for good: its tests come last.
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    with Redis() as server:
        yield server


@pytest.fixture(scope="session")
def redis_url(redis: Redis) -> str:
    """One Redis for the session."""
    return redis.url


@pytest.fixture
def redis_database(redis: Redis) -> str:
    """The same Redis, emptied for this test."""
    redis.flush()
    return redis.url


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> str:
    """One cluster for the session: its maintenance database."""
    return postgres.url()


@pytest.fixture
def postgres_database(postgres: Postgres) -> Iterator[str]:
    """A database of this test's own, dropped after it."""
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session; a test opens contexts in it and closes them."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StartServer]:
    """Start ``main.py serve``, as often as wanted: ``server()``, ``server(env={…})``."""
    with ExitStack() as stack:

        def start(
            *arguments: str | Path,
            data: Path | None = None,
            port: int = 0,
            env: Mapping[str, str] = {},
        ) -> Server:
            started = Server(data or tmp_path / "data", *arguments, port=port, env=env)
            stack.callback(started.kill)
            return started

        yield start
