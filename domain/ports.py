"""Ports: what the domain needs of the world, each with at least two adapters.

Units of work, dispatcher, bus and store have an embedded and a shared one; the clock and the
forge have a real one and one for tests.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from domain.events import Event
from domain.media.registry import Registered
from domain.media.tag import Inspected, MediaTag, Scope
from domain.story.board import Board, Project, Slot
from domain.story.changes import Changes
from domain.story.revision import Revision
from domain.work.budget import Entry
from domain.work.figures import Figures
from domain.work.job import Job, JobState, Submission
from domain.work.provider import Credentials, Provider, Readiness
from domain.work.standing import Standing
from domain.work.take import Take
from domain.work.trash import TrashEntry


class Clock(Protocol):
    """Time, timezone-aware UTC."""

    def now(self) -> datetime: ...


class Dispatcher(Protocol):
    """Sends hints to workers. A hint may be lost, doubled or late; the job row is the truth."""

    def dispatch(self, job_id: str, *, delay: float = 0.0) -> None:
        """Hint that a job is due in ``delay`` seconds. Never raises: the sweeper hints again."""


class EventBus(Protocol):
    """Tells every process what changed, after it was committed."""

    def publish(self, events: Sequence[Event]) -> None:
        """Deliver to all subscribers of all processes; never raises, a lost one is a refresh."""

    def subscribe(self, listener: Callable[[Sequence[Event]], None]) -> Callable[[], None]:
        """Call ``listener`` on a thread of the bus, in order; returns what ends it."""

    def close(self) -> None: ...


class MediaStore(Protocol):
    """Content-addressed bytes: written once under their SHA-256, never changed."""

    def put(self, data: bytes, extension: str) -> str:
        """Store atomically and return the SHA-256 in hex; the same bytes are stored once.

        Raises Unavailable where the store can't be written (the disk is full).
        """

    def has(self, file: str) -> bool: ...

    def size(self, file: str) -> int:
        """Bytes; raises NotFound."""

    def read(self, file: str, start: int = 0, stop: int | None = None) -> bytes:
        """The bytes of ``<sha256>.<ext>`` from ``start`` to before ``stop``; raises NotFound."""

    def stream(self, file: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The same in chunks; raises NotFound before the first one."""

    def put_derived(self, file: str, width: int, data: bytes) -> None:
        """Keep a smaller WebP made from ``file``; it can be made again at any time."""

    def derived(self, file: str, width: int) -> bytes | None: ...

    def path(self, file: str) -> Path | None:
        """Absolute path for a client on this machine; None where bytes are not on its disk."""

    def delete(self, file: str) -> None:
        """Remove the bytes and all derived from them; no error where they are gone."""

    def check(self) -> None:
        """Raise Unavailable where the store can't be reached."""


class MediaInspector(Protocol):
    """Looks into untrusted bytes in a child process with limits."""

    def inspect(self, data: bytes) -> Inspected:
        """Sniff, decode fully, measure, and make the poster.

        Raises Unsupported for a type not taken, TooLarge beyond the limits, Invalid for bytes
        that do not decode.
        """

    def thumbnail(self, data: bytes, width: int) -> bytes:
        """A WebP ``width`` pixels wide, never enlarged unless drawn; raises as ``inspect``."""

    def sound(self, data: bytes) -> bytes:
        """At most the first two minutes as WAV: 48 000 Hz, one channel; raises as ``inspect``."""


class Forge(Protocol):
    """The registry of providers, in configured order."""

    def providers(self) -> Sequence[Provider]: ...

    def provider(self, name: str) -> Provider | None: ...

    def readiness(self, name: str) -> Readiness:
        """`no_provider` for a name that is not configured; looked at without network."""

    def probe(self, name: str) -> Readiness:
        """Ask the provider's server, where it has one; free, and never raises."""

    def credentials(self, name: str) -> Credentials:
        """What its key goes by and where it came from; never the key."""

    def give_key(self, name: str, key: str | None) -> None:
        """Keep a key that the owner pasted, None to forget it; it serves from now on.

        Raises NotFound for a provider that takes none, Invalid for what can be no key.
        """


class Boards(Protocol):
    """Projects, their scripts and their boards."""

    def add(self, project: Project, board: Board, text: str) -> None: ...

    def projects(self) -> Sequence[Project]: ...

    def find(self, key: str) -> Project | None:
        """By the script's project id."""

    def get(self, project_id: str) -> Project | None: ...

    def load(self, project_id: str) -> Board:
        """All of it, removed parts included; raises NotFound."""

    def near(self, slots: Sequence[Slot]) -> Board:
        """The part of their board that matters to slots of one project, read by itself.

        Their owners and who is cast in those, with the slots of all of them; no scenes.
        """

    def around(self, project_id: str, cursor: str | None) -> Board:
        """The part of a board that matters to who reads one live shot, by its code or id.

        It, its neighbours and where its choices lead; its scene; who is in it or speaks; and the
        slots of them all. Without a cursor the first shot. Where there is no such shot: no shot,
        and all concepts. Raises NotFound for a production that is not there.
        """

    def save(
        self,
        before: Board,
        after: Board,
        text: str,
        changes: Changes | None = None,
        *,
        restored: int | None = None,
    ) -> None:
        """Write what differs, the project's new revision included, and keep the text with what
        it changed; ``restored`` is the revision it was taken from.

        Of slots only what a script decides is written. Raises Conflict where the stored
        revision is not that of ``before``.
        """

    def pause(self, project_id: str, *, paused: bool) -> None:
        """Begin nothing more of this production, or again; what is in flight goes on."""

    def text(self, project_id: str, revision: int | None = None) -> str:
        """The script as it was written; the newest without a revision; raises NotFound."""

    def revisions(self, project_id: str, *, below: int, limit: int) -> Sequence[Revision]:
        """Newest first, those before ``below``."""


class Slots(Protocol):
    """Slots one by one: what people and jobs change of them."""

    def get(self, slot_id: str) -> Slot | None: ...

    def many(self, slot_ids: Sequence[str]) -> Sequence[Slot]: ...

    def of_owners(self, owner_ids: Sequence[str]) -> Sequence[Slot]:
        """Slots of these shots and concepts."""

    def clips_beside(self, slot_ids: Sequence[str]) -> Sequence[Slot]:
        """Live clips of the shots and concepts that these slots belong to, theirs included."""

    def waiting(self, project_id: str) -> Sequence[Slot]:
        """Those that a batch left at a gate."""

    def set(self, slot_id: str, **fields: object) -> None:
        """Change a slot's ``picked``, ``selected``, ``waits_for``, ``waits_detail``, ``provider``,
        ``inputs`` or ``basis``.
        """

    def touch(self, slot_id: str, action: str, *, job: Job | None = None) -> None:
        """Note a visible change: at commit the version grows, the state is computed again, and
        one event row is written and published.
        """


class Takes(Protocol):
    """Takes: what slots were given."""

    def add(self, take: Take) -> Take:
        """Number it, bind it to the slot's next version, keep it; returns it so completed."""

    def get(self, take_id: str) -> Take | None: ...

    def of_slots(self, slot_ids: Sequence[str]) -> Sequence[Take]: ...

    def of_project(self, project_id: str) -> Sequence[Take]: ...

    def review(self, take: Take) -> None:
        """Write review, note and the basis it was given to."""


class Media(Protocol):
    """The registry: tags of stored media and the names they go by.

    Look-ups see a project's own tags, then the shared library's, then the built-in ones, each in
    an order that does not depend on when they came; a pinned ``scope`` is looked at alone.
    """

    def add(self, tag: MediaTag, aliases: Sequence[str] = ()) -> MediaTag:
        """Keep it, let the aliases name it, and write the audit's row.

        The same bytes of the same kind in the same scope, made for the same ask, are one tag:
        the one that was there is returned. An alias names what it was given to last.
        """

    def many(self, tag_ids: Sequence[str]) -> Sequence[MediaTag]: ...

    def of_file(self, file: str) -> MediaTag | None:
        """Any tag of ``<sha256>.<ext>``, of whatever scope."""

    def listing(
        self, project_id: str, *, scope: Scope | None, after: str, limit: int
    ) -> Sequence[MediaTag]:
        """The tags that a project sees, by id, from the first one after ``after``."""

    def by_hash(
        self, sha256: str, project_id: str, scope: Scope | None = None
    ) -> Sequence[MediaTag]: ...

    def by_alias(
        self, alias: str, project_id: str, scope: Scope | None = None
    ) -> Sequence[MediaTag]: ...

    def by_reuse_key(
        self, reuse_key: str, project_id: str, scope: Scope | None = None
    ) -> Sequence[MediaTag]: ...

    def contents(self, project_id: str) -> Mapping[str, str]:
        """SHA-256 of what each of a project's own aliases names."""

    def aliases(self, tag_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """What each tag goes by, by its id."""

    def is_fake(self, sha256: str) -> bool:
        """Whether these bytes are known as fake, wherever they came from."""

    def audit(self, sha256: str) -> Sequence[Registered]:
        """How these bytes were registered, oldest first; it outlives the tags."""


class Jobs(Protocol):
    """Jobs and their submissions. Every move is guarded: it happens once or not at all."""

    def add(self, job: Job, asked: Mapping[str, str]) -> None:
        """Keep a new job for slots with the basis each asked with; hint at it if queued."""

    def get(self, job_id: str) -> Job | None: ...

    def slots_of(self, job_id: str) -> Mapping[str, str]:
        """Slots still attached, with the basis each asked with."""

    def attach(self, job: Job, slot_id: str, basis: str) -> None:
        """Hang one more slot on an active job."""

    def detach(self, job: Job, slot_id: str) -> int:
        """Take a slot off, for which the job counts as cancelled; returns how many remain."""

    def active_for(self, reuse_key: str, project_id: str) -> Job | None:
        """An active job that makes just this."""

    def active_of_slots(self, slot_ids: Sequence[str]) -> Sequence[tuple[str, Job]]:
        """(slot id, job), oldest first."""

    def ended_of_slots(self, slot_ids: Sequence[str]) -> Sequence[tuple[str, Job]]:
        """(slot id, the job of it that ended last)."""

    def blocked_of_slots(self, slot_ids: Sequence[str]) -> Sequence[tuple[str, Job]]:
        """(slot id, each blocked job of it)."""

    def active_of_project(self, project_id: str) -> Sequence[tuple[str, Job]]: ...

    def ended_of_project(self, project_id: str) -> Sequence[tuple[str, Job]]: ...

    def positions(self, providers: Collection[str]) -> dict[str, int]:
        """Places from 1 in the lines of these providers, by job id; the first 999 of each."""

    def usual_seconds(self, project_id: str, provider: str, media_type: str) -> float | None:
        """From begin to end, the median of the last that succeeded; None without any."""

    def listing(
        self,
        *,
        project_id: str | None,
        provider: str | None = None,
        state: JobState | None,
        before: str | None,
        limit: int,
    ) -> Sequence[Job]:
        """Newest first, older than job ``before``."""

    def claim(self, job_id: str, *, owner: str) -> Job | None:
        """Make a due queued job running for ``owner``; None where somebody else was first, it
        is not due, or its provider is busy.
        """

    def move(
        self, job: Job, state: JobState, *, action: str, quiet: bool = False, **fields: object
    ) -> Job:
        """Move a job as it was read; ``action`` is the audit's word.

        Slots attached to a job that ends remember it; they are touched unless a move that does
        not end it is ``quiet``: that one is kept for the audit alone. Raises Lost where the job
        has moved since, or this attempt does not own it any more.
        """

    def submissions(self, job_id: str) -> Sequence[Submission]: ...

    def entries(self, project_id: str) -> Sequence[Entry]:
        """A project's submissions, summed by what is known of them."""

    def bills(self) -> Mapping[str, Sequence[Entry]]:
        """The same of all projects, by provider."""

    def add_submission(self, submission: Submission) -> None: ...

    def save_submission(self, submission: Submission) -> None:
        """Unfenced on purpose: a paid provider job id is never dropped."""

    def request_cancel(self, job_id: str) -> Job | None:
        """Cancel at once what waits or is blocked, ask what is under way; None where it is over."""

    def beat(self, owner: str) -> None:
        """Say that this worker process lives."""

    def renew(self, owner: str) -> None:
        """Let the time of what this process makes begin anew: it slept, and so did they."""

    def forget_workers(self) -> None:
        """No other worker lives: what they held can be reclaimed at once."""

    def limit(self, provider: str, concurrency: int) -> None:
        """How many jobs may be in flight at a provider."""

    def pause_provider(self, provider: str, *, paused: bool) -> Sequence[str]:
        """Begin nothing more at a provider, or again; what is in flight goes on.

        Returns the ids of the productions that have jobs waiting for it.
        """

    def paused_providers(self) -> Collection[str]: ...

    def hint_waiting(self) -> None:
        """Hint at what may begin now at each provider: a pause is over."""

    def reclaim(self, owner: str, working_on: Collection[str]) -> Sequence[Job]:
        """Queue again what dead workers, or dead threads of this one, left running.

        ``working_on`` is live: it is looked at after the rows were read.
        """

    def resume_bought(self) -> Sequence[Job]:
        """Queue again what is blocked as unknown though a provider's id turned up late."""

    def figures(self) -> Figures:
        """All of it counted; reads whole tables."""

    def due(self, limit: int) -> Sequence[str]:
        """Ids of due jobs not hinted at lately; marks them hinted."""

    def hasten(self) -> None:
        """Make due all that waits: the clock was ahead when it was told until when."""


class Trash(Protocol):
    """What was deleted. What bears an entry's id is in no other look-up until it comes back."""

    def add(self, entry: TrashEntry, *, takes: Sequence[str], tags: Sequence[str]) -> None:
        """Keep an entry, and put these takes and tags into it."""

    def put_project(self, project_id: str, entry_id: str | None, *, key: str) -> None:
        """Put a production into an entry, or take it out, and let it go by this key."""

    def get(self, entry_id: str) -> TrashEntry | None: ...

    def listing(self, *, before: str | None, limit: int) -> Sequence[TrashEntry]:
        """Newest first, older than entry ``before``."""

    def takes(self, entry_id: str) -> Sequence[Take]:
        """Those in an entry."""

    def tags(self, entry_id: str) -> Sequence[MediaTag]:
        """Those in an entry."""

    def tags_of_content(self, sha256: str) -> Sequence[MediaTag]:
        """All of one content, whatever their scope, deleted ones included."""

    def tags_of_project(self, project_id: str) -> Sequence[MediaTag]:
        """A production's own, deleted ones included."""

    def uses(self, tag_ids: Sequence[str]) -> Sequence[Take]:
        """Takes of these tags that are not deleted."""

    def bring_back(self, entry_id: str, tag_ids: Sequence[str]) -> None:
        """Take all out of an entry, these tags too, and forget it."""

    def erase(self, entry_id: str) -> None:
        """Remove an entry and what is in it, takes of its media in other entries included."""

    def erase_project(self, project_id: str) -> None:
        """Remove a production and all of it; submissions and events stay."""

    def unnamed(self, files: Iterable[str]) -> Sequence[str]:
        """Which of these files no tag names any more."""


class Events(Protocol):
    """The append-only table of everything that happened."""

    def add(self, event: Event) -> None:
        """Write at commit; published after it."""

    def after(self, seq: int, *, project_id: str | None, limit: int) -> Sequence[Event]:
        """What is told of one project; of all of them everything, the audit's rows included."""

    def last_seq(self, project_id: str | None = None) -> int:
        """Of one project, a number with nothing lower still to come; 0 without any."""

    def of_slot(self, slot_id: str, limit: int) -> Sequence[Event]:
        """Newest first."""

    def of_job(self, job_id: str, limit: int) -> Sequence[Event]:
        """Oldest first: a job's audit."""


class Keys(Protocol):
    """Answers kept for ``Idempotency-Key``, and browser sessions."""

    def claim_request(self, key: str, mark: str, digest: str) -> tuple[int, bytes] | None:
        """Begin a request; the kept answer (status, body) where it was made before.

        ``mark`` is this answering's own. One that was cut off before it did anything is begun
        anew after a while. Raises Conflict while the first one runs, or where its answer was lost
        with the process after it was done; Invalid where the body differs.
        """

    def settle_request(self, key: str, mark: str) -> None:
        """What this transaction does is what was requested: it must not be done again.

        Raises Conflict where another answering took the request over.
        """

    def keep_answer(self, key: str, mark: str, status: int, body: bytes) -> None: ...

    def drop_request(self, key: str, mark: str) -> None:
        """No effect once it was settled."""

    def forget_requests(self) -> None:
        """No process answers any: those that were cut off may be made again at once."""

    def add_session(self, digest: str, user: str, role: str) -> None: ...

    def session(self, digest: str) -> tuple[str, str] | None:
        """(user name, role) of a live session."""

    def drop_session(self, digest: str) -> None: ...

    def forget_sessions(self) -> None:
        """Delete those that are over."""


class Standings(Protocol):
    """What was last learned of providers by asking them."""

    def all(self) -> Mapping[str, Standing]:
        """By name; only of those that were asked."""

    def note(self, standing: Standing) -> None:
        """Keep it instead of what was learned before."""

    def forget(self, name: str) -> None:
        """Ask again as if nothing had been learned."""


class UnitOfWork(Protocol):
    """One transaction: commit, then dispatch, then publish; leaving without commit undoes it."""

    boards: Boards
    slots: Slots
    takes: Takes
    media: Media
    jobs: Jobs
    events: Events
    keys: Keys
    standings: Standings
    trash: Trash

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None: ...

    def dispatch(self, job_id: str, *, delay: float = 0.0) -> None:
        """Hint at a job once this is committed."""

    def now(self) -> datetime:
        """The time all processes agree on, however their own clocks differ: when jobs are due."""


class Works(Protocol):
    """Begins units of work."""

    def __call__(self, *, reading: bool = False, actor: str | None = None) -> UnitOfWork:
        """``reading``: no write lock is taken. ``actor``: whose name the events bear."""
