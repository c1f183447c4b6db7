"""Builders of scripts and boards for the tests of the story."""

import json
from itertools import count
from pathlib import Path
from typing import Any

from domain.story.board import Board, Slot
from domain.story.compiler import Compiled, compile_script
from domain.story.diagnostics import Diagnostic
from domain.story.identity import Assembled, assemble
from domain.story.script import MediaItem, Script

EXAMPLES = Path(__file__).parents[2] / "scripts"

_ids = count(1)


def new_id() -> str:
    return f"id-{next(_ids)}"


def example(name: str) -> Compiled:
    """One of the example scripts, compiled as a file of its name."""
    file = EXAMPLES / f"{name}.yaml"
    return compile_script(file.read_bytes(), name=file.name)


def compiled(script: str | dict[str, Any]) -> Compiled:
    """A script given as YAML or as the value it means."""
    text = script if isinstance(script, str) else json.dumps(script, ensure_ascii=False)
    return compile_script(text.encode())


def good(script: str | dict[str, Any]) -> Script:
    """A script without a finding."""
    result = compiled(script)
    assert result.diagnostics == ()
    return result.script


def found(script: str | dict[str, Any]) -> list[Diagnostic]:
    return list(compiled(script).diagnostics)


def codes(script: str | dict[str, Any]) -> list[str]:
    return [one.code for one in found(script)]


def the_finding(script: str | dict[str, Any]) -> Diagnostic:
    """The only finding of a script."""
    [one] = found(script)
    return one


def block(**fields: Any) -> dict[str, Any]:
    """A script of one block."""
    return {"blocks": [{"id": "A", **fields}]}


def picture(media_id: str = "frame", **fields: Any) -> dict[str, Any]:
    """A media item: a generated picture."""
    return {
        "media_id": media_id,
        "media_role": "narrative_im",
        "media_spec": {"type": "stable_diffusion", "prompt": "a lamp"},
        **fields,
    }


def item(**fields: Any) -> MediaItem:
    """The only media item of a block that has no finding."""
    return good(block(media=[fields])).shots[0].media[0]


def build(script: str | dict[str, Any], previous: Board | None = None) -> Assembled:
    """Compile without an error, and assemble."""
    result = compiled(script)
    assert not result.refused, [str(one) for one in result.diagnostics]
    return assemble(result.script, previous, new_id)


def slot(board: Board, owner: str, media_id: str) -> Slot:
    """The live slot of an owner, named by code or key."""
    owners = {one.id: one.code for one in board.shots if not one.removed}
    owners |= {one.id: one.key for one in board.concepts if not one.removed}
    [one] = [
        one
        for one in board.slots
        if not one.removed and owners.get(one.owner_id) == owner and one.media_id == media_id
    ]
    return one
