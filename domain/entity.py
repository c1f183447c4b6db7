"""What every entity of the domain is: a frozen pydantic model."""

from typing import Self

from pydantic import BaseModel, ConfigDict


class Entity(BaseModel):
    """Immutable; a change is a new one (``evolve``). Unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    def evolve(self, **changes: object) -> Self:
        """The same entity with some fields replaced; nothing is validated again."""
        return self.model_copy(update=changes)
