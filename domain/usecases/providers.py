"""The providers of this house: whether each can be asked now, their keys, what they took."""

from datetime import datetime
from typing import Literal

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import Forbidden, NotFound
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.ports import UnitOfWork
from domain.story.board import Board, Slot
from domain.usecases.base import Tools
from domain.usecases.unblocking import Unblocking
from domain.work.blocking import Reason
from domain.work.budget import Ledger, book
from domain.work.planning import Providers, spec_type
from domain.work.provider import Credentials, Provider, Readiness, Remote
from domain.work.standing import Standing, tightened


class ProbeView(Entity):
    """What its server said of itself last; ``reason`` None: ready."""

    at: datetime
    reason: Reason | None
    detail: str


class ProviderView(Entity):
    """A provider as a reader sees it; ``detail`` names the setting to fill in, never its value."""

    name: str
    kind: ProviderKind
    makes: tuple[MediaType, ...]
    state: Literal["ready", "blocked"]
    reason: Reason | None
    detail: str
    concurrency: int
    paused: bool
    """It is asked for nothing more until somebody resumes it."""
    models: dict[MediaType, str]
    address: str
    """Where its server is; empty for what is in our own process."""
    credentials: Credentials
    probe: ProbeView | None
    currency: str
    bill: Ledger
    """Of all productions together."""

    @property
    def spent_micros(self) -> int | None:
        """None: unknown."""
        return None if self.bill.unknown else self.bill.spent


class ProviderListing:
    """Reads ask no network; a probe asks the provider's server, and costs nothing."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._unblocking = Unblocking(tools)

    def listing(self, user: User) -> tuple[ProviderView, ...]:
        """In configured order."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            known, bills = work.standings.all(), work.jobs.bills()
            paused = work.jobs.paused_providers()
        return tuple(
            self._view(
                one,
                known.get(one.name),
                book(bills.get(one.name, ())),
                paused=one.name in paused,
            )
            for one in self._tools.forge.providers()
        )

    def may_charge(self) -> bool:
        """Whether a provider that takes money could be asked now; no network."""
        forge = self._tools.forge
        paid = [one.name for one in forge.providers() if one.capabilities.billable]
        return any(forge.readiness(name).is_ready for name in paid)

    def lacking(self, user: User, board: Board) -> tuple[MediaType, ...]:
        """Media types for which a production names no provider and none is ready; no network."""
        user.require(Right.READ)
        found = tuple(self._tools.forge.providers())
        readiness = {one.name: self._tools.forge.readiness(one.name) for one in found}
        providers = Providers(all=found, readiness=readiness)
        open_types: dict[tuple[MediaType, str], Slot] = {}
        for slot in board.slots:
            spec = slot.source.spec
            if not slot.removed and spec and not spec.get("provider") and not slot.provider:
                open_types.setdefault((slot.media_type, spec_type(slot)), slot)
        lacking = [
            slot.media_type
            for slot in open_types.values()
            if providers.resolve(slot, board) is None
        ]
        return tuple(sorted(set(lacking)))

    def probe(self, user: User, name: str) -> ProviderView:
        """Ask its server now; what was blocked because of it is asked for again where it passes.

        Raises NotFound for a name that is not configured.
        """
        user.require(Right.CONFIGURE)
        self._find(name)
        found = self._tools.forge.probe(name)
        with self._tools.works(actor=user.name) as work:
            self._note(work, name, found)
            work.commit()
        if found.is_ready:
            self._unblocking.ask_again()
        return self._one(user, name)

    def give_key(self, user: User, name: str, key: str | None) -> ProviderView:
        """Keep a key, None to forget it; only the owner, at this very machine.

        It is never shown again. What waited for it is asked for again.
        """
        user.require(Right.CONFIGURE)
        self._find(name)
        if not user.local:
            raise Forbidden("Keys are pasted on the machine itself, over loopback.")
        self._tools.forge.give_key(name, key)
        if key is not None:
            self._unblocking.ask_again()
        return self._one(user, name)

    def _one(self, user: User, name: str) -> ProviderView:
        return next(one for one in self.listing(user) if one.name == name)

    def _find(self, name: str) -> None:
        if self._tools.forge.provider(name) is None:
            raise NotFound(f"There is no provider {name!r}.")

    def _note(self, work: UnitOfWork, name: str, found: Readiness) -> None:
        work.standings.note(
            Standing(
                name=name,
                account=self._tools.forge.credentials(name).account,
                reason=found.reason,
                detail=found.detail,
                at=work.now(),
            )
        )

    def _view(
        self, one: Provider, known: Standing | None, bill: Ledger, *, paused: bool
    ) -> ProviderView:
        forge = self._tools.forge
        credentials = forge.credentials(one.name)
        readiness = tightened(forge.readiness(one.name), known, credentials)
        can = one.capabilities
        return ProviderView(
            name=one.name,
            kind=can.kind,
            makes=tuple(sorted(can.makes)),
            state="ready" if readiness.is_ready else "blocked",
            reason=readiness.reason,
            detail=readiness.detail,
            concurrency=can.concurrency,
            paused=paused,
            models=can.models,
            address=one.address if isinstance(one, Remote) else "",
            credentials=credentials,
            probe=known and ProbeView(at=known.at, reason=known.reason, detail=known.detail),
            currency=can.prices.currency,
            bill=bill,
        )
