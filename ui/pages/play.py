"""``/p/{project}/play``: the story walked through as a client does, by the same use case."""

from collections.abc import Sequence

from nicegui import PageArguments, background_tasks, ui

from domain.errors import StudioError
from domain.work.views import BoardView, ConceptView, ShotView
from ui.call import call
from ui.components.screen import Screen
from ui.components.showing import Showing, showing_of
from ui.components.theatre import Phase, Theatre, TheatreCalls
from ui.live import BoardHub
from ui.pages.strip import ratio
from ui.shell import Scene, address, told


async def play(scene: Scene, project: str, where: PageArguments) -> None:
    """``?from=`` names the shot to begin with."""
    try:
        hub = await scene.live.open(scene.user, project)
    except StudioError as error:
        scene.bar.place(None)
        told(error)
        return
    page = PlayPage(scene, hub)
    hub.viewers.add(page)
    page.theatre.element.client.on_delete(page.leave)
    await page.open(where.query_parameters.get("from"))


class PlayPage:
    """One person's showing; a `ui.live.Viewer`.

    Time is the browser's: a shot lasts as long as its piece of the reel runs, and that it is over
    comes over the socket. Nothing here waits for a clock.
    """

    def __init__(self, scene: Scene, hub: BoardHub) -> None:
        self._scene = scene
        self._hub = hub
        self._board = board = hub.board
        self._strip = address("p", board.project)
        self._at: str | None = None
        """The shot that was asked for last: its screen may still be on its way."""
        scene.bar.place(board.project, "Play")
        ui.page_title(f"{board.title}, play · Framewright")
        calls = TheatreCalls(
            on_key=self._key,
            on_toggle=self.toggle,
            on_again=self.again,
            on_step=self.step,
            on_choose=self.choose,
            on_jump=self._go,
            on_end=self._ended,
        )
        self.theatre = Theatre(calls, strip=self._strip, ratio=ratio(board.aspect))
        self.theatre.arrange(board)
        self.theatre.focus()

    async def open(self, code: str | None) -> None:
        """The title, over the first shot or over ``code``."""
        codes = self._codes
        self._at = code if code in codes else next(iter(codes), None)
        showing = await self._read(self._at)
        if showing is not None:
            self.theatre.open(showing)

    # what the hub calls

    def paint(self, shots: Sequence[ShotView], concepts: Sequence[ConceptView]) -> None:
        """What is seen stays; what comes next is read again."""
        if self.theatre.element.is_deleted:
            self.leave()
            return
        fresh = {one.id: one for one in shots}
        known = tuple(fresh.get(one.id, one) for one in self._board.shots)
        self._board = self._board.evolve(shots=known)
        coming = self._coming.showing
        if coming is not None and (concepts or coming.code in {one.code for one in shots}):
            background_tasks.create(self._again(self._coming), name="play")

    def sum_up(self) -> None:
        """How much is pictured is told before a film and after it."""
        if not self.theatre.element.is_deleted:
            self.theatre.arrange(self._board)

    def arrange(self, board: BoardView) -> None:
        if self.theatre.element.is_deleted:
            self.leave()
            return
        self._board = board
        self.theatre.arrange(board)
        background_tasks.create(self._again(self._coming), name="play")

    def leave(self) -> None:
        self._scene.live.leave(self._hub, self)

    # the walk

    async def toggle(self) -> None:
        """Begin, pause, go on, and at the end begin again."""
        match self.theatre.phase:
            case Phase.TITLE if self._at is not None:
                await self._go(self._at)
            case Phase.OVER:
                await self.again()
            case Phase.PLAYING:
                self.theatre.turn_to(Phase.PAUSED)
            case Phase.PAUSED:
                self.theatre.turn_to(Phase.PLAYING)
            case _:
                pass  # it waits for a choice, and for nothing else

    async def again(self) -> None:
        """From the first shot."""
        if self._codes:
            await self._go(self._codes[0])

    async def step(self, way: int) -> None:
        """The next shot (1) or the one before (-1), in script order; before the title it begins."""
        codes, phase = self._codes, self.theatre.phase
        if self._at not in codes:
            await self.again()
            return
        at = codes.index(self._at)
        if phase is Phase.OVER:
            at = at if way < 0 else len(codes)
        else:
            at += way
        if at < len(codes):
            await self._go(codes[max(at, 0)])
        else:
            self.theatre.turn_to(Phase.OVER)

    async def choose(self, at: int) -> None:
        """The way of this place, from 0; one that is closed, or not there, does nothing."""
        showing = self.theatre.front.showing
        if self.theatre.phase in (Phase.TITLE, Phase.OVER) or showing is None:
            return
        if at < len(showing.choices) and not showing.choices[at].disabled:
            await self._follow(showing.choices[at].to)

    async def _ended(self, run: int) -> None:
        """A shot's time is up, where it is still the one that runs."""
        showing = self.theatre.front.showing
        if run != self.theatre.run or self.theatre.phase is not Phase.PLAYING or not showing:
            return
        if showing.choices:
            self.theatre.turn_to(Phase.CHOOSING)
        else:
            await self._follow(showing.following)

    async def _follow(self, code: str | None) -> None:
        if code is None:
            self.theatre.turn_to(Phase.OVER)
        else:
            await self._go(code)

    async def _go(self, code: str) -> None:
        """Show a shot from its beginning; a paused page stays paused."""
        self._at = code
        cued = self._coming.showing
        showing = cued if cued and cued.code == code else await self._read(code)
        if showing is None or self._at != code:
            return  # it can't be read, or the person is further on already
        self.theatre.show(showing)
        paused = self.theatre.phase is Phase.PAUSED
        self.theatre.turn_to(Phase.PAUSED if paused else Phase.PLAYING)
        background_tasks.create(self._cue(showing), name="play")

    async def _cue(self, showing: Showing) -> None:
        coming = await self._read(showing.following)
        if coming is not None and self.theatre.front.showing is showing:
            self.theatre.cue(coming)

    async def _again(self, screen: Screen) -> None:
        """What a screen was loaded with is not what it was."""
        before = screen.showing
        fresh = await self._read(before.code) if before else None
        if fresh is not None and screen.showing is before and screen is self._coming:
            screen.load(fresh)

    @property
    def _coming(self) -> Screen:
        """The screen that nobody has seen yet."""
        theatre = self.theatre
        return theatre.front if theatre.phase is Phase.TITLE else theatre.back

    @property
    def _codes(self) -> list[str]:
        return [one.code for one in self._board.shots]

    async def _read(self, code: str | None) -> Showing | None:
        if code is None:
            return None
        playback, user = self._scene.studio.playback, self._scene.user
        structure = self._hub.structure
        try:
            state = await call(playback.state, user, self._board.project, code, structure=structure)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return None
        return showing_of(state)

    async def _key(self, key: str) -> None:
        match key:
            case " ":
                await self.toggle()
            case "ArrowLeft" | "ArrowRight":
                await self.step(1 if key == "ArrowRight" else -1)
            case "Home":
                await self.again()
            case "Escape":
                ui.navigate.to(self._strip)
            case "c" | "C":
                self.theatre.flip_captions()
            case _ if key.isdecimal():
                await self.choose(int(key) - 1)
            case _:
                pass
