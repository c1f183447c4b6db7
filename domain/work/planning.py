"""Planning: what each slot needs, decided without making anything and without waiting.

For one slot the offers come in a fixed order, each looked at only when the one before had
nothing: a take that fits today, media made before (by reuse key), a file of the script's folder,
then the forge. What can't be made now is blocked with a reason; what waits at a gate waits.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from domain.entity import Entity
from domain.media import hashing
from domain.media.kind import ProviderKind
from domain.media.specs import from_dict
from domain.media.tag import MediaTag
from domain.story.board import Board, Policy, Shot, Slot
from domain.work.blocking import ENDED_BY_CONFIGURATION, Reason
from domain.work.budget import Purse
from domain.work.inputs import Beside, basis_with, beside, contents, source_of, tainted
from domain.work.job import Job, JobState
from domain.work.provider import Input, Provider, Readiness
from domain.work.standing import STOPS_ALL
from domain.work.take import Review, Take, currency, shown

Verb = Literal["keep", "use", "reuse", "attach", "create", "regenerate", "wait", "blocked"]
PHASES = ("index", "offer", "apply", "summarise")


class Decision(Entity):
    """What planning decided for one slot; ``tag`` for reuse and attach."""

    slot_id: str
    verb: Verb
    reason: Reason | None = None
    detail: str = ""
    provider: str | None = None
    reuse_key: str = ""
    seed: int | None = None
    inputs: tuple[Input, ...] = ()
    basis: str = ""
    """What the take will be judged by."""
    tag: MediaTag | None = None
    spec: dict[str, Any] | None = None
    """What a failed job asked for and is asked for again; else it is the slot's adapted spec."""
    price_micros: int | None = 0
    """What making it costs; None: unknown."""
    allowed: bool = False
    """A person lets it be bought this once though its price is unknown."""
    is_absent: bool = False
    """Nothing is there and the script wants nothing made: the slot stays empty."""


class Receipt(Entity):
    """The summary of a plan; slots by what was decided. ``price_micros`` None: unknown."""

    phases: tuple[str, ...] = PHASES
    reuse: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    create: tuple[str, ...] = ()
    regenerate: tuple[str, ...] = ()
    wait: tuple[Decision, ...] = ()
    blocked: tuple[Decision, ...] = ()
    unresolved_hard: tuple[str, ...] = ()
    waived_soft: tuple[str, ...] = ()
    price_micros: int | None = 0


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a project has, read once for a whole plan."""

    board: Board
    takes: Mapping[str, Sequence[Take]]
    active: Mapping[str, Sequence[Job]]
    ended: Mapping[str, Job]
    tags: Mapping[str, MediaTag] = field(default_factory=dict)
    """Of the takes beside a clip, by their id."""

    @property
    def beside(self) -> Beside:
        return beside(self.board, self.takes, self.tags)


@dataclass(frozen=True, slots=True)
class Providers:
    """What the forge offers, in configured order, looked at once for a whole plan."""

    all: tuple[Provider, ...]
    readiness: Mapping[str, Readiness]
    keyed: frozenset[str] = frozenset()
    """Those that take a key: what stopped one of them as a whole is in its readiness."""

    def named(self, name: str) -> Provider | None:
        return next((one for one in self.all if one.name == name), None)

    def resolve(self, slot: Slot, board: Board) -> str | None:
        """The provider's name for a slot: its own, the project's, or the first that is ready.

        ``fake`` serves only where it is named.
        """
        spec = slot.source.spec or {}
        named = spec.get("provider") or board.project.header.providers.get(slot.media_type)
        if named or slot.provider:
            return named or slot.provider
        for one in self.all:
            if one.capabilities.kind is ProviderKind.FAKE or not can_make(one, slot):
                continue
            if self.readiness[one.name].is_ready:
                return one.name
        return None

    def lack(self, slot: Slot, name: str | None) -> str:
        """What to say where no provider, or none of that name, makes a slot's spec."""
        able = [one for one in self.all if can_make(one, slot)]
        works = [one.name for one in able if self.readiness[one.name].is_ready]
        wanted = f"named {name!r}" if name else f"that is ready for {slot.media_type}"
        told = f"There is no provider {wanted} from {spec_type(slot)}."
        if works:
            return f"{told} Name one in the script: {works[0]} works."
        settings = [
            f"{one.name}: {detail}" for one in able if (detail := self.readiness[one.name].detail)
        ]
        return " ".join([told, *settings]) if settings else f"{told} Name one in the script."


def can_make(provider: Provider, slot: Slot) -> bool:
    return provider.capabilities.can(slot.media_type, slot.source.spec)


def spec_type(slot: Slot) -> str:
    """The script's word for what a slot is made from."""
    return str((slot.source.spec or {}).get("type"))


FindMade = Callable[[str], MediaTag | None]
FindFile = Callable[[Slot], MediaTag | None]


class Planner:
    """Decides slot by slot over one inventory; changes nothing."""

    def __init__(
        self,
        inventory: Inventory,
        providers: Providers,
        *,
        made: FindMade,
        file: FindFile,
        purse: Purse | None = None,
    ) -> None:
        """``made`` finds media by reuse key, ``file`` by what a slot's source names."""
        self._purse = purse or Purse(None, 0)
        self._have = inventory
        self._providers = providers
        self._made = made
        self._file = file
        self._shots = {shot.id: shot for shot in inventory.board.shots}
        self._looks = looks_by_concept(inventory.board)
        self._beside = inventory.beside
        self._coming = set(inventory.active)

    def decide(self, slot: Slot, *, insisted: bool = False) -> Decision:
        """For a slot without an active job: what would satisfy it as the script is today.

        A clip waits for the lines that were decided before it. What only Retry ends stays blocked
        unless a person ``insisted``.
        """
        decision = self._decide(slot, insisted=insisted)
        if decision.verb in ("create", "regenerate"):
            self._coming.add(slot.id)
        return decision

    def _decide(self, slot: Slot, *, insisted: bool) -> Decision:
        takes = self._have.takes.get(slot.id, ())
        now_shown = shown(takes, picked=slot.picked, basis=slot.basis)
        state = currency(now_shown, basis=slot.basis)
        if state == "current":
            return Decision(slot_id=slot.id, verb="keep")
        if any(one.is_for(slot.basis) and not one.late for one in takes):
            return Decision(slot_id=slot.id, verb="use")
        if slot.source.spec is None:
            return self._attach(slot)
        return self._make(slot, again=state == "stale", insisted=insisted)

    def again(self, slot: Slot, failed: Job, *, asked: str | None) -> Decision:
        """What ``failed``, once more as it was asked with the basis ``asked``.

        As the script is today where it was changed since. It may have been one more take of a
        slot whose take is current.
        """
        provider = self._providers.named(failed.provider or "")
        if asked != slot.basis or provider is None:
            return self.decide(slot)
        about: dict[str, Any] = {"slot_id": slot.id, "provider": provider.name}
        readiness = self._providers.readiness[provider.name]
        if readiness.reason is not None:
            detail = readiness.detail
            return Decision(**about, verb="blocked", reason=readiness.reason, detail=detail)
        about |= {"reuse_key": failed.reuse_key, "seed": failed.spec.get("seed")}
        tag = self._made(failed.reuse_key) if slot.policy is not Policy.CREATE else None
        if tag is not None:
            return Decision(**about, verb="reuse", tag=tag)
        verb: Verb = "regenerate" if self._have.takes.get(slot.id) else "create"
        return self._buy(slot, provider, Decision(**about, verb=verb, spec=failed.spec))

    def _attach(self, slot: Slot) -> Decision:
        tag = self._file(slot)
        if tag is not None:
            return Decision(slot_id=slot.id, verb="attach", tag=tag)
        return self._missing(slot, _not_there(slot))

    def _missing(self, slot: Slot, detail: str) -> Decision:
        return Decision(
            slot_id=slot.id,
            verb="blocked",
            reason=Reason.SOURCE_MISSING,
            detail=detail,
            is_absent=slot.policy is Policy.EXISTING,
        )

    def _make(self, slot: Slot, *, again: bool, insisted: bool) -> Decision:
        name = self._providers.resolve(slot, self._have.board)
        provider = self._providers.named(name) if name else None
        if name is None or provider is None:
            detail = self._providers.lack(slot, name)
            return Decision(
                slot_id=slot.id,
                verb="blocked",
                reason=Reason.NO_PROVIDER,
                detail=detail,
                provider=name,
            )
        asked = self.asked(slot, provider)
        tag = self._made(asked.reuse_key) if slot.policy is not Policy.CREATE else None
        if tag is not None:
            return asked.evolve(verb="reuse", tag=tag)
        if slot.policy is Policy.EXISTING:
            detail = "The script takes only what exists (policy: existing), and nothing does."
            return self._missing(slot, detail)
        return self._ask(slot, provider, asked, again=again, insisted=insisted)

    def asked(self, slot: Slot, provider: Provider) -> Decision:
        """To create it, from the inputs that are there."""
        inputs = self._beside.inputs(slot, provider)
        basis = basis_with(slot, contents(inputs))
        seed, key = keyed(slot.adapted or {}, provider, basis=basis, inputs=inputs)
        return Decision(
            slot_id=slot.id,
            verb="create",
            provider=provider.name,
            reuse_key=key,
            seed=seed,
            inputs=inputs,
            basis=basis,
        )

    def _ask(
        self, slot: Slot, provider: Provider, asked: Decision, *, again: bool, insisted: bool
    ) -> Decision:
        """Nothing there fits: make it, if it can be made now."""
        gate = self.gate(slot, provider) or self._line_gate(slot, provider)
        if gate is not None:
            return Decision(slot_id=slot.id, verb="wait", reason=gate[0], detail=gate[1])
        name, detail = provider.name, ""
        readiness = self._providers.readiness[name]
        reason = readiness.reason
        if reason is not None:
            detail = readiness.detail
        elif not can_make(provider, slot):
            what = f"{slot.media_type} from {spec_type(slot)}"
            reason, detail = Reason.NO_PROVIDER, f"{name} does not make {what}."
        elif not insisted and (held := self._held(slot, name)) is not None:
            reason, detail = Reason(held.reason or ""), held.error or ""
        if reason is not None:
            return Decision(
                slot_id=slot.id, verb="blocked", reason=reason, detail=detail, provider=name
            )
        verb = "regenerate" if again else "create"
        return self._buy(slot, provider, asked.evolve(verb=verb), insisted=insisted)

    def _buy(
        self, slot: Slot, provider: Provider, decision: Decision, *, insisted: bool = False
    ) -> Decision:
        """Where the project's cap has room for it; what was decided before counts as gone."""
        can = provider.capabilities
        price = can.price(slot.media_type, decision.spec or slot.adapted or {})
        before = self._have.ended.get(slot.id)
        allowed = insisted and before is not None and before.reason == Reason.UNKNOWN_PRICE
        refusal = self._purse.refusal(price, can.prices.currency, allowed=allowed)
        if refusal is not None:
            reason, detail = refusal
            return Decision(
                slot_id=slot.id,
                verb="blocked",
                reason=reason,
                detail=detail,
                provider=provider.name,
            )
        self._purse.take(price)
        return decision.evolve(price_micros=price, allowed=allowed)

    def _held(self, slot: Slot, provider: str) -> Job | None:
        """A blocked job that ends by Retry only: a look at settings tells nothing of its reason."""
        job = self._have.ended.get(slot.id)
        if job is None or job.state is not JobState.BLOCKED or job.provider != provider:
            return None
        is_told = job.reason in STOPS_ALL and provider in self._providers.keyed
        return None if is_told or job.reason in ENDED_BY_CONFIGURATION else job

    def gate(self, slot: Slot, provider: Provider) -> tuple[Reason, str] | None:
        """What a slot waits for: a clip for its frame, a shot's picture for its cast's looks."""
        if source_of(slot) is not None:
            return self._frame_gate(slot, provider)
        shot = self._shots.get(slot.owner_id)
        gates = self._have.board.project.header.gates
        if shot is None or gates.look == "none" or not slot.media_type.is_picture:
            return None
        live = provider.capabilities.kind is ProviderKind.LIVE
        waiting = [key for key in shot.cast if not self._look_approved(key, live=live)]
        if not waiting:
            return None
        return Reason.LOOK_NOT_APPROVED, f"Waits for the look of {' and '.join(waiting)}"

    def _frame_gate(self, clip: Slot, provider: Provider) -> tuple[Reason, str] | None:
        if self._beside.frame(clip, provider) is not None:
            return None
        frame, chosen = source_of(clip), self._beside.gate == "selected"
        detail = f"Select a {frame} for video" if chosen else f"Waits for the {frame}"
        if self._beside.frame(clip, None) is not None:
            detail = f"The {frame} is a demo picture, which {provider.name} never gets"
        return Reason.FRAME_NOT_SELECTED, detail

    def _line_gate(self, clip: Slot, provider: Provider) -> tuple[Reason, str] | None:
        """A line that is being made would make the clip stale as soon as it arrives."""
        lines = self._beside.lines(clip, provider) if source_of(clip) is not None else ()
        coming = [one.media_id for one in lines if one.id in self._coming]
        if not coming:
            return None
        return Reason.LINE_COMING, f"Waits for {' and '.join(coming)}"

    def _look_approved(self, concept_key: str, *, live: bool) -> bool:
        for slot in self._looks.get(concept_key, ()):
            take = shown(self._have.takes.get(slot.id, ()), picked=slot.picked, basis=slot.basis)
            if take is None or take.review is not Review.APPROVED:
                return False
            if live and take.kind is ProviderKind.FAKE:
                return False
        return True


def _not_there(slot: Slot) -> str:
    if slot.source.data is not None:
        return f"The data of {slot.media_id} is no media that can stand there."
    what = slot.source.path or slot.media_id
    return f"There is no {what} yet. Put the file beside the script, or upload it."


def why_not_viable(slots: Iterable[Slot], shown_ids: Collection[str]) -> str | None:
    """What hard media a shot lacks, in words; None where each such slot has a take to show."""
    lacking = [one.title or one.media_id for one in slots if one.hard and one.id not in shown_ids]
    return f"Needs {' and '.join(lacking)}." if lacking else None


def looks_by_concept(board: Board) -> dict[str, list[Slot]]:
    """The ``concept_image`` slots of every concept, by the concept's key."""
    keys = {concept.id: concept.key for concept in board.concepts if not concept.removed}
    looks: dict[str, list[Slot]] = {}
    for slot in board.slots:
        if slot.owner_id in keys and slot.role == "concept_image" and not slot.removed:
            looks.setdefault(keys[slot.owner_id], []).append(slot)
    return looks


def keyed(
    spec: Mapping[str, object],
    provider: Provider,
    *,
    basis: str,
    inputs: Sequence[Input] = (),
    further: int | None = None,
) -> tuple[int | None, str]:
    """(seed, reuse key) of a spec asked of a provider; ``further``: the number of a further take.

    An unset seed comes from what is asked, so that the same ask gives the same picture.
    """
    seed, spec_class = spec.get("seed"), type(from_dict(dict(spec)))
    if seed is None and "seed" in spec_class.model_fields:
        numbered = basis if further is None else hashing.digest(["take", basis, further])
        seed = int(numbered[:8], 16)
    kind = tainted(provider.capabilities.kind, inputs)
    model = spec.get("model_id") or provider.capabilities.models.get(spec_class.makes)
    demo = spec.get("demo") if provider.capabilities.kind is ProviderKind.FAKE else None
    key = hashing.reuse_key(
        spec,
        seed=seed if isinstance(seed, int) else None,
        provider=provider.name,
        kind=kind.value,
        model=str(model) if model else None,
        demo=str(demo) if demo else None,
    )
    key = hashing.with_inputs(key, contents(inputs))
    return (seed if isinstance(seed, int) else None), key


def in_script_order(board: Board) -> list[Slot]:
    """Live slots as a reader meets them: casting first, then each shot's media as authored."""
    owners: dict[str, tuple[int, int]] = {}
    for rank, concept in enumerate(board.concepts):
        if not concept.removed:
            owners[concept.id] = (0, rank)
    for rank, shot in enumerate(shots_in_order(board)):
        owners[shot.id] = (1, rank)
    slots = [slot for slot in board.slots if not slot.removed and slot.owner_id in owners]
    return sorted(slots, key=lambda slot: (*owners[slot.owner_id], slot.position))


def clips_last(slots: Iterable[Slot]) -> list[Slot]:
    """The same in the order in which a plan decides them."""
    return sorted(slots, key=lambda slot: source_of(slot) is not None)


def shots_in_order(board: Board) -> list[Shot]:
    """Live shots in script order; positions count through the whole script."""
    return sorted((one for one in board.shots if not one.removed), key=lambda one: one.position)
