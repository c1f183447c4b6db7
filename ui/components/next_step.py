"""What a person may do with the take in the frame, and which of it comes next. Pure."""

from dataclasses import dataclass

from domain.media.staging import MediaType
from domain.work.take import Review
from domain.work.views import ShotView, SlotView
from ui.components.takes import TakeModel
from ui.components.verbs import Verb

OF_A_TAKE = frozenset(
    {Verb.USE, Verb.RELEASE, Verb.APPROVE, Verb.RETAKE, Verb.SELECT, Verb.UNSELECT, Verb.DELETE}
)
"""Verbs that are about one take; the others are about the slot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """``lead`` is the verb that gets the yellow."""

    actions: frozenset[str]
    lead: Verb | None
    use: str | None = None
    """What the button to use a take says where it is about a newer one: ``Use take 3``."""


def next_step(shot: ShotView, slot: SlotView, opened: TakeModel | None) -> NextStep:
    """``opened`` is the take looked at, where it isn't the shown one."""
    actions = frozenset(slot.actions)
    if opened is not None and not opened.is_shown:
        mine = (actions - OF_A_TAKE) | frozenset(opened.actions)
        return NextStep(actions=mine, lead=Verb.USE if Verb.USE in mine else None)
    lead = next((verb for verb in _leading(shot, slot) if verb in actions), None)
    use = f"Use take {slot.newer_number}" if slot.newer else None
    return NextStep(actions=actions, lead=lead, use=use)


def _leading(shot: ShotView, slot: SlotView) -> list[Verb]:
    """In this order; a shown take is never used once more, but what is said of it may be next."""
    leading = [Verb.RETRY]
    if slot.newer:
        leading.append(Verb.USE)
    if slot.review is not Review.RETAKE:
        leading.append(Verb.APPROVE)
    if slot.review is Review.APPROVED and _has_clip(shot):
        leading.append(Verb.SELECT)
    if slot.takes == 0:
        leading.append(Verb.GENERATE)
    return leading


def _has_clip(shot: ShotView) -> bool:
    return any(one.media_type is MediaType.VIDEO for one in shot.slots)
