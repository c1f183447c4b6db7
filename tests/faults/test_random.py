"""The random run as a test: ``pytest tests/faults --minutes 10`` in both modes, with both tolls."""

from pathlib import Path

import pytest

from tests.faults.run import Run

pytestmark = [pytest.mark.services, pytest.mark.proof]


@pytest.mark.parametrize("mode", ["embedded", "shared"])
def test_nothing_is_lost_and_nothing_bought_twice(
    mode: str, tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    minutes = request.config.getoption("minutes", default=None) or 5.0
    seed = request.config.getoption("seed", default=1)
    run = Run(tmp_path, shared=mode == "shared", seed=seed)
    try:
        story = run.play(seconds=minutes * 60, jobs_a_fault=6, pace=0.3, beyond_lease=True)
    finally:
        run.close()
    with capsys.disabled():
        print(f"\n{story}")
    assert story.is_good
