"""``/providers``: who can make what, and what is missing where one can't."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fastapi import APIRouter
from pydantic import SecretStr
from starlette.responses import Response

from domain.access import User
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.studio import Studio
from domain.usecases.providers import ProbeView, ProviderView
from ui.api.replies import Page, Reply, dollars, reply
from ui.api.wishes import Wished
from ui.session import SignedIn


class LimitsReply(Reply):
    """How much at a time."""

    concurrency: int


class KeyReply(Reply):
    """What its key goes by, and where the one that serves came from; never the key."""

    variable: str | None
    origin: str | None


class ProbeReply(Reply):
    """What its server said of itself last."""

    at: datetime
    state: str
    reason: str | None
    detail: str


class KeyWish(Wished):
    """A key to keep."""

    key: SecretStr


class ProviderReply(Reply):
    """``state`` is ``ready`` or ``blocked``; ``detail`` names the setting to fill in."""

    name: str
    kind: ProviderKind
    media_types: Sequence[MediaType]
    state: str
    reason: str | None
    detail: str
    limits: LimitsReply
    paused: bool
    models: Mapping[MediaType, str]
    address: str
    key: KeyReply
    probe: ProbeReply | None
    currency: str
    spend: float | None
    """Of all productions together; null: unknown."""
    uncertain: float | None
    """May have been charged."""


def provider_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["providers"])

    @router.get("/providers", response_model=Page[ProviderReply])
    def list_providers(user: SignedIn) -> Response:
        """In configured order."""
        return reply(Page(items=[_provider(one) for one in studio.providers.listing(user)]))

    @router.post("/providers/{provider}/pause", response_model=ProviderReply, status_code=202)
    def pause_provider(user: SignedIn, provider: str) -> Response:
        """It is asked for nothing more; what it works on goes on."""
        return change(user, provider, paused=True)

    @router.post("/providers/{provider}/resume", response_model=ProviderReply, status_code=202)
    def resume_provider(user: SignedIn, provider: str) -> Response:
        return change(user, provider, paused=False)

    def change(user: User, name: str, *, paused: bool) -> Response:
        studio.pausing.provider(user, name, paused=paused)
        found = next(one for one in studio.providers.listing(user) if one.name == name)
        return reply(_provider(found), 202)

    @router.post("/providers/{provider}/probe", response_model=ProviderReply)
    def probe_provider(user: SignedIn, provider: str) -> Response:
        """Ask its server whether it would take work; free."""
        return reply(_provider(studio.providers.probe(user, provider)))

    @router.put("/providers/{provider}/key", response_model=ProviderReply)
    def give_key(user: SignedIn, provider: str, wish: KeyWish) -> Response:
        """Only the owner over loopback; it is never shown again, and serves at once."""
        found = studio.providers.give_key(user, provider, wish.key.get_secret_value())
        return reply(_provider(found))

    @router.delete("/providers/{provider}/key", response_model=ProviderReply)
    def forget_key(user: SignedIn, provider: str) -> Response:
        """The environment's serves again, where there is one."""
        return reply(_provider(studio.providers.give_key(user, provider, None)))

    return router


def _provider(view: ProviderView) -> ProviderReply:
    return ProviderReply(
        name=view.name,
        kind=view.kind,
        media_types=view.makes,
        state=view.state,
        reason=view.reason,
        detail=view.detail,
        limits=LimitsReply(concurrency=view.concurrency),
        paused=view.paused,
        models=view.models,
        address=view.address,
        key=KeyReply(variable=view.credentials.variable, origin=view.credentials.origin),
        probe=_probe(view.probe),
        currency=view.currency,
        spend=dollars(view.spent_micros),
        uncertain=dollars(view.bill.uncertain),
    )


def _probe(view: ProbeView | None) -> ProbeReply | None:
    if view is None:
        return None
    state = "ready" if view.reason is None else "blocked"
    return ProbeReply(at=view.at, state=state, reason=view.reason, detail=view.detail)
