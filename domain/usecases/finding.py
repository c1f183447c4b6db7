"""What is there already for a slot. Nothing is ever offered whose bytes are gone."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.media.declared import fits
from domain.media.tag import MediaTag, Scope
from domain.ports import MediaStore, UnitOfWork
from domain.story.board import Slot
from domain.work.planning import Inventory
from domain.work.take import shown

PIN = ":"
"""``library:tavern_bg`` looks in the shared library alone; no id and no path has a colon."""


class Finding:
    """Look-ups for one plan: by reuse key, by path, by content, by name."""

    def __init__(
        self,
        work: UnitOfWork,
        store: MediaStore,
        inventory: Inventory,
        given: Mapping[str, MediaTag] = MappingProxyType({}),
    ) -> None:
        """``given``: what this very plan gives to slots, by their ids; it may grow."""
        self._media = work.media
        self._store = store
        self._have = inventory
        self._given = given
        self._project_id = inventory.board.project.id
        self._slots: dict[str, Slot] | None = None

    def made(self, reuse_key: str) -> MediaTag | None:
        """Media that this very ask gave before."""
        return self._first(self._media.by_reuse_key(reuse_key, self._project_id))

    def named(self, slot: Slot) -> MediaTag | None:
        """What a slot without a spec names: its path's file, its data, or a look-up's media."""
        source = slot.source
        if source.path is not None:
            found = self._media.by_alias(source.path, self._project_id, Scope.PROJECT)
        elif source.data is not None:
            sha256 = hashlib.sha256(base64.b64decode(source.data)).hexdigest()
            found = self._media.by_hash(sha256, self._project_id)
        else:
            found = [*self._of_another(slot), *self._by_name(slot.media_id)]
        return self._first(one for one in found if fits(slot.media_type, one.media_type))

    def _of_another(self, asking: Slot) -> list[MediaTag]:
        """``owner/media_id``: what that slot shows, or will show once this plan is applied."""
        slot = self._by_owner().get(asking.media_id)
        if slot is None or slot.id == asking.id:
            return []
        takes = self._have.takes.get(slot.id, ())
        take = shown(takes, picked=slot.picked, basis=slot.basis)
        if take is not None:
            return list(self._media.many([take.tag_id]))
        return [self._given[slot.id]] if slot.id in self._given else []

    def _by_owner(self) -> dict[str, Slot]:
        if self._slots is None:
            board = self._have.board
            owners = {one.id: one.key for one in board.concepts}
            owners |= {one.id: one.code for one in board.shots}
            self._slots = {
                f"{owners[slot.owner_id]}/{slot.media_id}": slot
                for slot in board.slots
                if not slot.removed
            }
        return self._slots

    def _by_name(self, name: str) -> list[MediaTag]:
        pin, colon, alias = name.partition(PIN)
        if colon and pin in set(Scope):
            return list(self._media.by_alias(alias, self._project_id, Scope(pin)))
        return list(self._media.by_alias(name, self._project_id))

    def _first(self, found: Iterable[MediaTag]) -> MediaTag | None:
        return next((tag for tag in found if self._store.has(tag.file)), None)
