"""The page on providers: its class works as it stands there, its words are the ones there are."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.media.paperdoll import PARTS
from domain.media.specs import SPEC_TYPES
from jobs.providers.paperdoll import PaperdollProvider
from tests.jobs.workshop import Workshop

PAGE = (Path(__file__).parents[2] / "docs/providers.md").read_text(encoding="utf-8")
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
