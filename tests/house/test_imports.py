"""The contracts of pyproject.toml hold, and each is seen to fail."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = [contract["name"] for contract in SETTINGS["contracts"]]
PLANTED = {
    "domain/planted_upwards.py": "import ui",
    "domain/planted_framework.py": "import fastapi",
    "ui/planted_queue.py": "import dramatiq",
    "jobs/planted_page.py": "import nicegui",
    "jobs/planted_table.py": "import sqlmodel",
    "domain/planted_one.py": "import domain.planted_two",
    "domain/planted_two.py": "import domain.planted_one",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
    ]
    command += ["--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603


def test_the_import_contracts_hold() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy with every violation planted."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package)
    for path, source in PLANTED.items():
        (copy / path).write_text(f"{source}\n")
    return lint(copy).stdout


@pytest.mark.parametrize("contract", CONTRACTS)
def test_each_contract_can_be_broken(broken: str, contract: str) -> None:
    assert f"{contract} BROKEN" in broken
