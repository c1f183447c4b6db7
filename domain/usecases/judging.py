"""Whose takes an edit of the script makes stale, and whose are current again by it."""

from collections.abc import Mapping, Sequence

from domain.ports import UnitOfWork
from domain.story.board import Board, Slot
from domain.work.take import Take, currency, shown


def judged(
    work: UnitOfWork, before: Board, after: Board
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Owners of slots whose shown take is stale by this edit, and current again by it."""
    was = {one.id: one for one in before.slots if one.takes and not one.removed}
    changed = [one for one in after.slots if one.id in was and was[one.id].basis != one.basis]
    if not changed:
        return (), ()
    takes: dict[str, list[Take]] = {}
    for take in work.takes.of_slots([one.id for one in changed]):
        takes.setdefault(take.slot_id, []).append(take)
    names = {one.id: one.code for one in after.shots} | {one.id: one.key for one in after.concepts}
    told: dict[str, dict[str, None]] = {"stale": {}, "current": {}}
    for slot in changed:
        old, new = _kept(was[slot.id], takes), _kept(slot, takes)
        if old != new and new in told:
            told[new][names[slot.owner_id]] = None
    return tuple(told["stale"]), tuple(told["current"])


def _kept(slot: Slot, takes: Mapping[str, Sequence[Take]]) -> str:
    take = shown(takes.get(slot.id, ()), picked=slot.picked, basis=slot.basis)
    return currency(take, basis=slot.basis)
