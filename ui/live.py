"""The live board: one hub per process and production, which paints what changed for everybody.

An event is a doorbell. The hub re-reads the changed shots once, drops older versions, and lets
every viewer patch the cards it has built: the first change at once, then every ``BEAT_S``.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from nicegui import background_tasks

from domain.access import Role, User
from domain.errors import StudioError
from domain.events import Event
from domain.ports import EventBus
from domain.story.board import Board
from domain.studio import Studio
from domain.work.views import BoardView, ConceptView, ShotView, SlotView
from ui.call import call

log = logging.getLogger(__name__)

BEAT_S = 1 / 30
CROWD = 200
"""Viewers above which the beat is widened, so that painting does not fill the loop."""
AGAIN_S = 1.0
"""How long a board that could not be read is left alone."""
SUMS_S = 0.25
"""How long after a change the sums of the whole board are painted: the cards go first."""
FEW, FEW_S = 20, 0.005
"""How many viewers are told the sums at once, and the pause between."""
PLACES_S = 0.5
"""How long after a job began the places of those that wait are told again."""


class Viewer(Protocol):
    """A page that shows a board; called on the event loop only."""

    def paint(self, shots: Sequence[ShotView], concepts: Sequence[ConceptView]) -> None:
        """Newer views of these."""

    def sum_up(self) -> None:
        """What is counted over the whole board has changed; told less often."""

    def arrange(self, board: BoardView) -> None:
        """The script was changed: all of it anew."""


class Shared(Viewer, Protocol):
    """What all viewers of a board look at together."""

    def __init__(self, board: BoardView) -> None: ...


S = TypeVar("S", bound=Shared)
Owner = TypeVar("Owner", ShotView, ConceptView)


class BoardHub:
    """The current views of one production, and who looks at them."""

    def __init__(self, studio: Studio, user: User, structure: Board, board: BoardView) -> None:
        self.project_id = structure.project.id
        self._studio = studio
        self._user = user
        self._key = structure.project.key
        self._structure = structure
        self._owner_of = {slot.id: slot.owner_id for slot in structure.slots}
        self._frame = board
        self._shots = {shot.id: shot for shot in board.shots}
        self._concepts = {concept.id: concept for concept in board.concepts}
        self._progress: dict[str, float] = {}
        self._dirty: set[str] = set()
        self._edited = False
        self.is_lost = False
        """Nothing has this address any more; another production may come to have it."""
        self._task: asyncio.Task[None] | None = None
        self._places: asyncio.TimerHandle | None = None
        self._sums: asyncio.TimerHandle | None = None
        self._shared: dict[type[Shared], Shared] = {}
        self.viewers: set[Viewer] = set()

    @property
    def structure(self) -> Board:
        """What the script wrote: the board without what changes from second to second."""
        return self._structure

    @property
    def board(self) -> BoardView:
        """Everything as it is known now."""
        return self._frame.evolve(
            shots=tuple(self._shots.values()), concepts=tuple(self._concepts.values())
        )

    def shared(self, kind: type[S]) -> S:
        """The one of its kind that all viewers look at; it is painted before them."""
        if kind not in self._shared:
            self._shared[kind] = kind(self.board)
        found = self._shared[kind]
        assert isinstance(found, kind)
        return found

    def hear(self, event: Event) -> None:
        """Note what an event is about; it is painted at the next beat."""
        if event.type in ("script", "project"):
            self._edited = True
        elif event.slot_id is not None:
            owner = self._owner_of.get(event.slot_id)
            if event.type == "progress" and event.progress is not None:
                self._progress[event.slot_id] = event.progress
            elif event.state == "running":
                self._tell_places_soon()
            if event.type != "progress" and event.job_state != "queued":
                self._progress.pop(event.slot_id, None)
            if owner is not None:
                self._dirty.add(owner)
        self._wake()

    def resync(self) -> None:
        """Read everything again, as after a time without news."""
        self._edited = True
        self._wake()

    def _wake(self) -> None:
        if self._task is None and (self._dirty or self._edited):
            self._task = background_tasks.create(self._beat(), name=f"board {self._key}")

    async def _beat(self) -> None:
        try:
            while self._dirty or self._edited:
                pause = BEAT_S * max(1.0, len(self.viewers) / CROWD)
                owners, edited = set(self._dirty), self._edited
                try:
                    await self._catch_up()
                except StudioError as error:
                    self.is_lost = edited
                    log.warning("the board %s can't be read: %s", self._key, error.message)
                except Exception:
                    log.exception("the board %s could not be read; once more", self._key)
                    self._dirty |= owners
                    self._edited |= edited
                    pause = AGAIN_S
                await asyncio.sleep(pause)
        finally:
            self._task = None

    async def _catch_up(self) -> None:
        if self._edited:
            self._edited = False
            self._dirty.clear()
            await self._reload()
            return
        owners, self._dirty = self._dirty, set()
        fresh = await call(self._studio.viewing.shots, self._user, self._structure, owners)
        shots = [self._newest(shot) for shot in fresh.shots]
        self._shots.update((shot.id, shot) for shot in shots)
        concepts = [self._newest(one) for one in fresh.concepts]
        self._concepts.update((one.id, one) for one in concepts)
        self._each(lambda viewer: viewer.paint(shots, concepts))
        self._sum_up_soon()

    async def _reload(self) -> None:
        self._structure = await call(self._studio.viewing.structure, self._user, self._key)
        self._frame = await call(self._studio.viewing.board, self._user, self._key)
        self.project_id, self.is_lost = self._structure.project.id, False
        self._owner_of = {slot.id: slot.owner_id for slot in self._structure.slots}
        self._shots = {shot.id: shot for shot in self._frame.shots}
        self._concepts = {concept.id: concept for concept in self._frame.concepts}
        board = self.board
        self._each(lambda viewer: viewer.arrange(board))

    def _newest(self, owner: Owner) -> Owner:
        """The view with the progress that was told; it is in no row."""
        if not any(slot.id in self._progress for slot in owner.slots):
            return owner
        return owner.evolve(slots=tuple(self._with_progress(slot) for slot in owner.slots))

    def _with_progress(self, slot: SlotView) -> SlotView:
        told = self._progress.get(slot.id)
        if told is None or slot.job is None or slot.state != "running":
            return slot
        return slot.evolve(job=slot.job.evolve(progress=told))

    def _sum_up_soon(self) -> None:
        if self._sums is None:
            wait = SUMS_S * max(1.0, len(self.viewers) / CROWD)
            self._sums = asyncio.get_running_loop().call_later(wait, self._sum_up)

    def _sum_up(self) -> None:
        self._sums = None
        background_tasks.create(self._tell_sums(), name=f"sums {self._key}")

    async def _tell_sums(self) -> None:
        """To a few at a time: a card that changes meanwhile need not wait for all of them."""
        viewers = self._all()
        for at in range(0, len(viewers), FEW):
            self._each(lambda viewer: viewer.sum_up(), viewers[at : at + FEW])
            await asyncio.sleep(FEW_S)

    def _tell_places_soon(self) -> None:
        if self._places is None:
            loop = asyncio.get_running_loop()
            self._places = loop.call_later(PLACES_S, self._tell_places)

    def _tell_places(self) -> None:
        self._places = None
        waiting = {
            shot.id
            for shot in self._shots.values()
            if any(slot.state == "pending" for slot in shot.slots)
        }
        if waiting:
            self._dirty |= waiting
            self._wake()

    def _all(self) -> list[Viewer]:
        return [*self._shared.values(), *self.viewers]

    def _each(
        self, paint: Callable[[Viewer], None], viewers: Sequence[Viewer] | None = None
    ) -> None:
        for viewer in self._all() if viewers is None else viewers:
            try:
                paint(viewer)
            except Exception:
                log.exception("a viewer could not be painted")


class Live:
    """All hubs of this process; hears the bus and hands over to the loop."""

    def __init__(self, studio: Studio, bus: EventBus) -> None:
        self._studio = studio
        self._bus = bus
        self._hubs: dict[tuple[str, Role], BoardHub] = {}
        self._opening = asyncio.Lock()
        self._unsubscribe: Callable[[], None] | None = None
        self._listeners: list[Callable[[Sequence[Event]], None]] = []

    def start(self) -> None:
        """On the loop, once it runs."""
        loop = asyncio.get_running_loop()

        def ring(events: Sequence[Event]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._hear, events)

        self._unsubscribe = self._bus.subscribe(ring)

    def stop(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()

    async def open(self, user: User, key: str) -> BoardHub:
        """The hub of a production, read if nobody looks at it yet; raises NotFound."""
        async with self._opening:
            hub = self._hubs.get((key, user.role))
            if hub is None:
                # Heard from before it is read, so that nothing falls between.
                structure = await call(self._studio.viewing.structure, user, key)
                board = await call(self._studio.viewing.board, user, key)
                hub = BoardHub(self._studio, user, structure, board)
                self._hubs[key, user.role] = hub
                hub.resync()
            return hub

    def at_hand(self, user: User, key: str) -> BoardHub | None:
        """The hub of a production that somebody looks at already."""
        return self._hubs.get((key, user.role))

    def leave(self, hub: BoardHub, viewer: Viewer) -> None:
        """A page is gone; the last one takes the hub along."""
        hub.viewers.discard(viewer)
        if not hub.viewers:
            self._hubs = {at: one for at, one in self._hubs.items() if one is not hub}

    def viewers(self) -> int:
        """Pages that look at a board now."""
        return sum(len(hub.viewers) for hub in self._hubs.values())

    def listen(self, hear: Callable[[Sequence[Event]], None]) -> Callable[[], None]:
        """Call ``hear`` on the loop with what happens anywhere; returns what ends it."""
        self._listeners = [*self._listeners, hear]

        def end() -> None:
            self._listeners = [one for one in self._listeners if one is not hear]

        return end

    def _hear(self, events: Sequence[Event]) -> None:
        for hear in self._listeners:
            hear(events)
        hubs = list(self._hubs.values())
        for event in events:
            for hub in hubs:
                found_again = hub.is_lost and event.type == "script"
                if hub.project_id == event.project_id or found_again:
                    hub.hear(event)
