"""The real clock."""

from datetime import UTC, datetime


class SystemClock:
    """`domain.ports.Clock` of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the Clock
