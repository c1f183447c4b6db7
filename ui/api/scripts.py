"""Scripts come in: as YAML, or as a zip of a script and its assets."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from domain.errors import Invalid, Unsupported
from domain.story.diagnostics import Diagnostic
from domain.studio import Studio
from domain.usecases.productions import Files, Imported
from ui.api.archives import unpack
from ui.api.glances import ProjectReply, project_facts
from ui.api.replies import Reply, reply
from ui.session import SignedIn

YAML = frozenset({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
ZIP = frozenset({"application/zip", "application/x-zip", "application/x-zip-compressed"})
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/yaml": {"schema": {"type": "string"}},
            "application/zip": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class Report(Reply):
    """What an import did: shots' codes and concepts' ids, each named once."""

    added: Sequence[str]
    changed: Sequence[str]
    moved: Sequence[str]
    removed: Sequence[str]
    kept_takes: int
    diagnostics: Sequence[Diagnostic]
    revision: int
    """The script's, after it; of a preview the one that is there."""


class Created(ProjectReply, Report):
    """A new production, and what its script said."""


class Source(NamedTuple):
    """A script as it came."""

    name: str
    text: bytes
    files: Files | None


async def body_of(request: Request) -> tuple[str, bytes]:
    """(content type, bytes): read on the loop, looked into by the handler's thread."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in YAML | ZIP:
        given = kind[:80] or "nothing"
        raise Unsupported(f"Content-Type is {given}; send application/yaml or application/zip.")
    return kind, await request.body()


Body = Annotated[tuple[str, bytes], Depends(body_of)]


def source_of(body: tuple[str, bytes]) -> Source:
    kind, data = body
    if kind in YAML:
        return Source("script.yaml", data, None)
    name, text, files = unpack(data)
    return Source(name, text, Files(files))


def report_facts(imported: Imported) -> dict[str, Any]:
    """The fields of a Report."""
    return {
        **imported.changes.model_dump(),
        "diagnostics": imported.diagnostics,
        "revision": imported.project.revision,
    }


def script_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["scripts"])

    @router.post("/projects", response_model=Created, status_code=201, openapi_extra=BODY)
    def create_project(
        user: SignedIn, body: Body, key: Annotated[str | None, Query(alias="id")] = None
    ) -> Response:
        """A new production; the script's own id beats ``id``, which beats the file's name."""
        source = source_of(body)
        if key is not None and not key.strip():
            raise Invalid("id is empty; leave it out, or name the production.", code="bad_id")
        imported = studio.productions.create(
            user, source.text, name=source.name, key=key, files=source.files
        )
        made = imported.project.key
        glance = studio.overview.get(user, made)
        answer = Created(**project_facts(glance) | report_facts(imported))
        return reply(answer, 201, Location=f"/api/v1/projects/{made}")

    @router.get(
        "/projects/{project}/script",
        response_class=Response,
        responses={200: {"content": {"application/yaml": {"schema": {"type": "string"}}}}},
    )
    def get_script(user: SignedIn, project: str) -> Response:
        """The YAML as it was written; its ``ETag`` is the revision."""
        there, text = studio.scripts.read(user, project)
        headers = {"ETag": f'"{there.revision}"'}
        return Response(text, media_type="application/yaml; charset=utf-8", headers=headers)

    @router.put("/projects/{project}/script", response_model=Report, openapi_extra=BODY)
    def put_script(
        user: SignedIn,
        project: str,
        body: Body,
        *,
        preview: bool = False,
        revision: int | None = None,
    ) -> Response:
        """Compile again; ids and takes are kept. A preview changes nothing.

        With ``revision``: 409 ``stale_revision`` where the script is at another one by now.
        """
        source = source_of(body)
        imported = studio.productions.change(
            user, project, source.text, preview=preview, files=source.files, revision=revision
        )
        return reply(Report(**report_facts(imported)))

    return router
