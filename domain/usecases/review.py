"""What people say of takes: use, select for video, review. Choices free what waited for them."""

from domain.access import Right, User
from domain.errors import Conflict, NotFound
from domain.ports import UnitOfWork
from domain.story.board import Slot
from domain.usecases.base import Tools
from domain.usecases.generation import find_slot
from domain.work.take import Review, Take, shown

LONGEST_NOTE = 2000


class Reviewing:
    """Takes never change but for what is said of them; choices are kept with the slot."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def use(self, user: User, take_id: str) -> Take:
        """Show this take, whatever comes later."""
        return self._choose(user, take_id, "picked", picked=take_id)

    def release(self, user: User, take_id: str) -> Take:
        """No longer insist on this take."""
        return self._choose(user, take_id, "released", picked=None)

    def select(self, user: User, take_id: str) -> Take:
        """Select for video; picks it too. Raises Conflict for what is no picture of a shot."""
        return self._choose(user, take_id, "selected", picked=take_id, selected=take_id)

    def unselect(self, user: User, take_id: str) -> Take:
        return self._choose(user, take_id, "unselected", selected=None)

    def review(self, user: User, take_id: str, status: Review, note: str = "") -> Take:
        """Say what is thought of a take; an approval remembers what it was given to."""
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            take = find_take(work, take_id)
            slot = find_slot(work, take.slot_id)
            reviewed = take.evolve(
                review=status, review_note=note[:LONGEST_NOTE], review_basis=slot.basis
            )
            work.takes.review(reviewed)
            self._follow(work, slot)
            work.slots.touch(slot.id, f"review_{status}")
            work.commit()
            return reviewed

    def approve_shown(self, user: User, slot_id: str) -> Take:
        """Approve what the slot shows now; raises Conflict where it shows nothing."""
        with self._tools.works(reading=True) as work:
            slot = find_slot(work, slot_id)
            take = shown(work.takes.of_slots([slot.id]), picked=slot.picked, basis=slot.basis)
        if take is None:
            raise Conflict("There is nothing to approve yet.", code="no_take")
        return self.review(user, take.id, Review.APPROVED)

    def _choose(self, user: User, take_id: str, action: str, **choice: str | None) -> Take:
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            take = find_take(work, take_id)
            slot = find_slot(work, take.slot_id)
            if choice.get("selected") and not slot.is_frame:
                message = "Only a shot's picture can be selected for video."
                raise Conflict(message, code="not_a_frame")
            for name, value in choice.items():
                held = slot.picked if name == "picked" else slot.selected
                if value is None and held != take_id:
                    raise Conflict(f"This take is not {name}.", code=f"not_{name}")
            work.slots.set(slot.id, **choice)
            if choice.get("picked"):
                self._tools.asking(work).retire_blocked(slot)
            self._follow(work, slot)
            work.slots.touch(slot.id, action)
            work.commit()
            return take

    def _follow(self, work: UnitOfWork, slot: Slot) -> None:
        """What is made from it, and what waited for it, goes on in this transaction."""
        dependents = self._tools.dependents(work)
        dependents.follow([slot.id])
        dependents.free(slot.project_id)


def find_take(work: UnitOfWork, take_id: str) -> Take:
    take = work.takes.get(take_id)
    if take is None:
        raise NotFound("There is no such take.")
    return take
