"""The page on providers: its class works as it stands there, its words are the ones there are."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.media.paperdoll import PARTS
from domain.media.specs import SPEC_TYPES
from jobs.film.moves import read_move
from jobs.providers.paperdoll import PaperdollProvider
from jobs.speech.voices import PACES, words_a_minute
from tests.jobs.workshop import Workshop

PAGE = (Path(__file__).parents[2] / "docs/providers.md").read_text(encoding="utf-8")
WAYS = ("left", "right", "up", "down")
SCRIPT = 'blocks: [{id: A, media: [{media_id: m, media_spec: {type: badge, colour: "#b8402f"}}]}]'


@pytest.fixture
def shown() -> Iterator[dict[str, Any]]:
    """What the page's Python defines."""
    [code] = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {"__name__": "shown"}
    exec(compile(code, "docs/providers.md", "exec"), names)  # noqa: S102 - our own page
    yield names
    del SPEC_TYPES["badge"]


def test_the_provider_on_the_page_makes_what_a_script_asks_for_r80(
    shown: dict[str, Any], tmp_path: Path
) -> None:
    with Workshop(tmp_path, [PaperdollProvider(), shown["BadgeProvider"]()]) as workshop:
        slot = workshop.make(SCRIPT, "badge")["A/m"]
        assert (slot.state, slot.provider_kind) == ("succeeded", "local")


@pytest.mark.parametrize("field", PARTS)
def test_the_page_lists_every_part_of_a_doll_r78(field: str) -> None:
    [line] = re.findall(rf"^- `{field}`: (.*)$", PAGE, re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", line)) == PARTS[field]


def test_the_page_lists_every_pace_that_there_is_a_word_for() -> None:
    [line] = re.findall(r"^- `pace`: (.*)$", PAGE, re.MULTILINE)
    words = re.findall(r"`([\w ]+)`", line)
    assert {words_a_minute(word) for word in words} == set(PACES.values())


def test_every_movement_on_the_page_moves_as_it_says() -> None:
    [line] = re.findall(r"^- Movements: (.*)$", PAGE, re.MULTILINE)
    named = re.findall(r"`([\w ]+)`", line.partition(";")[0])
    verbs, ways = [one for one in named if one not in WAYS], [one for one in named if one in WAYS]
    assert set(ways) == set(WAYS)
    for verb in verbs:
        possible = [verb, *(f"{verb} {way}" for way in ways)]
        unknown = read_move("")
        assert any(read_move(words) != unknown for words in possible), verb
