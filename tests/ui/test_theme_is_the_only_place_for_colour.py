"""Colours and lengths live in ui/theme; a component names what it is, never how it looks."""

import re
from pathlib import Path

import ui

LITERAL = re.compile(
    r"""[#][0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?(?:[0-9a-fA-F]{2})?\b   # a hex colour
      | \b(?:rgb|rgba|hsl|hsla|oklch|color-mix)\(                 # a colour function
      | \b\d+(?:\.\d+)?(?:px|rem|em|vh|vw)\b                      # a length
    """,
    re.VERBOSE,
)
ALLOWED = {
    ("gallery_fixtures.py", "hsl("),  # pictures: they stand for content
    ("scene.py", "900px"),  # a distance to scroll, for the browser's observer
    ("cast.py", "400px"),  # the same, sideways
    ("cast.py", "0px"),
    ("scene.py", "0px"),
}


def test_no_colour_and_no_length_outside_the_theme() -> None:
    house = Path(ui.__file__).parent
    found = [
        f"{path.relative_to(house)}: {match.group()}"
        for path in sorted(house.rglob("*.py"))
        if "theme" not in path.parts
        for match in LITERAL.finditer(path.read_text(encoding="utf-8"))
        if (path.name, match.group()) not in ALLOWED
    ]
    assert found == []


def test_no_script_file_in_the_house() -> None:
    house = Path(ui.__file__).parent
    assert [path for kind in ("js", "mjs", "vue", "ts") for path in house.rglob(f"*.{kind}")] == []
