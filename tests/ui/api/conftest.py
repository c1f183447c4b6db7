"""Houses to ask: ``house`` as it stands, ``making`` with a worker, ``open_house`` for more."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from jobs.pool import Pool
from storage.inspector import Inspector
from tests.ui.api.house import House

OpenHouse = Callable[..., House]


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    # From this thread: a child dies with the thread that made it, and a house's workers end.
    pool.warm()
    pool.warm()
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def inspector() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    inspector.close()


@pytest.fixture
def open_house(tmp_path: Path, pool: Pool, inspector: Inspector) -> Iterator[OpenHouse]:
    """A server over this test's folder; a second one finds what the first left."""
    with ExitStack() as stack:

        def start(**options: Any) -> House:
            house = House(tmp_path, pool=pool, inspector=inspector, **options)
            stack.callback(house.close)
            return house

        yield start


@pytest.fixture
def house(open_house: OpenHouse) -> House:
    return open_house()


@pytest.fixture
def making(open_house: OpenHouse) -> House:
    return open_house(worker=True)
