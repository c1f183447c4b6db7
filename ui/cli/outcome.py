"""How a build ended: what is there, what failed, what waits for a choice, what is blocked."""

from typing import Any

from domain.access import OWNER
from domain.entity import Entity
from domain.studio import Studio
from domain.work.blocking import GATES
from domain.work.views import BoardView, SlotView

FAILED, BLOCKED = 1, 3
"""Exit codes."""


class Held(Entity):
    """A slot that is not there, and why."""

    slot: str
    reason: str | None
    detail: str
    fix: str | None


class Outcome(Entity):
    """``waiting`` ends by a person's choice, ``blocked`` by what is outside."""

    project: str
    title: str
    revision: int
    slots: int
    made: int
    new: int
    """Takes that this build brought."""
    failed: tuple[Held, ...]
    waiting: tuple[Held, ...]
    blocked: tuple[Held, ...]

    @property
    def exit_code(self) -> int:
        if self.failed:
            return FAILED
        return BLOCKED if self.waiting or self.blocked else 0


def outcome_of(studio: Studio, key: str, *, takes_before: int) -> Outcome:
    board = studio.viewing.board(OWNER, key)
    plan = studio.building.plan(OWNER, key).receipt
    said = {one.slot_id: one.detail for one in plan.wait}
    slots = _slots(board)
    held: dict[str, list[Held]] = {"failed": [], "waiting": [], "blocked": []}
    for slot in slots:
        if slot.state != "succeeded":
            held[_kind(slot)].append(_held(slot, said.get(slot.id)))
    return Outcome(
        project=key,
        title=board.title,
        revision=board.revision,
        slots=len(slots),
        made=sum(slot.state == "succeeded" for slot in slots),
        new=sum(slot.takes for slot in slots) - takes_before,
        **{name: tuple(those) for name, those in held.items()},
    )


def as_json(outcome: Outcome) -> dict[str, Any]:
    return outcome.model_dump(mode="json") | {"exit_code": outcome.exit_code}


def text(outcome: Outcome) -> str:
    lines = [
        f"{outcome.title} ({outcome.project})",
        f"{outcome.made:6}  of {outcome.slots} there, {outcome.new} new",
    ]
    for title, those in (
        ("failed", outcome.failed),
        ("waits for your choice", outcome.waiting),
        ("blocked", outcome.blocked),
    ):
        if those:
            lines.append(f"{len(those):6}  {title}")
            lines += [f"        {_line(one)}" for one in those]
    return "\n".join(lines)


def _slots(board: BoardView) -> list[SlotView]:
    concepts = [slot for one in board.concepts for slot in one.slots]
    return concepts + [slot for one in board.shots for slot in one.slots]


def _kind(slot: SlotView) -> str:
    if slot.state == "blocked":
        return "waiting" if slot.reason is not None and slot.reason.code in GATES else "blocked"
    return "failed"  # cancelled meanwhile, too: it is not there


def _held(slot: SlotView, detail: str | None) -> Held:
    return Held(
        slot=f"{slot.owner}/{slot.media_id}",
        reason=slot.reason.code if slot.reason else None,
        detail=detail or (slot.reason.message if slot.reason else f"It was {slot.state}."),
        fix=slot.fix.label if slot.fix else None,
    )


def _line(held: Held) -> str:
    return f"{held.slot}: {held.detail}" + (f" ({held.fix})" if held.fix else "")
