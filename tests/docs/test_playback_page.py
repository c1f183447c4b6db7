"""The page on playback: its script gives its answer (R56)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from domain.access import OWNER
from jobs.pool import Pool
from jobs.providers.fake import FakeProvider
from storage.clock import SystemClock
from tests.jobs.workshop import Workshop

PAGE = (Path(__file__).parents[2] / "docs/playback.md").read_text(encoding="utf-8")


def fenced(language: str) -> str:
    [block] = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(block)


@pytest.fixture
def answer(tmp_path: Path) -> Any:
    """What the page's script gives, its picture made."""
    pool = Pool(1)
    try:
        provider = FakeProvider(pool, SystemClock(), speed=0, art="plain")
        with Workshop(tmp_path, [provider]) as workshop:
            workshop.make(fenced("yaml"), "lighthouse")
            state = workshop.studio.playback.state(OWNER, "lighthouse")
    finally:
        pool.close()
    return json.loads(state.model_dump_json())


def test_the_script_on_the_page_gives_the_answer_on_the_page_r56(answer: Any) -> None:
    shown = json.loads(fenced("json"))
    picture = answer["fragments"][2]
    assert picture["url"].startswith("/media/")
    picture["url"] = "/media/…"
    assert answer == shown
