"""The registry's nouns: the audit of how media came in, and the hook that may retag it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

from domain.entity import Entity
from domain.media.kind import ProviderKind
from domain.media.tag import MediaTag

OnIndex = Callable[[MediaTag], MediaTag | None]
"""Sees a tag before it is registered; returns it changed, or None for "as it is"."""

IDENTITY = ("id", "project_id", "built_in", "sha256", "extension", "size", "kind", "reuse_key")
"""What a hook may not change: whose bytes these are, and what made them."""


class Registered(Entity):
    """One registration: the audit's row, kept for ever."""

    seq: int
    tag_id: str
    sha256: str
    action: Literal["registered", "merged"]
    """``merged``: the same bytes were there, and their tag served again."""
    project_id: str | None
    kind: ProviderKind
    origin: str
    aliases: tuple[str, ...]
    actor: str | None
    """A user's name, or None where the machine acted."""
    at: datetime


def indexed(tag: MediaTag, hooks: Iterable[OnIndex]) -> MediaTag:
    """The tag as the hooks leave it, one after the other; raises ValueError for a changed identity.

    What is looked up by (hash, reuse key, kind, scope) stays; type, measures and origin may be
    told better.
    """
    for hook in hooks:
        found = hook(tag)
        if found is None:
            continue
        changed = [name for name in IDENTITY if getattr(found, name) != getattr(tag, name)]
        if changed:
            raise ValueError(f"an index hook changed {' and '.join(changed)} of {tag.file}")
        tag = found
    return tag
