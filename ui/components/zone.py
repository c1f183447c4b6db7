"""The viewer's time zone: asked of the browser once, so that times are told as on their wall."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui

ASK = "[Intl.DateTimeFormat().resolvedOptions().timeZone, new Date().getTimezoneOffset()]"
PATIENCE_S = 10.0
MOST_MINUTES = 24 * 60


class Zone:
    """UTC until the browser has answered; then whoever waits is called once."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self._is_known = False
        self._waiting: list[Callable[[], Any]] = []

    async def ask(self) -> None:
        """Of the page whose client this runs for; once."""
        if self._is_known:
            return
        try:
            answer = await ui.run_javascript(ASK, timeout=PATIENCE_S)
        except TimeoutError:  # the next connection asks again
            return
        self.learn(answer)

    def learn(self, answer: object) -> None:
        """A name and the minutes that UTC is ahead; whatever a browser may say."""
        self._zone = _zone_of(answer)
        self._is_known = True
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()

    def when_known(self, call: Callable[[], Any]) -> None:
        """Once it is: nothing is painted twice where it is known already."""
        if not self._is_known:
            self._waiting.append(call)

    def clock(self, at: datetime) -> str:
        """``17:20:05``."""
        return at.astimezone(self._zone).strftime("%H:%M:%S")

    def moment(self, at: datetime, now: datetime) -> str:
        """The time of a moment today; before that with its day: ``20 Nov 17:20``."""
        here, today = at.astimezone(self._zone), now.astimezone(self._zone)
        if here.date() == today.date():
            return self.clock(at)
        year = "" if here.year == today.year else f" {here.year}"
        return f"{here.day} {here:%b}{year} {here:%H:%M}"


def _zone_of(answer: object) -> tzinfo:
    """By its name where this machine knows it, else by its distance from UTC, else UTC."""
    name, minutes = answer if isinstance(answer, list) and len(answer) == 2 else (None, None)  # noqa: PLR2004
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):  # not known here
        pass
    if not isinstance(minutes, int | float) or not math.isfinite(minutes):
        return UTC
    return timezone(timedelta(minutes=-minutes)) if abs(minutes) < MOST_MINUTES else UTC
