"""One person's page: nothing is painted for nobody, and the history is read once for a burst."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from domain.access import OWNER
from domain.story.board import Board
from domain.usecases.overview import Money
from domain.usecases.takes import SlotHistory
from domain.work.views import BoardView, SceneView
from tests.builders import BEGINNING, a_board
from ui.components.notice import Notice
from ui.live import BoardHub
from ui.pages.gallery_fixtures import shot
from ui.pages.strip import StripPage
from ui.shell import Bar, Scene

CODE = "SC010_SH0010"


FREE = Money(
    currency=None,
    spent_micros=0,
    reserved_micros=0,
    uncertain_micros=0,
    unpriced=0,
    cap_micros=None,
)


class Takes:
    """`domain.usecases.takes.TakeHistory` that counts."""

    def __init__(self) -> None:
        self.given: list[Board | None] = []

    def history(self, _user: Any, _slot: str, structure: Board | None = None) -> SlotHistory:
        self.given.append(structure)
        return SlotHistory(
            takes=(),
            submissions=(),
            events=(),
            authored=None,
            adapted=None,
            steps=(),
            provider=None,
            providers=(),
            basis="",
            read_at=BEGINNING,
        )


class Wall:
    """A strip of one shot in a page."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.takes = Takes()
        self.structure = a_board()
        self.view = shot("SH0010", "Mira climbs.", {"state": "empty"}).evolve(
            scene="SC010", code=CODE
        )
        board = BoardView(
            project="film",
            title="A film",
            fps="24",
            aspect="16:9",
            revision=1,
            scenes=(SceneView(id="SC010", title="", location=None, episode=None, duration=24),),
            shots=(self.view,),
            concepts=(),
        )
        studio: Any = SimpleNamespace(
            takes=self.takes,
            providers=SimpleNamespace(lacking=lambda *_: (), may_charge=lambda: False),
            overview=SimpleNamespace(money=lambda *_: FREE),
        )
        self.hub = BoardHub(studio, OWNER, self.structure, board)
        with client.layout:
            live: Any = SimpleNamespace(leave=lambda *_: None)
            scene = Scene(studio=studio, live=live, user=OWNER, notice=Notice(), bar=Bar())
            self.page = StripPage(scene, self.hub)
        self.hub.viewers.add(self.page)

    def change(self) -> None:
        """What the hub does with news of the shot."""
        version = self.view.version + 1
        slots = tuple(one.evolve(version=version) for one in self.view.slots)
        self.view = self.view.evolve(version=version, slots=slots)
        hub: Any = self.hub
        hub._shots[self.view.id] = self.view  # noqa: SLF001
        hub._each(lambda viewer: viewer.paint([self.view], []))  # noqa: SLF001

    def connect(self, *, on: bool) -> None:
        """As NiceGUI notes it."""
        self.client.tab_id = "tab" if on else None
        if on:
            for told in self.client.connect_handlers:
                self.client.safe_invoke(told)

    @property
    def shown(self) -> Any:
        """The version that the card shows."""
        card = self.page._card(CODE)  # noqa: SLF001
        assert card is not None
        return card.element.get("data-version")


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 -- of what it watches nobody tells
            await asyncio.sleep(0.005)


async def test_a_page_is_painted_before_its_line_is_there(client: Any) -> None:
    wall = Wall(client)
    wall.change()
    assert wall.shown == wall.view.version


async def test_a_cut_page_is_not_painted_and_ends_right_when_it_is_back(client: Any) -> None:
    wall = Wall(client)
    wall.connect(on=True)
    wall.change()
    before = wall.shown
    wall.connect(on=False)
    client.outbox.updates.clear()
    wall.change()
    wall.page.sum_up()
    assert wall.shown == before
    assert not client.outbox.updates
    wall.client.tab_id = "tab"
    wall.change()  # it is back, but nobody has told it yet: what it missed must not be lost
    wall.connect(on=True)
    assert wall.shown == wall.view.version == before + 2


async def test_many_changes_of_the_open_shot_are_one_reading_of_its_history(client: Any) -> None:
    wall = Wall(client)
    await wall.page.desk.open(wall.hub.board, wall.view)
    assert wall.takes.given == [wall.structure]
    for _ in range(5):
        wall.change()
        await asyncio.sleep(0)
    await until(lambda: len(wall.takes.given) > 1)
    wall.change()
    await until(lambda: len(wall.takes.given) > 2)
    assert len(wall.takes.given) == 3
