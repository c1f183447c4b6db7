"""Events: what changed, as ids and versions. A doorbell, never the truth."""

from datetime import datetime
from typing import Any, Literal

from domain.entity import Entity

EventType = Literal["slot", "script", "project", "progress", "audit"]
"""``audit`` is kept and never told: a move that changes nothing a reader sees, or one of several
in the same change, of which the last is told.
"""


class Event(Entity):
    """One visible change. ``state`` and ``version`` are the slot's after it.

    ``seq`` is strictly growing over all projects; None for progress, which is published only.
    """

    seq: int | None = None
    project_id: str
    type: EventType
    action: str = ""
    """What was done, for the audit: ``asked``, ``claimed``, ``succeeded``, ``picked`` …"""
    actor: str | None = None
    """A user's name, or None where the machine acted."""
    slot_id: str | None = None
    shot: str | None = None
    """The shot's code; None for a concept's slot."""
    job_id: str | None = None
    job_state: str | None = None
    state: str | None = None
    version: int | None = None
    progress: float | None = None
    detail: dict[str, Any] = {}
    at: datetime
