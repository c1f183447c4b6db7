"""Productions at a glance: how much is made, how long it runs, what it cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

from domain.access import Right, User
from domain.entity import Entity
from domain.ports import UnitOfWork
from domain.story.board import Board, Project, SlotState
from domain.story.durations import frame_rate
from domain.usecases.base import Tools, find_project
from domain.work.budget import book


class Money(Entity):
    """In millionths of the currency; None is unknown, and without a cap there is none."""

    currency: str | None
    spent_micros: int | None
    reserved_micros: int
    uncertain_micros: int
    """May have been charged."""
    unpriced: int
    """How many makings were charged that no price is known of."""
    cap_micros: int | None


class Glance(Entity):
    """A production in short. ``counts`` are of all its slots, ``shot_counts`` of its shots."""

    project: Project
    shots: int
    concepts: int
    frames: int
    seconds: float
    counts: Mapping[SlotState, int]
    shot_counts: Mapping[SlotState, int]
    money: Money


class Overview:
    """Reads; never changes anything."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def get(self, user: User, key: str) -> Glance:
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return self._glance(work, find_project(work, key))

    def listing(self, user: User, *, after: str = "", limit: int = 100) -> tuple[Glance, ...]:
        """By id, from the first one after ``after``."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            found = sorted(work.boards.projects(), key=lambda one: one.key)
            page = [one for one in found if one.key > after][:limit]
            return tuple(self._glance(work, one) for one in page)

    def money(self, user: User, key: str) -> Money:
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return self._money(work, find_project(work, key))

    def _glance(self, work: UnitOfWork, project: Project) -> Glance:
        board = work.boards.load(project.id)
        shots = [one for one in board.shots if not one.removed]
        frames = sum(one.duration for one in shots)
        return Glance(
            project=project,
            shots=len(shots),
            concepts=sum(not one.removed for one in board.concepts),
            frames=frames,
            seconds=round(float(frames / frame_rate(project.header.fps)), 3),
            counts=counted(one.state for one in board.slots if not one.removed),
            shot_counts=counted(shot_states(board)),
            money=self._money(work, project),
        )

    def _money(self, work: UnitOfWork, project: Project) -> Money:
        """Of what was asked for here; a sum with something unknown in it is unknown."""
        ledger = book(work.jobs.entries(project.id))
        budget = project.header.budget
        forge = self._tools.forge.providers()
        charging = (one.capabilities.prices.currency for one in forge if one.capabilities.billable)
        return Money(
            currency=budget.currency if budget else next(charging, None),
            spent_micros=None if ledger.unknown else ledger.spent,
            reserved_micros=ledger.reserved,
            uncertain_micros=ledger.uncertain,
            unpriced=ledger.unknown,
            cap_micros=budget.cap_micros if budget else None,
        )


def counted(states: Iterable[SlotState]) -> dict[SlotState, int]:
    """How many of each state, none left out."""
    found = Counter(states)
    return {state: found[state] for state in get_args(SlotState)}


def shot_states(board: Board) -> list[SlotState]:
    """The state of every live shot: its primary slot's (CONTRACT.md section 5, *Shot*)."""
    primary: dict[str, tuple[bool, int, SlotState]] = {}
    for slot in board.slots:
        if not slot.removed:
            at = (slot.role != "narrative_im", slot.position, slot.state)
            if slot.owner_id not in primary or at < primary[slot.owner_id]:
                primary[slot.owner_id] = at
    return [
        primary[shot.id][2] if shot.id in primary else "empty"
        for shot in board.shots
        if not shot.removed
    ]
