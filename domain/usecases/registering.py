"""The one way in for media: looked into, stored once, tagged, shown to the hooks, registered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.media.declared import refuse_mismatch
from domain.media.kind import ProviderKind
from domain.media.registry import OnIndex, indexed
from domain.media.staging import MediaType
from domain.media.tag import Inspected, MediaTag
from domain.ports import Clock, MediaInspector, MediaStore, UnitOfWork

POSTER_WIDTH = 640
"""Pixels; what a card shows."""


@dataclass(frozen=True, slots=True)
class Registrar:
    """``take_in`` is slow and comes before any transaction; ``register`` belongs into one."""

    store: MediaStore
    inspector: MediaInspector
    clock: Clock
    new_id: Callable[[], str]
    on_index: Sequence[OnIndex] = ()

    def look(self, data: bytes, *, name: str = "", mime: str = "") -> Inspected:
        """What the bytes are. Raises Unsupported, TooLarge or Invalid where they are not taken.

        ``name`` and ``mime`` are what the sender says; they must agree, and are trusted in nothing.
        """
        found = self.inspector.inspect(data)
        refuse_mismatch(found, name=name, mime=mime)
        return found

    def take_in(
        self,
        data: bytes,
        found: Inspected,
        *,
        kind: ProviderKind,
        origin: str,
        media_type: MediaType | None = None,
        **facts: Any,
    ) -> MediaTag:
        """Store bytes that were looked into; the tag is not registered yet.

        ``media_type`` where it is known better than by the bytes: whether sound is music.
        Raises Unavailable where the store can't be written.
        """
        sha256 = self.store.put(data, found.extension)
        if found.poster is not None:
            self.store.put_derived(f"{sha256}.{found.extension}", POSTER_WIDTH, found.poster)
        return MediaTag(
            id=self.new_id(),
            sha256=sha256,
            extension=found.extension,
            mime=found.mime,
            media_type=media_type or found.media_type,
            size=len(data),
            width=found.width,
            height=found.height,
            duration=found.duration,
            kind=ProviderKind.FAKE if found.marked_fake else kind,
            origin=origin,
            created_at=self.clock.now(),
            **facts,
        )

    def register(self, work: UnitOfWork, tag: MediaTag, aliases: Sequence[str] = ()) -> MediaTag:
        """Bytes known as fake stay fake however they come back."""
        brought = tag.kind in (ProviderKind.UPLOAD, ProviderKind.FILE)
        if brought and work.media.is_fake(tag.sha256):
            tag = tag.evolve(kind=ProviderKind.FAKE)
        return work.media.add(indexed(tag, self.on_index), aliases)
