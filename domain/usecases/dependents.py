"""What depends on other slots' media: clips follow their frames and lines, and stop waiting."""

from collections.abc import Collection, Sequence

from domain.media.staging import MediaType
from domain.ports import UnitOfWork
from domain.story.board import Board, Slot
from domain.usecases.asking import Asking
from domain.work.inputs import basis_with, source_of
from domain.work.planning import clips_last, in_script_order


class Dependents:
    """Call it after a change of takes or choices, in the same unit of work."""

    def __init__(self, work: UnitOfWork, asking: Asking) -> None:
        self._work = work
        self._asking = asking

    def follow(self, slot_ids: Sequence[str]) -> None:
        """What these slots show or have selected changed, or nothing more is coming for them:
        clips beside them follow. Those among them were touched by the caller.
        """
        clips = self._work.slots.clips_beside(slot_ids)
        if clips:
            self._follow(self._work.boards.near(clips), clips, untold=set(slot_ids))

    def follow_all(self, board: Board) -> None:
        """The script changed."""
        clips = [
            slot for slot in board.slots if slot.media_type is MediaType.VIDEO and not slot.removed
        ]
        if clips:
            self._follow(board, clips, untold=set())

    def free(self, project_id: str) -> None:
        """Ask again for all that waits at a gate: in this transaction, so none is forgotten."""
        if self._work.slots.waiting(project_id):
            self._free(self._work.boards.load(project_id))

    def _follow(self, board: Board, clips: Sequence[Slot], *, untold: Collection[str]) -> None:
        inventory, providers = self._asking.inventory_of(board), self._asking.providers()
        now = {slot.id: slot for slot in board.slots}
        for clip in clips:
            if source_of(clip) is None:
                continue
            name = providers.resolve(clip, board)
            inputs = inventory.beside.today(clip, providers.named(name) if name else None)
            if inputs == clip.inputs:
                continue
            basis = basis_with(clip, inputs)
            now[clip.id] = clip.evolve(inputs=inputs, basis=basis)
            self._work.slots.set(clip.id, inputs=inputs, basis=basis)
            if clip.id not in untold:
                self._work.slots.touch(clip.id, "inputs")
        waiting = [clip.id for clip in clips if clip.waits_for is not None]
        if waiting:
            self._free(board.evolve(slots=tuple(now.values())), set(waiting))

    def _free(self, board: Board, only: set[str] | None = None) -> None:
        waiting = [
            slot
            for slot in in_script_order(board)
            if slot.waits_for is not None and (only is None or slot.id in only)
        ]
        planner = self._asking.planner(self._asking.inventory_of(board))
        self._asking.apply(board, [planner.decide(slot) for slot in clips_last(waiting)])
