"""``/projects/{project}/media`` and a person's own takes: what is there, what people bring."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field, ValidationError
from starlette.responses import Response

from domain.errors import Invalid
from domain.media.tag import Scope
from domain.studio import Studio
from domain.usecases.library import Brought, TagRecord, TagView
from domain.usecases.takes import TakeView
from ui.api.replies import Cursor, Limit, Page, page_of, reply
from ui.api.uploads import form_body, form_of, is_form
from ui.api.wishes import Wished
from ui.session import SignedIn

TEXT = {"type": "string"}
SCOPES = (Scope.PROJECT.value, Scope.LIBRARY.value)
UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": form_body(alias=TEXT, scope={"type": "string", "enum": list(SCOPES)}),
    }
}


class OwnTake(Wished):
    """Media that is there already, by its hash."""

    media: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


OWN_TAKE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": OwnTake.model_json_schema()}, **form_body()},
    }
}


async def upload_of(request: Request) -> tuple[Brought, Mapping[str, str]]:
    return await form_of(request, ("alias", "scope"))


async def own_take_of(request: Request) -> Brought | OwnTake:
    if is_form(request):
        return (await form_of(request, ()))[0]
    try:
        return OwnTake.model_validate_json(await request.body())
    except ValidationError:
        message = 'Send a form with a `file`, or {"media": "<sha256>"}.'
        raise Invalid(message, code="invalid_request") from None


Upload = Annotated[tuple[Brought, Mapping[str, str]], Depends(upload_of)]
Own = Annotated[Brought | OwnTake, Depends(own_take_of)]


def library_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["media"])

    @router.get("/projects/{project}/media", response_model=Page[TagView])
    def list_media(
        user: SignedIn,
        project: str,
        scope: Annotated[Scope | None, Query(description="Only of this scope.")] = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Response:
        """The production's own media, the shared library's and what came with the house."""
        found = studio.library.listing(
            user, project, scope=scope, after=cursor or "", limit=limit + 1
        )
        return reply(page_of(found, limit, lambda one: one.id))

    @router.get("/projects/{project}/media/{media}", response_model=TagRecord)
    def get_media(user: SignedIn, project: str, media: str) -> Response:
        """All tags of one content, by its hash, and how it came in."""
        return reply(studio.library.get(user, project, media))

    @router.post(
        "/projects/{project}/media", response_model=TagView, status_code=201, openapi_extra=UPLOAD
    )
    def upload_media(user: SignedIn, project: str, upload: Upload) -> Response:
        """Looked into, stored once; the alias is what a script's ``media_id`` looks up."""
        brought, words = upload
        scope = words.get("scope", Scope.PROJECT.value)
        if scope not in SCOPES:
            raise Invalid(f"scope is one of {' and '.join(SCOPES)}.", code="invalid_request")
        tag = studio.library.upload(
            user, project, brought, alias=words.get("alias"), scope=Scope(scope)
        )
        return reply(tag, 201)

    @router.post(
        "/slots/{slot}/takes", response_model=TakeView, status_code=201, openapi_extra=OWN_TAKE
    )
    def add_take(user: SignedIn, slot: str, own: Own) -> Response:
        """A person's own picture, sound or clip; picked at once."""
        if isinstance(own, OwnTake):
            made = studio.library.use_media(user, slot, own.media)
        else:
            made = studio.library.bring_take(user, slot, own)
        takes = studio.takes.listing(user, slot)
        return reply(next(one for one in takes if one.id == made.id), 201)

    return router
