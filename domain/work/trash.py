"""The trash: what was deleted and can be brought back, and what deleting it does."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, Literal

from domain.entity import Entity

TrashKind = Literal["take", "media", "project"]
Impact = dict[str, Any]
"""What an act changes, as plain JSON: numbers and names."""


class Choice(Entity):
    """What a slot had chosen of what was deleted."""

    slot_id: str
    picked: str | None = None
    selected: str | None = None


class TrashEntry(Entity):
    """One deletion, whole: a take, all media of one content, or a production."""

    id: str
    kind: TrashKind
    subject: str
    """The take's id, the media's SHA-256 or the production's id."""
    title: str
    """For a person; of a production its script id, which it gets back."""
    project_id: str | None = None
    """None for media that several productions use."""
    impact: Impact = {}
    choices: tuple[Choice, ...] = ()
    actor: str
    created_at: datetime


def confirmation(key: bytes, act: str, subject: str, impact: Impact) -> str:
    """What a person sends back to say that just this is meant; another impact has another one."""
    told = json.dumps([act, subject, impact], sort_keys=True, separators=(",", ":"))
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:32]


def sentence(impact: Impact) -> str:
    """An impact in words: ``2 takes · picked in 1 place``."""
    told = [
        f"{count} {noun}{'' if count == 1 else 's'}"
        for noun in ("shot", "take", "file", "active job")
        if (count := impact.get(f"{noun.replace(' ', '_')}s", 0))
    ]
    for name, words in (("picked", "picked"), ("selected", "selected for video")):
        if count := impact.get(name, 0):
            told.append(f"{words} in {count} place{'' if count == 1 else 's'}")
    if impact.get("shown"):
        told.append("shown now")
    if left := impact.get("left", 0):
        told.append(f"{left} other{'' if left == 1 else 's'} stay{'s' if left == 1 else ''}")
    return " · ".join(told) or "Nothing else goes with it"
