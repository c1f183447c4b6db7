"""Each benchmark runs, small: so that none rots between the rare times when figures are read."""

import subprocess
import sys
from importlib import import_module

import pytest

from tests.bench.__main__ import NAMES
from tests.bench.figures import Budget, Figure, percentile, table
from tests.services.process import ROOT, environment


@pytest.mark.proof
@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_runs_and_prints_its_figures(name: str) -> None:
    command = [sys.executable, "-m", "tests.bench", name, "--quick"]
    # NiceGUI is another one where it sees this: no gzip, and a port of its own.
    env = {key: text for key, text in environment().items() if not key.startswith("PYTEST")}
    run = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=env,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert " ok" in run.stdout or " over" in run.stdout
    assert "inf" not in run.stdout


def test_every_benchmark_says_what_it_measures() -> None:
    assert all(import_module(f"tests.bench.{name}").__doc__ for name in NAMES)


def test_a_ratio_is_of_medians_and_judged_by_its_budget() -> None:
    figure = Figure(
        name="paint",
        unit="ms",
        runs=[12, 90, 11],
        baseline=[10, 9, 11],
        against="bare",
        budget=Budget(limit=1.2, of="ratio"),
    )
    assert figure.ratio == pytest.approx(1.2)
    assert figure.verdict == "ok"


def test_some_budgets_are_for_at_least_so_much() -> None:
    rate = Figure(name="rate", unit="jobs/s", runs=[900], budget=Budget(limit=1000, at_least=True))
    assert rate.verdict == "over"
    assert "≥ 1000 jobs/s" in table([rate])


def test_a_percentile_is_one_of_the_numbers() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile(range(100), 0.99) == 99
