"""Importing a module makes no file, thread, process or connection; the heavy ones wait."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, name, tracked

WATCH = Path(__file__).with_name("watch_imports.py")
# Alembic's own files run under its command, and a __main__ is there to be run.
ALONE = {"migrations", "__main__"}


def modules() -> list[str]:
    paths = [path for package in PACKAGES for path in tracked(f"{package}/*.py")]
    dotted = [name(path).removesuffix(".py").replace("/", ".") for path in paths]
    return sorted(
        each.removesuffix(".__init__") for each in dotted if not ALONE & {*each.split(".")}
    )


def watch(folder: Path, root: Path, *imported: str) -> str:
    """Import in a fresh process standing in an empty folder; answer what it was seen to do."""
    command = [sys.executable, str(WATCH), str(root), *imported]
    answer = subprocess.run(  # noqa: S603 -- our own script
        command, cwd=folder, check=False, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    made = "".join(f"{path} was made\n" for path in folder.iterdir())
    return answer.stdout + made


def test_importing_any_module_does_nothing(tmp_path: Path) -> None:
    assert watch(tmp_path, ROOT, *modules()) == ""


@pytest.mark.parametrize(
    "planted",
    [
        "open('left', 'w').close()",
        "import pathlib; pathlib.Path('left').mkdir()",
        "import threading; threading.Thread(target=print).start()",
        "import socket; socket.socket().close()",
        "import subprocess, sys; subprocess.run([sys.executable, '--version'])",
        "import sqlite3; sqlite3.connect(':memory:').close()",
        "import os; os.environ['LEFT'] = 'behind'",
    ],
)
def test_a_module_that_does_something_is_noticed(tmp_path: Path, planted: str) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "planted.py").write_text(planted)
    stand = tmp_path / "stand"
    stand.mkdir()
    assert "planted.py:1" in watch(stand, tmp_path / "house", "planted")


def test_starting_the_commands_leaves_the_heavy_libraries_alone() -> None:
    source = "import sys, main; print(*{'alembic', 'av', 'numpy', 'PIL'} & {*sys.modules})"
    answer = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", source], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert answer.stdout.strip() == ""
