"""Turns decisions into takes, waits and jobs, inside the caller's unit of work."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from domain.entity import Entity
from domain.media.tag import MediaTag
from domain.ports import Clock, Forge, MediaStore, UnitOfWork
from domain.story.board import Board, Slot
from domain.usecases.finding import Finding
from domain.work.blocking import Reason
from domain.work.budget import Purse, book
from domain.work.inputs import contents, source_of
from domain.work.job import Job, JobState
from domain.work.limits import BATCH
from domain.work.planning import Decision, Inventory, Planner, Providers
from domain.work.provider import Input
from domain.work.standing import tightened
from domain.work.take import Take


class Asked(Entity):
    """What asking did: job ids, and slot ids by what became of them."""

    jobs: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


class Asking:
    """One use case's hand: everything it does is in the unit of work it was given."""

    def __init__(
        self,
        work: UnitOfWork,
        *,
        forge: Forge,
        store: MediaStore,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._work = work
        self._store = store
        self._forge = forge
        self._clock = clock
        self._new_id = new_id

    def inventory(self, board: Board) -> Inventory:
        """All that a plan of this board looks at, in four reads.

        Active jobs first: one that ends meanwhile has left its take when takes are read.
        """
        project_id = board.project.id
        active: dict[str, list[Job]] = {}
        for slot_id, job in self._work.jobs.active_of_project(project_id):
            active.setdefault(slot_id, []).append(job)
        ended = dict(self._work.jobs.ended_of_project(project_id))
        return self._inventory(board, active, ended, self._work.takes.of_project(project_id))

    def inventory_of(self, part: Board) -> Inventory:
        """The same of a part of a board, read by its slots alone."""
        ids = [slot.id for slot in part.slots]
        active: dict[str, list[Job]] = {}
        for slot_id, job in self._work.jobs.active_of_slots(ids):
            active.setdefault(slot_id, []).append(job)
        ended = dict(self._work.jobs.ended_of_slots(ids))
        return self._inventory(part, active, ended, self._work.takes.of_slots(ids))

    def _inventory(
        self,
        board: Board,
        active: dict[str, list[Job]],
        ended: dict[str, Job],
        takes: Sequence[Take],
    ) -> Inventory:
        by_slot: dict[str, list[Take]] = {}
        for take in takes:
            by_slot.setdefault(take.slot_id, []).append(take)
        owners = {slot.owner_id for slot in board.slots if source_of(slot) is not None}
        near = [slot.id for slot in board.slots if slot.owner_id in owners]
        wanted = [take.tag_id for slot_id in near for take in by_slot.get(slot_id, ())]
        tags = {tag.id: tag for tag in self._work.media.many(wanted)} if wanted else {}
        return Inventory(board=board, takes=by_slot, active=active, ended=ended, tags=tags)

    def providers(self) -> Providers:
        found = tuple(self._forge.providers())
        known = self._work.standings.all()
        credentials = {one.name: self._forge.credentials(one.name) for one in found}
        readiness = {
            name: tightened(self._forge.readiness(name), known.get(name), one)
            for name, one in credentials.items()
        }
        keyed = frozenset(name for name, one in credentials.items() if one.variable is not None)
        return Providers(all=found, readiness=readiness, keyed=keyed)

    def planner(
        self, inventory: Inventory, given: Mapping[str, MediaTag] = MappingProxyType({})
    ) -> Planner:
        """``given``: what the same plan gives to other slots; it may grow."""
        finding = Finding(self._work, self._store, inventory, given)
        return Planner(
            inventory,
            self.providers(),
            made=finding.made,
            file=finding.named,
            purse=self._purse(inventory),
        )

    def _purse(self, inventory: Inventory) -> Purse:
        """What is left of the cap: what is only asked for counts as gone."""
        project = inventory.board.project
        budget = project.header.budget
        if budget is None:
            return Purse(None, 0)
        ledger = book(self._work.jobs.entries(project.id))
        active = {job.id: job for jobs in inventory.active.values() for job in jobs}
        coming = sum(self._price(job) or 0 for job in active.values())
        return Purse(budget, ledger.spent + ledger.uncertain + max(ledger.reserved, coming))

    def _price(self, job: Job) -> int | None:
        provider = self._forge.provider(job.provider or "")
        return None if provider is None else provider.capabilities.price(job.media_type, job.spec)

    def decide_again(self, planner: Planner, slot: Slot, failed: Job) -> Decision:
        """What asking once more for what failed would do."""
        asked = self._work.jobs.slots_of(failed.id).get(slot.id)
        return planner.again(slot, failed, asked=asked)

    def apply(
        self,
        board: Board,
        decisions: Sequence[Decision],
        *,
        retry_of: Job | None = None,
        priority: int = BATCH,
    ) -> Asked:
        """Do what was decided; a decision that is already so changes nothing."""
        slots = {slot.id: slot for slot in board.slots}
        owners = {one.id: one.code for one in board.shots} | {
            one.id: one.key for one in board.concepts
        }
        done: dict[str, list[str]] = {name: [] for name in Asked.model_fields}
        for decision in decisions:
            slot = slots[decision.slot_id]
            if decision.is_absent:
                self._wait_no_more(slot)
                continue  # the script takes only what exists: it stays empty, and nothing is asked
            match decision.verb:
                case "use":
                    self._wait_no_more(slot)
                    done["reused"].append(slot.id)
                case "reuse" | "attach":
                    self._take(slot, decision)
                    done["reused" if decision.verb == "reuse" else "attached"].append(slot.id)
                case "create" | "regenerate":
                    label = owners[slot.owner_id]
                    done["jobs"].append(self._job(slot, decision, label, retry_of, priority))
                case "wait":
                    self._wait(slot, decision)
                    done["waiting"].append(slot.id)
                case "blocked":
                    self._block(slot, decision, owners[slot.owner_id])
                    done["blocked"].append(slot.id)
                case "keep":
                    self._wait_no_more(slot)
        return Asked(**{name: tuple(dict.fromkeys(ids)) for name, ids in done.items()})

    def further(
        self,
        slot: Slot,
        *,
        label: str,
        provider: str,
        spec: dict[str, object],
        seed: int | None,
        reuse_key: str,
        inputs: tuple[Input, ...] = (),
        basis: str | None = None,
        priority: int,
        allowed: bool = False,
        retry_of: Job | None = None,
    ) -> Job:
        """One more making for a slot, whatever it has already; ``basis`` where not today's."""
        asked = slot.basis if basis is None else basis
        self.retire_blocked(slot)
        self._work.slots.set(slot.id, provider=provider, waits_for=None)
        shared = self._work.jobs.active_for(reuse_key, slot.project_id)
        if shared is not None:
            self._work.jobs.attach(shared, slot.id, asked)
            return shared
        job = self._new_job(
            slot,
            label=label,
            provider=provider,
            spec=spec if seed is None else spec | {"seed": seed},
            inputs=inputs,
            reuse_key=reuse_key,
            priority=priority,
            allowed=allowed,
            retry_of=retry_of,
        )
        self._work.jobs.add(job, {slot.id: asked})
        return job

    def retire_blocked(self, slot: Slot) -> None:
        """A blocked job ends cancelled once its slot is served another way."""
        retire_blocked(self._work, [slot.id])

    def _take(self, slot: Slot, decision: Decision) -> None:
        tag = decision.tag
        assert tag is not None
        self.retire_blocked(slot)
        self._work.takes.add(
            Take(
                id=self._new_id(),
                slot_id=slot.id,
                project_id=slot.project_id,
                number=0,
                tag_id=tag.id,
                kind=tag.kind,
                origin="reused" if decision.verb == "reuse" else "attached",
                basis=decision.basis or slot.basis,
                inputs=contents(decision.inputs),
                reuse_key=decision.reuse_key,
                realised=tag.realised or {},
                slot_version=0,
                created_at=self._clock.now(),
            )
        )
        self._work.slots.set(slot.id, waits_for=None)
        self._work.slots.touch(slot.id, decision.verb)

    def _submitted(self, job: Job) -> int:
        return job.prior + len(self._work.jobs.submissions(job.id))

    def _job(
        self, slot: Slot, decision: Decision, label: str, retry_of: Job | None, priority: int
    ) -> str:
        if retry_of is None and slot.ended_as == JobState.FAILED and slot.ended_job_id:
            retry_of = self._work.jobs.get(slot.ended_job_id)
        spec: dict[str, object] = dict(decision.spec or slot.adapted or {})
        return self.further(
            slot,
            label=label,
            provider=decision.provider or "",
            spec=spec,
            seed=decision.seed,
            reuse_key=decision.reuse_key,
            inputs=decision.inputs,
            basis=decision.basis,
            priority=priority,
            allowed=decision.allowed,
            retry_of=retry_of,
        ).id

    def _wait(self, slot: Slot, decision: Decision) -> None:
        if slot.waits_for == decision.reason and slot.waits_detail == decision.detail:
            return
        self.retire_blocked(slot)
        self._work.slots.set(slot.id, waits_for=decision.reason, waits_detail=decision.detail)
        self._work.slots.touch(slot.id, "waits")

    def _wait_no_more(self, slot: Slot) -> None:
        if slot.waits_for is not None:
            self._work.slots.set(slot.id, waits_for=None)
            self._work.slots.touch(slot.id, "waits_no_more")

    def _block(self, slot: Slot, decision: Decision, label: str) -> None:
        self._wait_no_more(slot)
        before = [job for _, job in self._work.jobs.blocked_of_slots([slot.id])]
        if any(
            (one.reason, one.error or "") == (decision.reason, decision.detail) for one in before
        ):
            return
        self.retire_blocked(slot)
        job = self._new_job(
            slot,
            label=label,
            provider=decision.provider,
            spec=dict(slot.adapted or {}),
            reuse_key="",
            state=JobState.BLOCKED,
            reason=decision.reason,
            error=decision.detail,
        )
        self._work.jobs.add(job, {slot.id: slot.basis})

    def _new_job(
        self,
        slot: Slot,
        *,
        label: str,
        provider: str | None,
        spec: dict[str, object],
        reuse_key: str,
        inputs: tuple[Input, ...] = (),
        priority: int = BATCH,
        allowed: bool = False,
        state: JobState = JobState.QUEUED,
        reason: Reason | None = None,
        error: str | None = None,
        retry_of: Job | None = None,
    ) -> Job:
        now = self._work.now()
        return Job(
            id=self._new_id(),
            project_id=slot.project_id,
            media_type=slot.media_type,
            provider=provider,
            spec=spec,
            inputs=inputs,
            reuse_key=reuse_key,
            label=label,
            state=state,
            priority=priority,
            allowed=allowed,
            run_at=now,
            reason=reason,
            error=error,
            retry_of=retry_of.id if retry_of else None,
            prior=self._submitted(retry_of) if retry_of else 0,
            created_at=now,
            ended_at=None if state.is_active else now,
        )


def retire_blocked(work: UnitOfWork, slot_ids: Sequence[str]) -> None:
    """Blocked jobs end for these slots, which are served another way."""
    for slot_id, job in work.jobs.blocked_of_slots(slot_ids):
        if len(work.jobs.slots_of(job.id)) > 1:
            work.jobs.detach(job, slot_id)
        else:
            work.jobs.move(job, JobState.CANCELLED, action="cancelled")
