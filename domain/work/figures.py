"""Figures of the house for whoever watches it: counts and times, never a name a person gave."""

from collections.abc import Mapping

from domain.entity import Entity

BUCKETS = (0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0)
"""Upper bounds in seconds."""


class Makings(Entity):
    """How long jobs that succeeded took, of one provider and media type."""

    provider: str
    media_type: str
    within: tuple[int, ...]
    """How many took at most as long as each bucket says."""
    count: int
    seconds: float


class Figures(Entity):
    """As of one moment."""

    jobs: Mapping[str, int]
    """By state."""
    oldest_queued_s: float
    """How long the oldest queued job has waited since it was asked for; 0 without any."""
    blocked: Mapping[str, int]
    """By reason."""
    submissions: Mapping[tuple[str, str], int]
    """By provider and outcome."""
    makings: tuple[Makings, ...]
    workers: int
    """Processes that have said lately that they live."""
    events: int
    """The last number of the event table."""
