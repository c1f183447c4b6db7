"""The names of the flags, their words, and how loud they are."""

from enum import StrEnum


class FlagName(StrEnum):
    """``data-flag``; in the order of urgency."""

    FAILED = "failed"
    BLOCKED = "blocked"
    RUNNING = "running"
    PENDING = "pending"
    RETAKE = "retake"
    CHANGED = "changed"
    STALE = "stale"
    NEW = "new"
    APPROVED = "approved"
    SELECTED = "selected"
    DONE = "done"
    CANCELLED = "cancelled"
    EMPTY = "empty"

    @property
    def word(self) -> str:
        """What the card says."""
        return _WORDS[self]

    @property
    def is_problem(self) -> bool:
        return self in (FlagName.FAILED, FlagName.BLOCKED)

    @property
    def is_active(self) -> bool:
        return self in (FlagName.RUNNING, FlagName.PENDING)

    @property
    def is_quiet(self) -> bool:
        return self in _QUIET


_WORDS = {
    FlagName.FAILED: "Failed",
    FlagName.BLOCKED: "Blocked",
    FlagName.RUNNING: "Running",
    FlagName.PENDING: "Pending",
    FlagName.RETAKE: "Retake",
    FlagName.CHANGED: "Recheck",
    FlagName.STALE: "Stale",
    FlagName.NEW: "New take",
    FlagName.APPROVED: "Approved",
    FlagName.SELECTED: "For video",
    FlagName.DONE: "Ready",
    FlagName.CANCELLED: "Cancelled",
    FlagName.EMPTY: "Empty",
}
_QUIET = {FlagName.EMPTY, FlagName.PENDING, FlagName.DONE, FlagName.CANCELLED}
