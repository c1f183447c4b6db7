"""The providers of this house, and whether each can be asked now."""

from typing import Literal

from domain.access import Right, User
from domain.entity import Entity
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.usecases.base import Tools
from domain.work.blocking import Reason


class ProviderView(Entity):
    """A provider as a reader sees it; ``detail`` names the setting to fill in, never its value."""

    name: str
    kind: ProviderKind
    makes: tuple[MediaType, ...]
    state: Literal["ready", "blocked"]
    reason: Reason | None
    detail: str
    concurrency: int
    paused: bool
    """It is asked for nothing more until somebody resumes it."""
    spent_micros: int | None
    """None: unknown."""


class ProviderListing:
    """Reads; never changes anything, and asks no network."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def listing(self, user: User) -> tuple[ProviderView, ...]:
        """In configured order."""
        user.require(Right.READ)
        forge = self._tools.forge
        with self._tools.works(reading=True) as work:
            paused = work.jobs.paused_providers()
        found = [(one, forge.readiness(one.name)) for one in forge.providers()]
        return tuple(
            ProviderView(
                name=one.name,
                kind=one.capabilities.kind,
                makes=tuple(sorted(one.capabilities.makes)),
                state="ready" if readiness.is_ready else "blocked",
                reason=readiness.reason,
                detail=readiness.detail,
                concurrency=one.capabilities.concurrency,
                paused=one.name in paused,
                spent_micros=None if one.capabilities.billable else 0,
            )
            for one, readiness in found
        )
