"""Studios for the named tests; ``--minutes`` for the long random run."""

from collections.abc import Iterator

import pytest

from tests.faults.studios import SharedStudio, Studio
from tests.faults.tollgate import Tollgate
from tests.faults.trial import Trial


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--minutes", type=float, default=None, help="how long each random run asks")
    parser.addoption("--seed", type=int, default=1, help="of the random runs")


@pytest.fixture(scope="package")
def tolls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Tollgate]]:
    folder = tmp_path_factory.mktemp("tolls")
    gates = [Tollgate(folder / name, name) for name in ("keys", "plain")]
    yield gates
    for one in gates:
        one.close()


@pytest.fixture(scope="package")
def embedded_trial(
    tmp_path_factory: pytest.TempPathFactory, tolls: list[Tollgate]
) -> Iterator[Trial]:
    studio = Studio(tmp_path_factory.mktemp("embedded"), tolls)
    yield Trial(studio)
    studio.close()


@pytest.fixture(scope="package")
def shared_trial(
    tmp_path_factory: pytest.TempPathFactory, tolls: list[Tollgate]
) -> Iterator[Trial]:
    studio = SharedStudio(tmp_path_factory.mktemp("shared"), tolls)
    yield Trial(studio)
    studio.close()


@pytest.fixture
def embedded(embedded_trial: Trial) -> Iterator[Trial]:
    """SQLite and one process, whole again for every test."""
    embedded_trial.until(lambda: embedded_trial.studio.api("GET", "/providers").is_success)
    yield embedded_trial
    _calm(embedded_trial)


@pytest.fixture
def shared(shared_trial: Trial) -> Iterator[Trial]:
    """PostgreSQL, Redis, a web process and two workers, whole again for every test."""
    shared_trial.until(lambda: shared_trial.studio.api("GET", "/providers").is_success)
    yield shared_trial
    _calm(shared_trial)


def _calm(trial: Trial) -> None:
    for toll in trial.studio.tolls.values():
        toll.behave()
    for note in trial.studio.notes.iterdir():
        note.unlink()
