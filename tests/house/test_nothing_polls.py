"""The page is pushed to: whatever would ask again and again is an error in ``ui/``."""

import re
from pathlib import Path

import pytest

from tests.house.tree import name, names_and_strings, text, tracked

ASKS_AGAIN = re.compile(
    r"""\b[Tt]imer\b | setInterval | (?<![a-z])poll(s|ed|ing)?(?![a-z]) | hx-trigger
      | http-equiv=.?refresh""",
    re.VERBOSE,
)


def asking(source: str) -> list[int]:
    return [line for line, said in names_and_strings(source) if ASKS_AGAIN.search(said)]


@pytest.mark.parametrize("path", tracked("ui/*"), ids=name)
def test_no_file_of_the_page_polls(path: Path) -> None:
    content = text(path)
    if path.suffix == ".py":
        assert asking(content) == []
    else:
        assert not ASKS_AGAIN.search(content)


@pytest.mark.parametrize(
    "planted",
    [
        "ui.timer(1, paint)",
        "app.timer(1, paint)",
        "from nicegui.elements import timer",
        "import threading; threading.Timer(1, paint)",
        "ui.run_javascript('setInterval(paint, 1000)')",
        "ui.run(transports=['polling'])",
        "async def poll_jobs(): ...",
        'ui.add_head_html(\'<meta http-equiv="refresh" content="5">\')',
    ],
)
def test_polling_is_noticed(planted: str) -> None:
    assert asking(planted)


def test_words_about_it_are_free() -> None:
    assert not asking('"""Nothing polls: no ui.timer."""\nsetup = "a pollen count"  # no polling')
