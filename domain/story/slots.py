"""Slots of a board: known by owner and media_id, with what people and jobs did to them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from domain.media.staging import MediaType
from domain.story.board import Board, Concept, Shot, Slot
from domain.story.context import Adapt, Stage
from domain.story.parts import owner_name, replaced
from domain.story.script import MediaItem


class SlotMaker:
    """Makes the slots of one owner after another."""

    def __init__(self, before: Board, now: Board, new_id: Callable[[], str], adapt: Adapt) -> None:
        self.made: list[Slot] = []
        self._known = {(one.owner_id, one.media_id): one for one in before.slots}
        owners: list[Shot | Concept] = [*before.shots, *before.concepts]
        self._names = {one.id: owner_name(one) for one in owners}
        self._providers = before.project.header.providers, now.project.header.providers
        self._stage = Stage.of(now)
        self._project_id = now.project.id
        self._new_id = new_id
        self._adapt = adapt

    def add(self, owner: Shot | Concept, items: Iterable[MediaItem]) -> None:
        """The slots of an owner's media list."""
        for at, item in enumerate(items):
            old = self._known.get((owner.id, item.media_id))
            slot = self._declared(old or self._new(owner, item), item, at)
            adapted, basis = self._adapt(slot, owner, self._stage)
            slot = replaced(slot, adapted=adapted, basis=basis)
            self.made.append(self._kept(old, slot, owner) if old is not None else slot)

    def _new(self, owner: Shot | Concept, item: MediaItem) -> Slot:
        kind: Literal["shot", "concept"] = "shot" if isinstance(owner, Shot) else "concept"
        return Slot(
            id=self._new_id(),
            project_id=self._project_id,
            owner_kind=kind,
            owner_id=owner.id,
            media_id=item.media_id,
            role=item.role,
            media_type=item.media_type,
        )

    @staticmethod
    def _declared(slot: Slot, item: MediaItem, position: int) -> Slot:
        return replaced(
            slot,
            role=item.role,
            media_type=item.media_type,
            title=item.title,
            source=item.source,
            hints=item.hints,
            hard=item.hard,
            policy=item.policy,
            fallback_text=item.fallback_text,
            position=position,
            removed=False,
        )

    def _kept(self, old: Slot, new: Slot, owner: Shot | Concept) -> Slot:
        """A slot of before: its provider is resolved anew where another is named."""
        was_named, is_named = (
            _named_provider(slot, named)
            for slot, named in zip((old, new), self._providers, strict=True)
        )
        if was_named != is_named or old.media_type != new.media_type:
            new = replaced(new, provider=None)
        moved = self._names.get(old.owner_id) != owner_name(owner)
        if moved or _visible(old) != _visible(new):
            return new.evolve(version=old.version + 1)
        return new


def _named_provider(slot: Slot, named: Mapping[MediaType, str]) -> str | None:
    own = (slot.source.spec or {}).get("provider")
    return own if own is not None else named.get(slot.media_type)


def _visible(slot: Slot) -> tuple[object, ...]:
    """What a reader of the slot sees of the script."""
    return (
        slot.role,
        slot.media_type,
        slot.title,
        slot.source,
        slot.hints,
        slot.hard,
        slot.policy,
        slot.fallback_text,
        slot.removed,
        slot.adapted,
        slot.basis,
        slot.provider,
    )


def remove(slot: Slot) -> Slot:
    """A slot whose item is gone: it waits for nothing more, all else stays for its return."""
    return slot.evolve(removed=True, waits_for=None, version=slot.version + 1)
