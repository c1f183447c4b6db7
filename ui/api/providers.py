"""``/providers``: who can make what, and what is missing where one can't."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from domain.access import User
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.studio import Studio
from domain.usecases.providers import ProviderView
from ui.api.replies import Page, Reply, dollars, reply
from ui.session import SignedIn


class LimitsReply(Reply):
    """How much at a time."""

    concurrency: int


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
    spend: float | None
    """Null: unknown."""


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
        spend=dollars(view.spent_micros),
    )
