"""Edits of a script in place, and its revisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from domain.errors import Invalid
from domain.story.edits import MOST, Edit
from domain.story.revision import Revision
from domain.studio import Studio
from ui.api.replies import Cursor, Limit, Page, Reply, page_of, reply
from ui.api.scripts import Report, report_facts
from ui.api.wishes import Wished
from ui.session import SignedIn

LATEST = 1 << 31
Number = Annotated[int, Field(ge=1, lt=LATEST)]


class EditWish(Wished):
    """What to change, one after another, in the script as it is at ``revision``."""

    edits: Annotated[Sequence[Edit], Field(min_length=1, max_length=MOST)]
    revision: Number


class RevisionReply(Reply):
    """A saved state of a script: shots' codes and concepts' ids that it changed."""

    revision: int
    by: str | None
    at: datetime
    restored: int | None
    """The revision whose text this is once more."""
    added: Sequence[str]
    changed: Sequence[str]
    moved: Sequence[str]
    removed: Sequence[str]

    @classmethod
    def of(cls, one: Revision) -> "RevisionReply":
        return cls(
            revision=one.revision,
            by=one.actor,
            at=one.created_at,
            restored=one.restored,
            **one.changes.model_dump(exclude={"kept_takes"}),
        )


def revision_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["scripts"])

    @router.patch("/projects/{project}/script", response_model=Report)
    def patch_script(
        user: SignedIn, project: str, wish: EditWish, *, preview: bool = False
    ) -> Response:
        """Edit the YAML in place: comments, order and form are kept, all edits or none are done.

        409 ``stale_revision`` where the script is at another revision by now; 422 with
        diagnostics where it would have errors. A preview changes nothing.
        """
        done = studio.scripts.edit(
            user, project, wish.edits, revision=wish.revision, preview=preview
        )
        return reply(Report(**report_facts(done.imported)))

    @router.get("/projects/{project}/script/revisions", response_model=Page[RevisionReply])
    def list_revisions(
        user: SignedIn, project: str, limit: Limit = 100, cursor: Cursor = None
    ) -> Response:
        """Newest first."""
        found = studio.scripts.revisions(user, project, below=_below(cursor), limit=limit + 1)
        answers = [RevisionReply.of(one) for one in found]
        return reply(page_of(answers, limit, lambda one: str(one.revision)))

    @router.get(
        "/projects/{project}/script/revisions/{revision}",
        response_class=Response,
        responses={200: {"content": {"application/yaml": {"schema": {"type": "string"}}}}},
    )
    def get_revision(user: SignedIn, project: str, revision: Number) -> Response:
        """The YAML as it was then."""
        text = studio.scripts.text_of(user, project, revision)
        return Response(text, media_type="application/yaml; charset=utf-8")

    @router.post("/projects/{project}/script/revisions/{revision}/restore", response_model=Report)
    def restore_revision(user: SignedIn, project: str, revision: Number) -> Response:
        """Save its text once more, as a new revision; takes come back with it."""
        return reply(Report(**report_facts(studio.scripts.restore(user, project, revision))))

    return router


def _below(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()):
        raise Invalid("This cursor is not one of ours.", code="bad_cursor")
    return min(int(cursor[:18]), LATEST)
