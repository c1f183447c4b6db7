"""The viewer's zone: what a browser says of it, and what it may say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ui.components.zone import Zone

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (["Europe/Vienna", -120], "14:00:00"),
        (["Nowhere/At_All", -345], "17:45:00"),
        (["../etc/passwd", 300], "07:00:00"),
        (["", 0], "12:00:00"),
        ([None, float("nan")], "12:00:00"),
        (["Nowhere", 100_000], "12:00:00"),
        ("Europe/Vienna", "12:00:00"),
        (None, "12:00:00"),
    ],
    ids=str,
)
def test_a_zone_is_known_by_its_name_or_its_distance_or_is_utc(answer: Any, told: str) -> None:
    zone = Zone()
    zone.learn(answer)
    assert zone.clock(NOON) == told


def test_who_waits_is_called_once_and_nobody_who_comes_later() -> None:
    zone, called = Zone(), []
    zone.when_known(lambda: called.append("waited"))
    zone.learn(["Europe/Vienna", -120])
    zone.learn(["Europe/Vienna", -120])
    zone.when_known(lambda: called.append("late"))
    assert called == ["waited"]


def test_a_moment_of_another_day_is_told_with_its_day() -> None:
    zone = Zone()
    assert zone.moment(NOON, NOON + timedelta(hours=1)) == "12:00:00"
    assert zone.moment(NOON, NOON + timedelta(days=1)) == "1 Jul 12:00"
    assert zone.moment(NOON, NOON + timedelta(days=300)) == "1 Jul 2026 12:00"
