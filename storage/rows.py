"""The one pair of functions between entities and rows: same field names on both sides."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import Row

from domain.entity import Entity

E = TypeVar("E", bound=Entity)


def to_row(entity: Entity) -> dict[str, Any]:
    """Column values; nested entities become the JSON of their columns."""
    return entity.model_dump()


def to_rows(entities: Iterable[Entity]) -> list[dict[str, Any]]:
    return [to_row(one) for one in entities]


def from_row(kind: type[E], row: Row[Any]) -> E:
    return kind.model_validate(row, from_attributes=True)


def from_rows(kind: type[E], rows: Iterable[Row[Any]]) -> list[E]:
    return [from_row(kind, row) for row in rows]
