"""Asking for media: plan it, make what is missing, make further takes."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import ValidationError

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import Conflict, Invalid, NotFound
from domain.media.specs import from_dict
from domain.media.tag import MediaTag
from domain.ports import UnitOfWork
from domain.story.board import Board, Gates, Slot
from domain.usecases.asking import Asked, Asking
from domain.usecases.base import Tools, find_project
from domain.work.blocking import Reason
from domain.work.inputs import basis_with, contents
from domain.work.job import Job
from domain.work.limits import BATCH, CLICK
from domain.work.planning import (
    Decision,
    Inventory,
    Receipt,
    can_make,
    clips_last,
    in_script_order,
    keyed,
    spec_type,
)
from domain.work.take import currency, shown

Scope = Literal["missing", "stale", "failed", "all"]
MOST_FURTHER = 8
DEEPEST = 8
"""How many items may name one another in a chain, to be attached by one plan in any order."""
FEW = 50
"""Slots up to which a batch reads only what is near them."""


class Further(Entity):
    """A request for further takes of one slot; what is None stays as the script has it."""

    prompt: str | None = None
    seed: int | None = None
    provider: str | None = None
    spec: dict[str, Any] | None = None
    count: int = 1


class Generation:
    """What people ask to be made. Planning never makes anything and never waits."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def plan(
        self,
        user: User,
        key: str,
        scope: Scope = "missing",
        *,
        slots: Sequence[str] | None = None,
        shots: Sequence[str] | None = None,
    ) -> Receipt:
        """What generating this scope would do; no effect."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            board = work.boards.load(find_project(work, key).id)
            wanted = self._wanted(board, slots, shots)
            return summarise(board, self._decide(work, board, scope, wanted))

    def generate(
        self,
        user: User,
        key: str,
        scope: Scope = "missing",
        *,
        slots: Sequence[str] | None = None,
        shots: Sequence[str] | None = None,
        open_gates: bool = False,
    ) -> Asked:
        """Bind, attach, wait or create a job for each slot in scope; one transaction.

        With ``open_gates`` nothing waits for a person's choice this time.
        """
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            project = find_project(work, key)
            near = None if shots is not None else self._near(work, project.id, slots)
            board = near or work.boards.load(project.id)
            if open_gates:
                board = ungated(board)
            wanted = self._wanted(board, slots, shots)
            asking = self._tools.asking(work)
            decisions = decide(asking, board, scope, wanted, is_part=near is not None)
            # The page's button on a card is a batch of one; a person waits for it all the same.
            priority = CLICK if wanted is not None and len(wanted) == 1 else BATCH
            asked = asking.apply(board, decisions, priority=priority)
            work.commit()
            return asked

    def generate_slot(self, user: User, slot_id: str, wish: Further) -> Sequence[Job]:
        """Further takes; the old ones stay. Raises Conflict at a gate or without a provider."""
        user.require(Right.MAKE)
        if not 1 <= wish.count <= MOST_FURTHER:
            raise Invalid(f"count is {wish.count}; give 1 to {MOST_FURTHER}.")
        with self._tools.works(actor=user.name) as work:
            slot = find_slot(work, slot_id)
            near = work.boards.near([slot])
            jobs = self._further(work, near, slot, wish)
            work.commit()
            return jobs

    def _near(self, work: UnitOfWork, project_id: str, slots: Sequence[str] | None) -> Board | None:
        """What is near a few slots: a click on one card need not read a thousand."""
        if not slots or len(slots) > FEW:
            return None
        found = work.slots.many(slots)
        known = [one for one in found if one.project_id == project_id and not one.removed]
        if any(one.source.is_a_name for one in known):
            return None  # it may name what is anywhere
        return work.boards.near(known) if len(known) == len(set(slots)) else None

    def _further(self, work: UnitOfWork, board: Board, slot: Slot, wish: Further) -> Sequence[Job]:
        if slot.adapted is None:
            raise Conflict("The script gives this item no spec to make it from.", code="no_spec")
        asking = self._tools.asking(work)
        providers = asking.providers()
        named = wish.provider or (wish.spec or {}).get("provider")
        name = named or providers.resolve(slot, board)
        provider = providers.named(str(name)) if name else None
        if provider is None or not can_make(provider, slot):
            what = f"{slot.media_type} from {spec_type(slot)}"
            raise Conflict(f"No provider for {what}.", code=Reason.NO_PROVIDER)
        planner = asking.planner(asking.inventory_of(board))
        spec = overridden(slot.adapted, wish)
        wished = slot.evolve(adapted=spec)
        gate = planner.gate(wished, provider)
        if gate is not None:
            raise Conflict(gate[1], code=gate[0])
        inputs = planner.asked(wished, provider).inputs
        basis = basis_with(slot, contents(inputs))
        label = owner_of(board, slot)
        # One more while one is being made is that one; several are always so many more.
        coming = len(work.jobs.active_of_slots([slot.id])) if wish.count > 1 else 0
        made = []
        for ordinal in range(wish.count):
            number = slot.takes + coming + ordinal + 1
            further = None if number == 1 and wish.count == 1 else number
            one = spec if spec.get("seed") is None else spec | {"seed": spec["seed"] + ordinal}
            seed, reuse_key = keyed(one, provider, basis=basis, inputs=inputs, further=further)
            made.append(
                asking.further(
                    slot,
                    label=label,
                    provider=provider.name,
                    spec=one,
                    seed=seed,
                    reuse_key=reuse_key,
                    inputs=inputs,
                    basis=basis,
                    priority=CLICK,
                )
            )
        return made

    def _wanted(
        self, board: Board, slots: Sequence[str] | None, shots: Sequence[str] | None
    ) -> Sequence[str] | None:
        """Ids of the slots that were named, None for all; raises NotFound for a wrong name."""
        if slots is None and shots is None:
            return None
        known = {one.id for one in board.slots if not one.removed}
        for slot_id in slots or ():
            if slot_id not in known:
                raise NotFound(f"There is no slot {slot_id!r}.")
        owners = {
            name: one.id for one in board.shots if not one.removed for name in (one.id, one.code)
        }
        for name in shots or ():
            if name not in owners:
                raise NotFound(f"There is no shot {name!r}.")
        named = {owners[name] for name in shots or ()}
        return [*(slots or ()), *(one.id for one in board.slots if one.owner_id in named)]

    def _decide(
        self, work: UnitOfWork, board: Board, scope: Scope, wanted: Sequence[str] | None
    ) -> list[Decision]:
        return decide(self._tools.asking(work), board, scope, wanted)


def decide(
    asking: Asking,
    board: Board,
    scope: Scope,
    wanted: Sequence[str] | None = None,
    *,
    is_part: bool = False,
) -> list[Decision]:
    """What a batch of this scope would do, slot by slot in script order; no effect.

    ``is_part``: the board is only what is near the wanted slots, and so is what is read.
    """
    inventory = asking.inventory_of(board) if is_part else asking.inventory(board)
    given: dict[str, MediaTag] = {}
    planner = asking.planner(inventory, given)
    only = None if wanted is None else set(wanted)
    slots = [
        slot
        for slot in clips_last(in_script_order(board))
        if (only is None or slot.id in only) and in_scope(slot, scope, inventory)
    ]
    decisions: dict[str, Decision] = {}

    def settle(slot: Slot) -> bool:
        failed = inventory.ended.get(slot.id) if scope in ("failed", "all") else None
        if failed is not None and slot.state == "failed":
            decision = asking.decide_again(planner, slot, failed)
        else:
            decision = planner.decide(slot)
        decisions[slot.id] = decision
        if decision.tag is not None:
            given[slot.id] = decision.tag
        return decision.tag is not None

    named = [slot for slot in slots if not settle(slot) and slot.source.is_a_name]
    for _ in range(DEEPEST):
        left = [slot for slot in named if not settle(slot)]
        if len(left) == len(named):
            break
        named = left
    return [decisions[slot.id] for slot in slots]


def ungated(board: Board) -> Board:
    """The same board with all gates open."""
    project = board.project
    header = project.header.evolve(gates=Gates(look="none", video="newest"))
    return board.evolve(project=project.evolve(header=header))


def in_scope(slot: Slot, scope: Scope, inventory: Inventory) -> bool:
    """Whether a batch of this scope looks at the slot at all (CONTRACT.md section 5)."""
    if inventory.active.get(slot.id):
        return False
    takes = inventory.takes.get(slot.id, ())
    kept = currency(shown(takes, picked=slot.picked, basis=slot.basis), basis=slot.basis)
    failed = slot.state == "failed"
    match scope:
        case "missing":
            return kept == "missing" and not failed
        case "stale":
            return kept == "stale"
        case "failed":
            return failed and passing(inventory.ended.get(slot.id))
        case "all":
            return kept != "current" and (not failed or passing(inventory.ended.get(slot.id)))


def passing(job: Job | None) -> bool:
    """Whether a failed job failed for a reason that may pass."""
    return job is not None and job.reason is not None and Reason(job.reason).is_passing


def summarise(board: Board, decisions: Sequence[Decision]) -> Receipt:
    """The receipt of a plan."""
    hard = {slot.id for slot in board.slots if slot.hard}
    by_verb: dict[str, list[str]] = {}
    for one in decisions:
        by_verb.setdefault(one.verb, []).append(one.slot_id)
    unmet = [one for one in decisions if one.verb in ("wait", "blocked")]
    prices = [one.price_micros for one in decisions if one.verb in ("create", "regenerate")]
    return Receipt(
        reuse=(*by_verb.get("reuse", ()), *by_verb.get("use", ())),
        attach=tuple(by_verb.get("attach", ())),
        create=tuple(by_verb.get("create", ())),
        regenerate=tuple(by_verb.get("regenerate", ())),
        wait=tuple(one for one in decisions if one.verb == "wait"),
        blocked=tuple(one for one in decisions if one.verb == "blocked"),
        unresolved_hard=tuple(one.slot_id for one in unmet if one.slot_id in hard),
        waived_soft=tuple(one.slot_id for one in unmet if one.slot_id not in hard),
        price_micros=None if None in prices else sum(one or 0 for one in prices),
    )


def overridden(adapted: dict[str, Any], wish: Further) -> dict[str, Any]:
    """The adapted spec with a person's changes; raises Invalid where they do not fit its type."""
    spec = adapted | (wish.spec or {})
    if wish.prompt is not None:
        spec["prompt"] = wish.prompt
    if wish.seed is not None:
        spec["seed"] = wish.seed
    try:
        from_dict(spec)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        message = f"This does not fit a {spec['type']}: {where}: {first['msg']}"
        raise Invalid(message) from error
    except ValueError as error:
        raise Invalid(f"This does not fit: {error}.") from error
    if spec["type"] != adapted["type"]:
        raise Invalid(f"This item is a {adapted['type']}; another type needs another item.")
    return spec


def find_slot(work: UnitOfWork, slot_id: str) -> Slot:
    """Raises NotFound, also for one the script no longer has."""
    slot = work.slots.get(slot_id)
    if slot is None or slot.removed:
        raise NotFound("There is no such slot.")
    return slot


def owner_of(board: Board, slot: Slot) -> str:
    """The shot's code or the concept's key."""
    for shot in board.shots:
        if shot.id == slot.owner_id:
            return shot.code
    return next(one.key for one in board.concepts if one.id == slot.owner_id)
