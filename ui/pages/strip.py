"""The strip of one production: head, ribbon, tally, scenes of cards, and the inspector beside."""

import contextlib
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from time import time
from typing import Any
from urllib.parse import unquote

from nicegui import PageArguments, background_tasks, ui
from starlette.requests import Request

from domain.access import Right
from domain.errors import StudioError
from domain.work.views import BoardView, ConceptView, ShotView
from ui.call import call
from ui.components.banner import Banner
from ui.components.card import Card
from ui.components.cast import Cast
from ui.components.census import Census
from ui.components.flag import FlagName, primary_of
from ui.components.node import Node, boundary
from ui.components.purse import told as told_money
from ui.components.ribbon import Ribbon
from ui.components.roving import Roving
from ui.components.scene import Scene as SceneCards
from ui.components.tally import Tally
from ui.components.timecode import running_time
from ui.components.verbs import Verb
from ui.live import BoardHub, Live
from ui.pages.desk import Desk, looks_of
from ui.session.user import current_user
from ui.shell import Inside, Scene, address, told

FIRST_SCREEN = 24
"""Shots whose cards are built with the page: what a large window shows at first."""

STRIP = re.compile(r"/p/([^/]+)(?:/(?:s|look)/[^/]+)?/?")
"""Addresses of a strip, open shots and looks included."""
VERB_KEYS = {verb.key: verb for verb in reversed(list(Verb)) if verb.key}
KEYS = (*VERB_KEYS, "n")


def strip(scene: Scene, project: str) -> Awaitable[None] | None:
    """``/p/{project}`` and what is opened inside it."""
    hub = scene.live.at_hand(scene.user, project)
    if hub is None:
        return _strip_later(scene, project)
    # Somebody looks at it already: then it is part of the page's first answer.
    _show(scene, hub)
    return None


async def be_ready(live: Live, request: Request) -> None:
    """Where a strip is asked for, read its board: so that the page's first answer has its cards."""
    place = STRIP.fullmatch(request.url.path)
    if place is not None:
        with contextlib.suppress(StudioError):
            await live.open(current_user(request), unquote(place[1]))


async def _strip_later(scene: Scene, project: str) -> None:
    try:
        hub = await scene.live.open(scene.user, project)
    except StudioError as error:
        scene.bar.place(None)
        told(error)
        return
    _show(scene, hub)


def _show(scene: Scene, hub: BoardHub) -> None:
    page = StripPage(scene, hub)
    hub.viewers.add(page)
    page.element.client.on_delete(page.leave)
    Inside(
        {"/": page.close_shot, "/s/{shot}": page.open_shot, "/look/{slot}": page.open_look},
        show_404=False,
    ).classes("silent")


class StripPage:
    """One person's view of a board; a `ui.live.Viewer`."""

    def __init__(self, scene: Scene, hub: BoardHub) -> None:
        self._scene = scene
        self._hub = hub
        self._board = board = hub.board
        self._census = hub.shared(Census)
        self._filter: FlagName | None = None
        self._money_is_old = self._reads_money = False
        self._was_there = self._is_behind = False
        self._scenes: dict[str, SceneCards] = {}
        self._places: dict[str, str] = {}
        scene.bar.place(board.project, "Strip")
        ui.page_title(f"{board.title} · Framewright")
        with Node("div", "wall") as self.element:
            with Node("div", "left"):
                self._build_head()
                self.cast = Cast(
                    looks_of(board.concepts), on_open=self._show_look, on_verb=self._card_verb
                )
                with Node("div", "strip", data_strip=board.project) as self._strip:
                    self._build_scenes()
            self.desk = Desk(
                scene,
                board,
                structure=lambda: hub.structure,
                on_step=self._step,
                on_close=self._back,
            )
        self.element.dress({"ratio": ratio(board.aspect)})
        self._roving = Roving(
            self._strip,
            rows=self._rows,
            card=self._card,
            on_key=self._key,
            keys=KEYS,
            focus=self._focus,
        )
        self.element.on("keydown.esc", self._escape, args=[])
        self.element.client.on_connect(self._look_again)
        self._roving.start()
        self._paint_banner()
        self._paint_head()
        self._tell_money()
        self._tell_time()
        scene.zone.when_known(self._tell_time)

    # what the hub calls

    def paint(self, shots: Sequence[ShotView], concepts: Sequence[ConceptView]) -> None:
        if not self._can_see():
            return
        for shot in shots:
            scene = self._scenes.get(shot.scene or "")
            if scene is not None:
                scene.paint([shot])
        if self._filter is not None:
            self._apply_filter()
        self.cast.paint(looks_of(concepts))
        self.desk.paint(shots, concepts)

    def sum_up(self) -> None:
        if self._can_see():
            self._paint_head()
            self._tell_time()
            if self._scene.studio.providers.may_charge():
                self._tell_money()

    def arrange(self, board: BoardView) -> None:
        if not self._can_see():
            return
        known = [one.id for one in self._board.scenes]
        self._board = board
        if known == [one.id for one in board.scenes]:
            for one in board.scenes:
                self._scenes[one.id].arrange(one, self._census.of_scene(one.id))
        else:
            self._strip.clear()
            self._scenes = {}
            with self._strip:
                self._build_scenes()
        self.cast.arrange(looks_of(board.concepts))
        self._title.patch(text=board.title)
        self._paint_banner()
        self._paint_head()
        self._tell_money()
        self.desk.arrange(board)

    def _look_again(self) -> None:
        """The line is there, or back: make up for all that was told meanwhile."""
        self._was_there = True
        if self._is_behind:
            self._is_behind = False
            self.arrange(self._hub.board)

    def _can_see(self) -> bool:
        """False for a page whose line is cut, or that was closed: it isn't painted for nobody."""
        if self.element.is_deleted:
            self.leave()
            return False
        if self._was_there and not self.element.client.has_socket_connection:
            self._is_behind = True
        return not self._is_behind

    def leave(self) -> None:
        self._scene.live.leave(self._hub, self)

    def _tell_time(self) -> None:
        self._scene.notice.truth(self._scene.zone.clock(datetime.fromtimestamp(time(), UTC)))

    # what keys and links call

    def _rows(self) -> list[list[str]]:
        """Codes that a filter lets through, scene by scene."""
        return [
            [shot.code for shot in scene.shots if self._lets(shot)]
            for scene in self._scenes.values()
        ]

    def _card(self, code: str) -> Card | None:
        """The card of a shot, built if it was not yet."""
        shot = self._census.shots.get(code)
        scene = self._scenes.get(shot.scene or "") if shot else None
        if scene is None:
            return None
        scene.build()
        return scene.cards.get(code)

    async def _key(self, key: str, code: str) -> None:
        if key.lower() == "n":
            self._next_problem(code, back=key == "N")
            return
        verb = VERB_KEYS.get(key.upper())
        shot = self._census.shots.get(code)
        slot = primary_of(shot) if shot else None
        if verb is None or slot is None:
            return
        if verb is Verb.SELECT and Verb.UNSELECT in slot.actions:
            verb = Verb.UNSELECT
        if verb in slot.actions:
            await self.do(verb, slot.id)

    def _next_problem(self, code: str, *, back: bool) -> None:
        codes = [one for row in self._rows() for one in row]
        if back:
            codes.reverse()
        at = codes.index(code) + 1 if code in codes else 0
        for one in codes[at:] + codes[:at]:
            if self._census.flags[one].is_problem:
                self._roving.reach(one, focus=True)
                return

    def show(self, code: str) -> None:
        """Open the inspector on a shot; its address is the page's."""
        ui.navigate.to(address("p", self._board.project, "s", code))

    def _show_look(self, slot_id: str) -> None:
        ui.navigate.to(address("p", self._board.project, "look", slot_id))

    async def open_shot(self, shot: str) -> None:
        view = self._census.shots.get(shot)
        if view is None:
            self.desk.close()
            self._scene.notice.alert(f"There is no shot {shot} here.")
            return
        self.desk.unfold()
        # The strip has less room now; and the keys go on from this card.
        self._roving.reach(shot, focus=True)
        self._mark_open(shot)
        await self.desk.open(self._board, view)

    async def open_look(self, slot: str) -> None:
        self._mark_open(None, look=slot)
        await self.desk.open_look(self._hub.board, slot)

    def close_shot(self, where: PageArguments) -> None:
        code = self.desk.code
        self._mark_open(None)
        self.desk.close()
        if code in self._census.shots:
            self._roving.reach(code, focus=True)
        if where.remaining_path:
            rest = unquote(where.remaining_path).lstrip("/")
            self._scene.notice.alert(f"There is no page /p/{self._board.project}/{rest}.")

    async def do(self, verb: str, slot_id: str) -> None:
        """A verb on a slot, from a card, a key or the inspector."""
        await self.desk.do(verb, slot_id)

    # building

    def _build_head(self) -> None:
        board = self._board
        with Node("section", "head", aria_label="Production"):
            with boundary(), Node("div", "top"):
                with Node("div"):
                    with Node("div", "line"):
                        self._sub = Node("p", "sub")
                        self._held = Node("span", "mini", text="Paused", data_flag="paused")
                        self._money = Node("span", "purse num", data_money=board.project)
                    self._title = Node("h1", text=board.title)
                self._clock = Node("p", "clock num")
                with Node("div", "acts"):
                    where = address("p", board.project, "play")
                    Node("a", "btn big", text="Play", data_icon="play", href=where)
                    self._pause = self._pausing("btn big")
                    self._make = Node("button", "btn big primary", type="button")
                    self._make.on("click", self._generate, args=[])
            may_edit = self._scene.user.may(Right.WRITE)
            self._banner = Banner(on_demo=self._use_demo if may_edit else None)
            self._ribbon = Ribbon(on_jump=self._jump)
            self._tally = Tally(on_filter=self._choose_filter)
        with boundary(), Node("div", "dock"):
            self._resume = self._pausing("btn")
            self._dock = Node("button", "btn primary", type="button")
            self._dock.on("click", self._generate, args=[])

    def _tell_money(self) -> None:
        """Read once for all news that come meanwhile."""
        self._money_is_old = True
        if not self._reads_money:
            self._reads_money = True
            background_tasks.create(self._read_money(), name=f"money {self._board.project}")

    async def _read_money(self) -> None:
        try:
            while self._money_is_old:
                self._money_is_old = False
                overview, user = self._scene.studio.overview, self._scene.user
                found = await call(overview.money, user, self._board.project)
                if not self.element.is_deleted:
                    self._money.patch(text=told_money(found))
        except StudioError:
            pass  # the production is gone, and the page says so by itself
        finally:
            self._reads_money = False

    def _paint_banner(self) -> None:
        """By settings alone: no network, and no look at the database."""
        scene, board = self._scene, self._hub.structure
        self._banner.paint(scene.studio.providers.lacking(scene.user, board))

    async def _use_demo(self) -> None:
        scene, board = self._scene, self._hub.structure
        types = scene.studio.providers.lacking(scene.user, board)
        await self._try(
            lambda: call(scene.studio.scripts.use_demo, scene.user, self._board.project, types)
        )

    def _pausing(self, classes: str) -> Node:
        button = Node("button", classes, type="button")
        button.on("click", self._flip_pause, args=[])
        return button

    def _build_scenes(self) -> None:
        built = 0
        for one in self._board.scenes:
            shots = self._census.of_scene(one.id)
            self._scenes[one.id] = SceneCards(
                one,
                shots,
                fps=self._board.fps,
                on_open=self.show,
                on_verb=self._card_verb,
                flag=self._census.flag,
                now=built < FIRST_SCREEN,
            )
            built += len(shots)

    # painting

    def _paint_head(self) -> None:
        board, census = self._board, self._census
        shots = list(census.shots.values())
        episode = next((one.episode for one in board.scenes if one.episode), None)
        scenes = len([one for one in board.scenes if one.id])
        parts = [
            f"Episode {episode}" if episode else "",
            f"{scenes} scene{'' if scenes == 1 else 's'}" if scenes else "",
            f"{len(shots)} shot{'' if len(shots) == 1 else 's'}",
        ]
        self._sub.patch(text=" · ".join(part for part in parts if part))
        self._clock.patch(text=running_time(census.frames, board.fps))
        self._ribbon.paint(board.scenes, shots, census.cut)
        self._tally.paint(census.counts)
        missing = census.missing
        words = f"Make {missing} missing" if missing else "Nothing to make"
        self._held.patch(hidden=None if board.paused else True)
        self._resume.patch(hidden=None if board.paused else True)
        for button in (self._pause, self._resume):
            button.patch(text="Resume" if board.paused else "Pause", aria_busy=None)
            button.patch(disabled=None if self._scene.user.may(Right.MAKE) else True)
            button.toggle("primary", on=board.paused)
        for button in (self._make, self._dock):
            button.patch(text=words, disabled=None if missing else True, aria_busy=None)
            button.toggle("primary", on=bool(missing) and not board.paused)

    def _mark_open(self, code: str | None, *, look: str | None = None) -> None:
        self.cast.current(look)
        for scene in self._scenes.values():
            for known, card in scene.cards.items():
                card.current(on=known == code)

    # filters

    def _choose_filter(self, name: FlagName | None) -> None:
        self._filter = None if name is self._filter else name
        self._tally.press([self._filter] if self._filter else [])
        self._apply_filter()

    def _apply_filter(self) -> None:
        codes = None if self._filter is None else {one for row in self._rows() for one in row}
        for scene in self._scenes.values():
            scene.filter(codes)

    def _lets(self, shot: ShotView) -> bool:
        return self._filter is None or self._census.flag(shot) is self._filter

    # acting

    async def _generate(self) -> None:
        self._make.patch(aria_busy="true")
        await self._try(
            lambda: call(
                self._scene.studio.generation.generate, self._scene.user, self._board.project
            )
        )
        self._make.patch(aria_busy=None)

    async def _flip_pause(self) -> None:
        for button in (self._pause, self._resume):
            button.patch(aria_busy="true")
        await self._try(
            lambda: call(
                self._scene.studio.pausing.production,
                self._scene.user,
                self._board.project,
                paused=not self._board.paused,
            )
        )
        self._paint_head()

    async def _try(self, act: Callable[[], Awaitable[Any]]) -> None:
        try:
            await act()
        except StudioError as error:
            self._scene.notice.alert(error.message)

    async def _card_verb(self, verb: str, slot_id: str) -> None:
        await self.do(verb, slot_id)

    def _jump(self, code: str) -> None:
        self._roving.reach(code, focus=True)

    def _focus(self, card: Card) -> None:
        def go() -> None:
            card.element.run_method("scrollIntoViewIfNeeded")
            card.focus()

        self._scenes[card.shot.scene or ""].when_near(go)

    def _escape(self) -> None:
        if self.desk.is_open:
            self._back()

    def _step(self, way: int) -> None:
        codes = [one for row in self._rows() for one in row]
        here = self.desk.code
        if here in codes and 0 <= (at := codes.index(here) + way) < len(codes):
            self.show(codes[at])

    def _back(self) -> None:
        ui.navigate.to(address("p", self._board.project))


def ratio(aspect: str) -> str:
    """``16:9`` as CSS can divide by it."""
    across, _, down = aspect.replace("/", ":").partition(":")
    return f"{float(across) / float(down or 1):.5f}"
