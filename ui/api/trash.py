"""Deleting and the trash: every act answers 428 first, with what it does and how to confirm it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from domain.studio import Studio
from domain.usecases.trashing import Binned
from domain.work.trash import TrashEntry, TrashKind
from ui.api.replies import Cursor, Limit, Page, Reply, page_of, reply
from ui.problems import Problem
from ui.session import SignedIn

Confirm = Annotated[str | None, Query(description="What the 428 before said.")]
FIRST: dict[int | str, dict[str, Any]] = {
    428: {
        "model": Problem,
        "content": {"application/problem+json": {}},
        "description": "What it would do: {confirm, impact}. Send confirm back to do just that",
    }
}


class TrashReply(Reply):
    """A deletion; ``subject`` is the take's id, the media's hash or the production's id."""

    id: str
    kind: TrashKind
    subject: str
    title: str
    impact: Mapping[str, Any]
    actor: str
    created_at: datetime


def trash_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["trash"])

    @router.delete("/takes/{take}", response_model=Binned, responses=FIRST)
    def delete_take(user: SignedIn, take: str, confirm: Confirm = None) -> Response:
        return reply(studio.trashing.take(user, take, confirm))

    @router.delete("/media/{media}", response_model=Binned, responses=FIRST)
    def delete_media(user: SignedIn, media: str, confirm: Confirm = None) -> Response:
        """All media of one content, by its hash, with every take of it."""
        return reply(studio.trashing.media(user, media, confirm))

    @router.delete("/projects/{project}", response_model=Binned, responses=FIRST)
    def delete_project(user: SignedIn, project: str, confirm: Confirm = None) -> Response:
        """What is being made for it is cancelled."""
        return reply(studio.trashing.production(user, project, confirm))

    @router.delete("/trash/{entry}", response_model=Binned, responses=FIRST)
    def purge(user: SignedIn, entry: str, confirm: Confirm = None) -> Response:
        """For good; a file goes where nothing else names it."""
        return reply(studio.trashing.purge(user, entry, confirm))

    @router.get("/trash", response_model=Page[TrashReply])
    def list_trash(user: SignedIn, limit: Limit = 100, cursor: Cursor = None) -> Response:
        """Newest first."""
        found: Sequence[TrashEntry] = studio.trashing.listing(user, before=cursor, limit=limit + 1)
        answers = [TrashReply.model_validate(one) for one in found]
        return reply(page_of(answers, limit, lambda one: one.id))

    @router.post("/trash/{entry}/restore", response_model=TrashReply)
    def restore(user: SignedIn, entry: str) -> Response:
        """As it was; what was picked is so again where nothing was picked since."""
        return reply(TrashReply.model_validate(studio.trashing.restore(user, entry)))

    return router
