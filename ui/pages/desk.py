"""The desk beside the strip: the inspector, filled from the use cases, and what its verbs do."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from nicegui import background_tasks, ui

from domain.access import Right
from domain.errors import StudioError
from domain.story.board import Board
from domain.usecases.generation import Further
from domain.usecases.takes import SlotHistory
from domain.work.take import Review
from domain.work.views import BoardView, ConceptView, ShotView, SlotView
from ui.call import call
from ui.components.confirm import Confirm
from ui.components.inspector import Inspector, InspectorCalls
from ui.components.inspector_model import Asked
from ui.components.node import Node, boundary
from ui.pages.deleting import ask_and_delete
from ui.pages.inspecting import describe
from ui.pages.putting import Putting
from ui.shell import Scene, address

CALM_S = 0.15
"""How long after a change the open slot's history is read: the cards go first."""
OPENING = {"open_script": "{project}/script", "open_providers": "/providers"}


class Desk:
    """Closed until a shot or a look is opened; refilled, never rebuilt."""

    def __init__(
        self,
        scene: Scene,
        board: BoardView,
        *,
        structure: Callable[[], Board],
        on_step: Callable[[int], Any],
        on_close: Callable[[], Any],
    ) -> None:
        self._scene = scene
        self._project = board.project
        self._board = board
        self._shot: ShotView | None = None
        self._slot_id: str | None = None
        self._take: str | None = None
        self._history: SlotHistory | None = None
        self._structure = structure
        self._is_behind = False
        self._reading: asyncio.Task[None] | None = None
        calls = InspectorCalls(
            on_verb=self._verb,
            on_slot=self._open_slot,
            on_take=self._open_take,
            on_step=on_step,
            on_close=on_close,
            on_generate=self._further,
            on_own=self._own if scene.user.may(Right.MAKE) else None,
            on_script=self._script if scene.user.may(Right.WRITE) else None,
        )
        self._putting = Putting(scene, board.project)
        self._confirm = Confirm()
        with boundary():
            self._drawer = Node("div", "drawer", hidden=True)
        with self._drawer:
            self._inspector = Inspector(calls)
        scene.zone.when_known(self._fill)

    @property
    def code(self) -> str | None:
        """The open shot's code."""
        return self._shot.code if self._shot else None

    @property
    def is_open(self) -> bool:
        return not self._drawer.get("hidden")

    async def open(self, board: BoardView, shot: ShotView, slot_id: str | None = None) -> None:
        self._board, self._shot = board, shot
        self._slot_id = slot_id or shot.primary
        self._take = None
        self.unfold()
        await self._refresh()

    async def open_look(self, board: BoardView, slot_id: str) -> None:
        """A concept's slot, shown as if the concept were a shot."""
        for concept in board.concepts:
            if any(slot.id == slot_id for slot in concept.slots):
                await self.open(board, as_shot(concept), slot_id)
                return
        self.close()
        self._scene.notice.alert("There is no such look here.")

    def unfold(self) -> None:
        """Take the room; it is filled by ``open``."""
        self._drawer.patch(hidden=None)

    def close(self) -> None:
        self._shot = None
        self._drawer.patch(hidden=True)

    def paint(self, shots: Sequence[ShotView], concepts: Sequence[ConceptView]) -> None:
        """Newer views: refill where the open one is among them."""
        if concepts:
            fresher = {one.id: one for one in concepts}
            known = tuple(fresher.get(one.id, one) for one in self._board.concepts)
            self._board = self._board.evolve(concepts=known)
        if self._shot is None:
            return
        views = {one.code: one for one in [*shots, *(as_shot(one) for one in concepts)]}
        fresh = views.get(self._shot.code)
        if fresh is None:
            return
        before, self._shot = self._slot(), fresh
        after = self._slot()
        self._fill()
        if before is None or after is None or before.version != after.version:
            self._refresh_soon()

    def arrange(self, board: BoardView) -> None:
        self._board = board
        if self._shot is not None:
            self.paint([one for one in board.shots if one.id == self._shot.id], board.concepts)

    async def do(self, verb: str, slot_id: str, take_id: str | None = None) -> None:
        """Do what a verb says; a refusal is told, nothing is lost."""
        try:
            await self._do(verb, slot_id, take_id)
        except StudioError as error:
            self._scene.notice.alert(error.message)

    async def _do(self, verb: str, slot_id: str, take_id: str | None) -> None:
        studio, user = self._scene.studio, self._scene.user
        if verb in OPENING:
            ui.navigate.to(OPENING[verb].format(project=address("p", self._project)))
            return
        if verb == "open_look":
            self._open_waiting_look(slot_id)
            return
        slot = await call(studio.viewing.slot, user, slot_id)
        take = take_id or (verb == "use" and slot.newer) or slot.take
        match verb:
            case "generate" if slot.take is None:
                await call(studio.generation.generate, user, self._project, slots=[slot_id])
            case "generate":
                await call(studio.generation.generate_slot, user, slot_id, Further())
            case "retry" if slot.job is not None:
                await call(studio.control.retry, user, slot.job.id)
            case "cancel":
                await call(studio.control.cancel_slot, user, slot_id)
            case "open" if slot.owner in {one.id for one in self._board.concepts}:
                ui.navigate.to(address("p", self._project, "look", slot.id))
            case "open":
                ui.navigate.to(address("p", self._project, "s", slot.owner))
            case _:
                if take is not None:
                    await self._choose(verb, take, slot)

    async def _choose(self, verb: str, take: str, slot: SlotView) -> None:
        reviewing, user = self._scene.studio.reviewing, self._scene.user
        match verb:
            case "use":
                await call(reviewing.use, user, take)
            case "approve":
                await call(reviewing.review, user, take, Review.APPROVED)
            case "retake":
                await call(reviewing.review, user, take, Review.RETAKE)
            case "select":
                await call(reviewing.select, user, take)
            case "unselect" if slot.selected:
                await call(reviewing.unselect, user, slot.selected)
            case "release" if slot.picked:
                await call(reviewing.release, user, slot.picked)
            case "delete":
                await self._delete(take)
            case _:
                pass

    async def _delete(self, take: str) -> None:
        kept = self._history.takes if self._history else ()
        number = next((one.number for one in kept if one.id == take), None)
        trashing = self._scene.studio.trashing
        title = "The take" if number is None else f"Take {number}"
        await ask_and_delete(
            self._scene, self._confirm, trashing.take, take, title=title, done=self._deleted
        )

    async def _deleted(self) -> None:
        """The slot's own event repaints it; only what was opened may be gone."""
        self._take = None
        self._fill()

    def _open_waiting_look(self, slot_id: str) -> None:
        """The first look in the shot's cast that is not approved."""
        board = self._board
        shot = next((one for one in board.shots if any(s.id == slot_id for s in one.slots)), None)
        for concept in board.concepts if shot else ():
            for slot in concept.slots:
                waits = slot.role == "concept_image" and slot.review is not Review.APPROVED
                if shot and concept.id in shot.cast and waits:
                    ui.navigate.to(address("p", self._project, "look", slot.id))
                    return

    def _slot(self) -> SlotView | None:
        if self._shot is None:
            return None
        return next((one for one in self._shot.slots if one.id == self._slot_id), None)

    def _refresh_soon(self) -> None:
        """Once for all that comes within a short while."""
        self._is_behind = True
        if self._reading is None:
            self._reading = background_tasks.create(self._catch_up(), name="inspector")

    async def _catch_up(self) -> None:
        try:
            while self._is_behind:
                await asyncio.sleep(CALM_S)
                self._is_behind = False
                if self._shot is not None and not self._drawer.is_deleted:
                    await self._refresh()
        finally:
            self._reading = None

    async def _refresh(self) -> None:
        slot_id = self._slot_id
        if slot_id is None:
            return
        try:
            history = await call(
                self._scene.studio.takes.history, self._scene.user, slot_id, self._structure()
            )
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        if slot_id == self._slot_id:
            self._history = history
            self._fill()

    def _fill(self) -> None:
        if self._shot is None or self._slot_id is None:
            return
        self._inspector.paint(
            describe(
                self._board,
                self._shot,
                self._slot_id,
                self._history,
                opened=self._take,
                zone=self._scene.zone,
            )
        )

    async def _open_slot(self, slot_id: str) -> None:
        self._slot_id, self._take, self._history = slot_id, None, None
        await self._refresh()

    def _open_take(self, take_id: str) -> None:
        self._take = None if self._take == take_id else take_id
        self._fill()
        # The frame may be out of sight: what was asked for is shown there.
        self._drawer.run_method("scrollTo", {"top": 0, "behavior": "smooth"})

    async def _verb(self, verb: str, slot_id: str, take_id: str | None) -> None:
        await self.do(verb, slot_id, take_id)
        self._fill()

    async def _further(self, slot_id: str, asked: Asked) -> None:
        wish = Further(
            spec=self._words(asked), seed=asked.seed, provider=asked.provider, count=asked.count
        )
        try:
            await call(self._scene.studio.generation.generate_slot, self._scene.user, slot_id, wish)
        except StudioError as error:
            self._scene.notice.alert(error.message)
        self._fill()

    def _own(self, refusal: str) -> None:
        if refusal:
            self._scene.notice.alert(refusal)
        else:
            self._scene.notice.say("Your own take is here, and picked.")

    async def _script(self, slot_id: str, asked: Asked) -> None:
        """What the form asks for; where nothing was changed there, what made the take in sight."""
        wanted = self._words(asked)
        if asked.seed is not None:
            wanted["seed"] = asked.seed
        if self._history is not None and asked.provider != self._history.provider:
            wanted["provider"] = asked.provider
        slot = self._slot()
        take = self._take or (slot.take if slot else None)
        if wanted or take is None:
            await self._putting.words(slot_id, wanted)
        else:
            await self._putting.take(take)

    def _words(self, asked: Asked) -> dict[str, Any]:
        """The words of a spec, under the name its type has for them."""
        if asked.prompt is None:
            return {}
        adapted = (self._history.adapted if self._history else None) or {}
        return {"text" if adapted.get("type") == "tts" else "prompt": asked.prompt}


def looks_of(concepts: Iterable[ConceptView]) -> list[ShotView]:
    """Each look of the cast in the shape of a shot with this one slot."""
    return [
        as_shot(concept.evolve(slots=(slot,), title=slot.title or _called(concept)))
        for concept in concepts
        for slot in concept.slots
        if slot.role == "concept_image"
    ]


def _called(concept: ConceptView) -> str:
    """Its title; what it is, where the script gave it none but its id."""
    return concept.type.capitalize() if concept.title == concept.id else concept.title


def as_shot(concept: ConceptView) -> ShotView:
    """A concept in the shape the inspector shows."""
    primary = concept.slots[0] if concept.slots else None
    return ShotView(
        id=concept.id,
        code=concept.id,
        scene=None,
        title=concept.title,
        content="",
        duration=0,
        cast=(),
        primary=primary.id if primary is not None else None,
        state="empty" if primary is None else primary.state,
        version=0 if primary is None else primary.version,
        kind=None if primary is None else primary.provider_kind,
        viable=True,
        slots=concept.slots,
    )
