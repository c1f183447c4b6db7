"""Edits of a script: what a client may ask to be changed in its text."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from domain.entity import Entity

MOST = 100
"""Edits in one request: each reads the script anew."""
LONGEST = 200

Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Scene = Annotated[str, Field(max_length=LONGEST)]


class Placed(Entity):
    """Where a shot goes: right behind another, right before it, or to the end of a scene."""

    after: Name | None = Field(None, description="A shot's code or id.")
    before: Name | None = Field(None, description="A shot's code or id.")
    scene: Scene | None = Field(None, description="A scene's id; empty: the top-level blocks.")

    @model_validator(mode="after")
    def one_place(self) -> Self:
        if sum(one is not None for one in (self.after, self.before, self.scene)) != 1:
            raise ValueError("give one of after, before and scene")
        return self


class Insert(Placed):
    """A new shot, in the form of the ones beside it."""

    op: Literal["insert"]
    shot: dict[str, Any] = Field(description="The shot as the script would say it, with its id.")


class Duplicate(Entity):
    """A shot once more, right behind it, in the same words but its ``id``; without ``was``."""

    op: Literal["duplicate"]
    shot: Name = Field(description="A shot's code or id.")
    id: Name | None = Field(
        None,
        description="The new shot's id; else the old one with the first of _2, _3 … that is free.",
    )


class Delete(Entity):
    """A shot goes, with the comments that belong to it. Its takes stay and return with it."""

    op: Literal["delete"]
    shot: Name = Field(description="A shot's code or id.")


class Move(Placed):
    """A shot goes elsewhere, with the comments that belong to it; its id stays."""

    op: Literal["move"]
    shot: Name = Field(description="A shot's code or id.")


class Set(Entity):
    """A field gets a value: of a shot, a concept, a media item of either, or the project."""

    op: Literal["set"]
    shot: Name | None = Field(None, description="A shot's code or id.")
    concept: Name | None = None
    media: Name | None = Field(None, description="A media item of that shot or concept.")
    field: str = Field(
        description="As in the script, with dots: content, camera.movement, media_spec.prompt.",
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,7}$",
    )
    value: Any = Field(description="Any JSON value; null takes the field out of the script.")

    @model_validator(mode="after")
    def one_owner(self) -> Self:
        if self.shot is not None and self.concept is not None:
            raise ValueError("give a shot or a concept, not both")
        if self.media is not None and self.shot is None and self.concept is None:
            raise ValueError("say whose media this is: give a shot or a concept")
        return self


Edit = Annotated[Insert | Duplicate | Delete | Move | Set, Field(discriminator="op")]
