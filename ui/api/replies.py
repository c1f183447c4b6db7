"""Answers: entities as they are, lists as ``{items, next}``."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

T = TypeVar("T")
MOST = 500
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items at most.")]
Cursor = Annotated[str | None, Query(description="``next`` of the page before.")]


class Reply(BaseModel):
    """What the API says in a form of its own; unlike entities it is never read back."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Page(Reply, Generic[T]):
    """A part of a list; ``next`` is the cursor of the part after it, null at the end."""

    items: Sequence[T]
    next: str | None = None


def reply(answer: BaseModel, status: int = 200, **headers: str) -> Response:
    """Serialised here, on the handler's thread, and not validated a second time."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(
        answer.model_dump_json(by_alias=True),
        status_code=status,
        media_type="application/json",
        headers=told,
    )


def page_of(found: Sequence[T], limit: int, cursor_of: Any) -> Page[Any]:
    """A page of what was asked for with one more than ``limit``."""
    items = found[:limit]
    return Page(items=items, next=cursor_of(items[-1]) if len(found) > limit else None)


def dollars(micros: int | None) -> float | None:
    """Money as people write it; None stays unknown."""
    return None if micros is None else micros / 1_000_000
