"""Forms with a file in them: ``file`` and a few words beside it."""

from collections.abc import Collection, Mapping
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from domain.errors import Invalid, Unsupported
from domain.usecases.library import Brought

FORM = "multipart/form-data"
FILE = {"type": "string", "format": "binary"}
BAD_REQUEST = 400


def is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "")
    return kind.partition(";")[0].strip().lower() == FORM


async def form_of(request: Request, words: Collection[str]) -> tuple[Brought, Mapping[str, str]]:
    """The file and the words that came with it; ``words`` are the names that are known."""
    if not is_form(request):
        raise Unsupported(f"Send {FORM} with a file in it.", code="unsupported_type")
    try:
        async with request.form(max_files=1, max_fields=len(words) + 1) as form:
            unknown = [name for name in form if name != "file" and name not in words]
            if unknown:
                raise Invalid(f"This form has no {unknown[0][:40]!r}.", code="invalid_request")
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Invalid("Send the file as `file`, with a file name.", code="no_file")
            given = {name: text for name in words if isinstance(text := form.get(name), str)}
            data = await file.read()
            brought = Brought(data=data, name=file.filename or "", mime=file.content_type or "")
            return brought, {name: text for name, text in given.items() if text.strip()}
    except HTTPException as error:
        if error.status_code != BAD_REQUEST:
            raise
        raise Invalid("This form can't be read.", code="bad_form") from None


def form_body(**words: Mapping[str, Any]) -> dict[str, Any]:
    """What the OpenAPI document says of such a form."""
    schema = {"type": "object", "required": ["file"], "properties": {"file": FILE, **words}}
    return {FORM: {"schema": schema}}
