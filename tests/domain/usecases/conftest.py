from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.domain.usecases.workshop import Workshop
from tests.fakes import ScriptedProvider

OpenWorkshop = Callable[..., Workshop]


@pytest.fixture
def open_workshop(tmp_path: Path) -> Iterator[OpenWorkshop]:
    opened: list[Workshop] = []

    def open_one(*providers: ScriptedProvider) -> Workshop:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(Workshop(folder, *providers))
        return opened[-1]

    yield open_one
    for one in opened:
        one.database.close()


@pytest.fixture
def workshop(open_workshop: OpenWorkshop) -> Workshop:
    """One with the fake provider alone."""
    return open_workshop()
