"""What a person may do with the take in the frame, and which of it comes next. Pure."""

from dataclasses import dataclass

from domain.media.staging import MediaType
from domain.work.blocking import Fix
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
    fix: Fix | None = None
    """What mends the slot's problem where that is no verb; then it leads."""
    asks: bool = False
    """Whether the form for further takes has the yellow, as nothing else has."""


def next_step(shot: ShotView, slot: SlotView, opened: TakeModel | None) -> NextStep:
    """``opened`` is the take looked at, where it isn't the shown one."""
    actions = frozenset(slot.actions)
    if Verb.RETRY in actions or slot.state in ("pending", "running"):
        actions -= {Verb.GENERATE}  # what was asked for is not asked for once more
    if opened is not None and not opened.is_shown:
        mine = (actions - OF_A_TAKE) | frozenset(opened.actions)
        return NextStep(actions=mine, lead=Verb.USE if Verb.USE in mine else None)
    fix = slot.fix if slot.fix and slot.fix.action != Verb.RETRY and actions else None
    leading = () if fix else _leading(shot, slot)
    lead = next((verb for verb in leading if verb in actions), None)
    return NextStep(
        actions=actions,
        lead=lead,
        use=f"Use take {slot.newer_number}" if slot.newer else None,
        fix=fix,
        asks=lead is None and fix is None and slot.state not in ("pending", "running"),
    )


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
