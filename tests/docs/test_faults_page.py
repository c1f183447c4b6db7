"""docs/faults.md: every row is there, and every test it names."""

import re

from tests.services.process import ROOT

PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")


def test_it_has_every_row_once() -> None:
    numbers = [
        number
        for cell in re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE)
        for number in cell.split(", ")
    ]
    assert numbers == [str(number) for number in range(1, 37)]


def test_every_test_it_names_is_there() -> None:
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", PAGE)
    assert len(named) > 30
    gone = [
        f"{path}::{name}"
        for path, name in named
        if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert gone == []
