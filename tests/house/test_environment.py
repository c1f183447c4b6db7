"""Settings come in through ``main.py`` alone."""

import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, name, names_and_strings, text, tracked

READS = re.compile(r"^(environb?|getenvb?|putenv|unsetenv|expandvars|dotenv|load_dotenv)$")


def readings(source: str) -> list[int]:
    return [line for line, said in names_and_strings(source) if READS.search(said)]


@pytest.mark.parametrize("path", tracked(*(f"{package}/*.py" for package in PACKAGES)), ids=name)
def test_only_main_reads_the_environment(path: Path) -> None:
    assert readings(text(path)) == []


@pytest.mark.parametrize(
    "planted",
    ["import os; os.environ['A']  # noqa", "from os import getenv", "import dotenv"],
)
def test_reading_it_elsewhere_is_noticed(planted: str) -> None:
    assert readings(planted)
