"""A take: one immutable, numbered result for a slot; and which take a slot shows."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from domain.entity import Entity
from domain.media.kind import ProviderKind


class Review(StrEnum):
    """What people think of a take."""

    TODO = "todo"
    READY = "ready"
    WIP = "wip"
    WFA = "wfa"
    RETAKE = "retake"
    APPROVED = "approved"


class Take(Entity):
    """Only ``review`` and its note ever change; the bytes and their story never do."""

    id: str
    slot_id: str
    project_id: str
    number: int
    """From 1, never used twice in a slot."""
    tag_id: str
    kind: ProviderKind
    origin: Literal["made", "reused", "attached", "upload"]
    basis: str
    """What the script asked for when this take was asked for."""
    asked: tuple[str, ...] = ()
    """Bases of a script that would ask for just what was asked for here, overrides included."""
    inputs: dict[str, str] = {}
    """Content hashes of what it was made from, by the media_id of their slots; in the basis."""
    reuse_key: str = ""
    realised: dict[str, Any] = {}
    """What ran: prompt as sent, model, seed."""
    job_id: str | None = None
    late: bool = False
    """It arrived after a cancel: kept, and shown only once picked."""
    slot_version: int
    """The slot's version it came with; orders takes and endings within a slot."""
    review: Review = Review.TODO
    review_note: str = ""
    review_basis: str = ""
    """The basis at the last review, so that a later change of the script can be told."""
    created_at: datetime
    trash_id: str | None = None
    """The trash entry it is in; then its slot no longer has it."""

    def is_for(self, basis: str) -> bool:
        """Whether it is what a script with this basis asks for: asked then, or put in since."""
        return self.basis == basis or basis in self.asked


Currency = Literal["missing", "current", "stale"]


def shown(takes: Sequence[Take], *, picked: str | None, basis: str) -> Take | None:
    """The take a slot shows.

    The picked one, else the newest approved, else the newest whose basis is today's, else the
    newest; a late one counts only once picked. ``takes`` in any order.
    """
    for take in takes:
        if take.id == picked:
            return take
    counting = sorted((one for one in takes if not one.late), key=lambda one: one.number)
    approved = [one for one in counting if one.review is Review.APPROVED]
    current = [one for one in counting if one.is_for(basis)]
    for group in (approved, current, counting):
        if group:
            return group[-1]
    return None


def newer(takes: Sequence[Take], now_shown: Take | None, *, basis: str) -> Take | None:
    """The newest take with today's basis that a picked or approved one hides, else None.

    A stale one also hides what came before it: the script may have gone back.
    """
    if now_shown is None:
        return None
    oldest = now_shown.number if now_shown.is_for(basis) else 0
    fresh = [one for one in takes if not one.late and one.is_for(basis) and one.number > oldest]
    return max(fresh, key=lambda one: one.number, default=None)


def currency(now_shown: Take | None, *, basis: str) -> Currency:
    """Whether the shown take is what the script asks for today."""
    if now_shown is None:
        return "missing"
    return "current" if now_shown.is_for(basis) else "stale"
