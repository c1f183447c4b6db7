"""The page on editing: its edits do to its scripts what it shows."""

import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from domain.story.editing import edited
from domain.story.edits import Edit

PAGE = (Path(__file__).parents[2] / "docs/editing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:yaml|json)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
STEPS = [BLOCKS[at : at + 3] for at in range(0, len(BLOCKS) - 2, 2)]
EDITS: TypeAdapter[list[Edit]] = TypeAdapter(list[Edit])


def test_the_page_has_edits_of_every_kind() -> None:
    shown = {edit.op for _, edits, _ in STEPS for edit in EDITS.validate_json(edits)}
    assert shown == {"insert", "duplicate", "delete", "move", "set"}


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_the_edits_on_the_page_do_what_it_shows(step: int) -> None:
    before, edits, after = STEPS[step]
    assert edited(before, EDITS.validate_json(edits)) == after
