"""A production in short, as the API says it."""

from collections.abc import Mapping
from typing import Any

from domain.usecases.overview import Glance
from ui.api.replies import Reply, dollars


class MoneyReply(Reply):
    """In ``currency``; null is unknown, a null ``cap`` is none."""

    currency: str | None
    spent: float | None
    reserved: float | None
    uncertain: float | None
    """May have been charged: what became of it nobody knows."""
    unpriced: int
    """How many makings were charged that no price is known of."""
    cap: float | None


class ProjectReply(Reply):
    """A production. ``counts`` are of its slots by state, ``shot_counts`` of its shots."""

    id: str
    title: str
    revision: int
    fps: str
    aspect: str
    paused: bool
    shots: int
    concepts: int
    duration: int
    """Frames."""
    running_time: float
    """Seconds."""
    counts: Mapping[str, int]
    shot_counts: Mapping[str, int]
    money: MoneyReply


def project_facts(glance: Glance) -> dict[str, Any]:
    """The fields of a ProjectReply."""
    project, money = glance.project, glance.money
    return {
        "id": project.key,
        "title": project.header.title,
        "revision": project.revision,
        "fps": project.header.fps,
        "aspect": project.header.aspect,
        "paused": project.paused,
        "shots": glance.shots,
        "concepts": glance.concepts,
        "duration": glance.frames,
        "running_time": glance.seconds,
        "counts": glance.counts,
        "shot_counts": glance.shot_counts,
        "money": MoneyReply(
            currency=money.currency,
            spent=dollars(money.spent_micros),
            reserved=dollars(money.reserved_micros),
            uncertain=dollars(money.uncertain_micros),
            unpriced=money.unpriced,
            cap=dollars(money.cap_micros),
        ),
    }
