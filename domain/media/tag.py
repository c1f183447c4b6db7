"""The inventory tag of one piece of media: identity, source, hashes, type, size, provenance.

Never a URL, never how it is used: those are delivery's and the slot's.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.entity import Entity
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType


class Scope(StrEnum):
    """Where a tag is at home, in the order look-ups go through."""

    PROJECT = "project"
    LIBRARY = "library"
    """Shared by all projects."""
    BUILT_IN = "built_in"
    """Came with the house."""


class MediaTag(Entity):
    """Names stored bytes by their SHA-256, which is also their name in the store."""

    id: str
    project_id: str | None = None
    """None: the shared library, or what came with the house."""
    built_in: bool = False
    sha256: str
    extension: str
    mime: str
    media_type: MediaType
    size: int
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    """Seconds; None for stills."""
    kind: ProviderKind
    reuse_key: str | None = None
    adapted: dict[str, Any] | None = None
    realised: dict[str, Any] | None = None
    origin: str = ""
    """For a person: the path, the upload's name or the provider it came from."""
    created_at: datetime
    trash_id: str | None = None
    """The trash entry it is in; then no look-up offers it."""

    @property
    def scope(self) -> Scope:
        if self.project_id is not None:
            return Scope.PROJECT
        return Scope.BUILT_IN if self.built_in else Scope.LIBRARY

    @property
    def shelf(self) -> str:
        """Where its aliases are kept: the project's id, or the scope's name."""
        return self.project_id or self.scope.value

    @property
    def file(self) -> str:
        return f"{self.sha256}.{self.extension}"


class Inspected(Entity):
    """What looking into bytes found; nothing in it was taken on trust."""

    mime: str
    extension: str
    media_type: MediaType
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    marked_fake: bool = False
    """The bytes carry the demo mark in their metadata."""
    poster: bytes | None = None
    """A WebP of at most 640 px wide: the picture itself, or a clip's frame. None for sound."""
