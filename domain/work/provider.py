"""The provider boundary: what the forge asks of a provider, and what a provider may answer.

Fake, local and live providers are twins of this port; ``kind`` is fixed at birth.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol, runtime_checkable

from domain.entity import Entity
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.price import Prices


class ProviderError(Exception):
    """A provider could not; ``reason`` decides what happens next (`domain.work.retry`)."""

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        retry_after: float | None = None,
        outcome_known: bool = True,
    ) -> None:
        """``retry_after`` in seconds; ``outcome_known`` False: it may have been charged."""
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.retry_after = retry_after
        self.outcome_known = outcome_known


class Stopped(Exception):
    """Nobody waits for this making any more; whoever makes it leaves off."""


class Readiness(Entity):
    """Whether a provider can be asked now; looked at without network."""

    reason: Reason | None = None
    detail: str = ""
    """Safe text; names the setting to fill in, never its value."""

    @property
    def is_ready(self) -> bool:
        return self.reason is None


class Credentials(Entity):
    """What a provider's key goes by; never the key itself."""

    variable: str | None = None
    """The environment's name for it; None where there is nothing to give."""
    origin: Literal["pasted", "environment", "file"] | None = None
    """Where the one that serves came from; None where there is none."""
    account: str = ""
    """A digest that differs where the key does."""


class Capabilities(Entity):
    """What a provider can do; fixed while the process runs."""

    kind: ProviderKind
    makes: frozenset[MediaType]
    spec_types: frozenset[str] | None = None
    """The spec types it reads; None: any of what it makes."""
    progress: Literal["none", "percent"] = "none"
    billable: bool = False
    idempotent_submit: bool = False
    """The same key sent twice is charged once."""
    resumable: bool = True
    """A handle can still be polled after our process was restarted."""
    concurrency: int = 4
    mixes_voice: bool = False
    """For clips: it lays the spoken lines of the shot under them, so they are inputs too."""
    reference_images: int = 0
    """How many pictures it takes to go by, for one picture."""
    models: dict[MediaType, str] = {}
    """What it is asked for where a spec names no model."""
    prices: Prices = Prices()

    def price(self, media_type: MediaType, spec: Mapping[str, Any]) -> int | None:
        """Micro-units for one making; None where nobody knows."""
        return self.prices.of(media_type, spec) if self.billable else 0

    def can(self, media_type: MediaType, spec: Mapping[str, Any] | None) -> bool:
        """Whether it makes this from such a spec."""
        reads = self.spec_types is None or (spec or {}).get("type") in self.spec_types
        return media_type in self.makes and reads


class Input(Entity):
    """Another slot's media that something is made from."""

    name: str
    """The media_id of its slot."""
    file: str
    """``<sha256>.<ext>`` in the store."""
    media_type: MediaType
    kind: ProviderKind

    @property
    def sha256(self) -> str:
        return self.file.partition(".")[0]


def _nobody_listens(_progress: float | None) -> None:
    """For an ask that is followed by nobody."""


class Ask(Entity):
    """One thing to make: the adapted spec with overrides and seed, and whose it is."""

    key: str
    """The submission's idempotency key."""
    spec: dict[str, Any]
    media_type: MediaType
    attempt: int
    """How many submissions this job and the jobs it retries made before this one."""
    label: str = ""
    """The shot's code, for a mark in the picture."""
    inputs: tuple[Input, ...] = ()
    fetch: Callable[[Input], bytes] | None = None
    """An input's media decoded and written anew, so that it can be decoded without limits: a
    picture as WebP, a sound as WAV. None only where there are no inputs.
    """
    tell: Callable[[float | None], None] = _nobody_listens
    """To be called several times a second in a long ``result``, with 0..1 or None where nobody
    knows how far it is. Raises Stopped where it may leave off.
    """


class Handle(Entity):
    """What finds a submission again after a restart; kept with its row, without secrets."""

    provider_job_id: str
    facts: dict[str, Any] = {}
    cost_micros: int | None = None
    """What it is charged, where the provider says so at once."""


class Update(Entity):
    """How a submission is doing. ``progress`` 0..1 only where the provider tells one."""

    phase: Literal["queued", "running", "ready", "failed", "lost"]
    progress: float | None = None
    next_poll_s: float = 2.0
    reason: Reason | None = None
    message: str = ""


class Made(Entity):
    """A result: the bytes as they came, and what really ran."""

    data: bytes
    realised: dict[str, Any]
    cost_micros: int | None = None


class Provider(Protocol):
    """One maker of media. Synchronous: it is called from worker threads only.

    Every call may raise ProviderError and nothing else a caller need expect.
    """

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def check(self) -> Readiness:
        """Look at configuration only; no network."""

    def submit(self, ask: Ask) -> Handle:
        """Ask for it; billable work begins here."""

    def poll(self, handle: Handle) -> Update:
        """Look once how it is doing."""

    def result(self, ask: Ask, handle: Handle) -> Made:
        """Fetch what is ready; may be called again."""

    def cancel(self, handle: Handle) -> None:
        """Ask it to stop, best effort."""


@runtime_checkable
class Searchable(Provider, Protocol):
    """A provider that can be asked what became of an order whose answer never came."""

    def find(self, key: str) -> Handle | None:
        """The order that bears this submission's key; None where it has none (yet)."""


@runtime_checkable
class Remote(Provider, Protocol):
    """A provider that is somebody's server: it may be there or not."""

    @property
    def key_env(self) -> str | None:
        """The variable that names its key; None where it takes none."""

    @property
    def address(self) -> str:
        """Where its server is; empty where nobody has said."""

    def probe(self) -> Readiness:
        """Ask the server whether it would take work; free, and never raises."""

    def close(self) -> None:
        """End its connections, those that somebody waits at too."""
