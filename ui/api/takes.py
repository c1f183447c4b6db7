"""``/takes``: use, select for video, review. Each answers the slot as it is then."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from domain.access import User
from domain.studio import Studio
from domain.usecases.review import LONGEST_NOTE
from domain.work.take import Review, Take
from domain.work.views import SlotView
from ui.api.replies import reply
from ui.api.wishes import Wished
from ui.session import SignedIn


class ReviewWish(Wished):
    """What somebody thinks of a take."""

    status: Review
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


def take_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["takes"])

    def done(user: User, say: Callable[[User, str], Take], take: str) -> Response:
        return reply(studio.viewing.slot(user, say(user, take).slot_id))

    @router.post("/takes/{take}/use", response_model=SlotView)
    def use_take(user: SignedIn, take: str) -> Response:
        """Show this one, whatever comes later."""
        return done(user, studio.reviewing.use, take)

    @router.post("/takes/{take}/release", response_model=SlotView)
    def release_take(user: SignedIn, take: str) -> Response:
        """No longer insist on it."""
        return done(user, studio.reviewing.release, take)

    @router.post("/takes/{take}/select", response_model=SlotView)
    def select_take(user: SignedIn, take: str) -> Response:
        """Select it for video; picks it too."""
        return done(user, studio.reviewing.select, take)

    @router.post("/takes/{take}/unselect", response_model=SlotView)
    def unselect_take(user: SignedIn, take: str) -> Response:
        return done(user, studio.reviewing.unselect, take)

    @router.post("/takes/{take}/review", response_model=SlotView)
    def review_take(user: SignedIn, take: str, wish: ReviewWish) -> Response:
        said = studio.reviewing.review(user, take, wish.status, wish.note)
        return reply(studio.viewing.slot(user, said.slot_id))

    return router
