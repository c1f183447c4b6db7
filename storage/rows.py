"""The one pair of functions between entities and rows: same field names on both sides."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row

from domain.entity import Entity

E = TypeVar("E", bound=Entity)


def to_row(entity: Entity) -> dict[str, Any]:
    """Column values; nested entities become the JSON of their columns."""
    return entity.model_dump()


def to_rows(entities: Iterable[Entity]) -> list[dict[str, Any]]:
    return [to_row(one) for one in entities]


def from_row(kind: type[E], row: Row[Any], *, skip: int = 0) -> E:
    """The entity in a row's columns, the first ``skip`` of them left out."""
    return from_rows(kind, [row], skip=skip)[0]


def from_rows(kind: type[E], rows: Sequence[Row[Any]], *, skip: int = 0) -> list[E]:
    if not rows:
        return []
    # A mapping is validated a third faster than a row's attributes, and a board has thousands.
    validate = kind.__pydantic_validator__.validate_python
    names = rows[0]._fields[skip:]
    return [validate(dict(zip(names, row[skip:], strict=True))) for row in rows]
