"""Revisions: every state of a script's text that was ever saved."""

from datetime import datetime

from domain.entity import Entity
from domain.story.changes import Changes


class Revision(Entity):
    """One of them; ``revision`` counts from 1."""

    revision: int
    actor: str | None
    """A user's name, or None where the machine acted."""
    created_at: datetime
    restored: int | None = None
    """The revision whose text this is once more."""
    changes: Changes = Changes()
    """What it did to the one before; the first changed nothing."""
