"""What the documents show is true: every script in them compiles without a word."""

import re
from pathlib import Path

import pytest

from domain.story.compiler import compile_script

ROOT = Path(__file__).parents[2]
YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(block, id=f"{page.name}:{number}")
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for number, block in enumerate(YAML.findall(page.read_text(encoding="utf-8")), 1)
]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_compiles_without_a_finding(example: str) -> None:
    compiled = compile_script(example, name="example.yaml")
    assert [str(one) for one in compiled.diagnostics] == []
    assert compiled.script.shots or compiled.script.concepts
