"""``/slots``: one slot, its takes, and further ones."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from domain.errors import Invalid
from domain.studio import Studio
from domain.usecases.generation import MOST_FURTHER, Further
from domain.usecases.takes import TakeView
from domain.work.views import SlotView
from ui.api.replies import Cursor, Limit, Page, Reply, page_of, reply
from ui.api.wishes import Wished
from ui.session import SignedIn

LONGEST_PROMPT = 32_000
Seed = Annotated[int, Field(ge=0, le=2**53 - 1)]


class FurtherWish(Wished):
    """What a further take differs in; what is absent stays as the script has it."""

    prompt: Annotated[str, Field(min_length=1, max_length=LONGEST_PROMPT)] | None = None
    seed: Seed | None = None
    provider: Annotated[str, Field(max_length=100)] | None = None
    spec: dict[str, Any] | None = None
    count: Annotated[int, Field(ge=1, le=MOST_FURTHER)] = 1


class JobIds(Reply):
    """Jobs that work on it now."""

    jobs: Sequence[str]


def slot_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["slots"])

    @router.get("/slots/{slot}", response_model=SlotView)
    def get_slot(user: SignedIn, slot: str) -> Response:
        return reply(studio.viewing.slot(user, slot))

    @router.get("/slots/{slot}/takes", response_model=Page[TakeView])
    def list_takes(
        user: SignedIn, slot: str, limit: Limit = 100, cursor: Cursor = None
    ) -> Response:
        """Newest first."""
        below = _number(cursor)
        found = [one for one in studio.takes.listing(user, slot) if one.number < below]
        return reply(page_of(found, limit, lambda one: str(one.number)))

    @router.post("/slots/{slot}/generate", response_model=JobIds, status_code=202)
    def generate_slot(user: SignedIn, slot: str, wish: FurtherWish | None = None) -> Response:
        """Further takes; the old ones stay."""
        wish = wish or FurtherWish()
        jobs = studio.generation.generate_slot(user, slot, Further(**wish.model_dump()))
        return reply(JobIds(jobs=[job.id for job in jobs]), 202)

    @router.post("/slots/{slot}/cancel", response_model=JobIds, status_code=202)
    def cancel_slot(user: SignedIn, slot: str) -> Response:
        """Take it off its jobs; a job ends with its last slot."""
        return reply(JobIds(jobs=studio.control.cancel_slot(user, slot)), 202)

    return router


def _number(cursor: str | None) -> float:
    if cursor is None:
        return float("inf")
    if not (cursor.isascii() and cursor.isdigit()):
        raise Invalid("This cursor is not one of ours.", code="bad_cursor")
    return int(cursor[:18])
