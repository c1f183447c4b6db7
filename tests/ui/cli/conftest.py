"""Commands as people run them: processes of their own, on a data folder of the test's own."""

from functools import partial
from pathlib import Path

import pytest

from tests.ui.cli.commands import Run, run_command


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where commands keep what they keep; not made yet."""
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Run ``main.py`` to its end: ``run("check", path)``."""
    return partial(run_command, data=data)
