"""What was last learned of a provider by asking it: it is ready, its key is refused, and so on."""

from datetime import datetime

from domain.entity import Entity
from domain.work.blocking import Reason
from domain.work.provider import Credentials, Readiness

STOPS_ALL = frozenset({Reason.INVALID_CREDENTIALS, Reason.QUOTA_EXHAUSTED})
"""True of every job of the provider, until its key changes, a probe passes or a person retries."""


class Standing(Entity):
    """One provider's; the newest only."""

    name: str
    account: str
    """Of the key that it was learned with."""
    reason: Reason | None
    """None: it was ready."""
    detail: str = ""
    at: datetime


def tightened(ready: Readiness, standing: Standing | None, credentials: Credentials) -> Readiness:
    """What settings say, unless the provider itself has refused this very key."""
    if standing is None or not ready.is_ready or standing.reason not in STOPS_ALL:
        return ready
    if standing.account != credentials.account:
        return ready
    return Readiness(reason=standing.reason, detail=standing.detail)
