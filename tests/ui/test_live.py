"""The live board: one read for many events, painted for everybody, and nothing left behind."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from nicegui import core

from domain.access import OWNER, User
from domain.errors import NotFound
from domain.events import Event
from domain.story.board import Board
from domain.studio import Studio
from domain.work.job import JobState
from domain.work.views import BoardView, ConceptView, ShotView
from tests.builders import BEGINNING, a_board
from tests.fakes import Diary, RecordingBus
from ui.live import AGAIN_S, FEW, BoardHub, Live
from ui.pages.gallery_fixtures import job, shot


class FakeViewing:
    """`domain.usecases.viewing.Viewing` over views that a test changes."""

    def __init__(self, structure: Board) -> None:
        self.take(structure)
        self.asked: list[set[str]] = []
        self.boards = 0
        self.trouble: list[Exception] = []

    def take(self, structure: Board) -> None:
        self.kept = structure
        self.views = {
            one.id: shot(one.code, one.content, {"id": kept.id}).evolve(id=one.id)
            for one, kept in zip(structure.shots, structure.slots, strict=True)
        }

    def structure(self, _user: User, key: str) -> Board:
        if key != self.kept.project.key:
            raise NotFound(f"There is no production {key!r}.")
        return self.kept

    def board(self, _user: User, _key: str) -> BoardView:
        self.boards += 1
        return self._view(list(self.views.values()))

    def shots(self, _user: User, _structure: Board, owner_ids: Iterable[str]) -> BoardView:
        owners = set(owner_ids)
        self.asked.append(owners)
        if self.trouble:
            raise self.trouble.pop()
        return self._view([view for id_, view in self.views.items() if id_ in owners])

    def change(self, index: int, **facts: Any) -> None:
        """A newer view of a shot's one slot."""
        owner = self.kept.shots[index].id
        view = self.views[owner]
        now = view.slots[0].evolve(version=view.version + 1, **facts)
        self.views[owner] = view.evolve(slots=(now,), version=now.version, state=now.state)

    def _view(self, shots: Sequence[ShotView]) -> BoardView:
        key = self.kept.project.key
        return BoardView(
            project=key,
            title="A film",
            fps="24",
            aspect="16:9",
            revision=1,
            scenes=(),
            shots=tuple(shots),
            concepts=(),
        )


class Wall:
    """A viewer that only remembers."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.painted: list[list[ShotView]] = []
        self.cast: list[ConceptView] = []
        self.arranged: list[BoardView] = []
        self.sums = 0

    def paint(self, shots: Sequence[ShotView], concepts: Sequence[ConceptView]) -> None:
        if self.broken:
            raise RuntimeError("this page is on fire")
        self.painted.append(list(shots))
        self.cast.extend(concepts)

    def arrange(self, board: BoardView) -> None:
        self.arranged.append(board)

    def sum_up(self) -> None:
        self.sums += 1


class Stage:
    """A live board over fakes, somebody who looks at it, and the bell."""

    def __init__(self, shots: int = 3) -> None:
        self.viewing = FakeViewing(a_board(shots))
        self.bus = RecordingBus(Diary())
        self.live = Live(cast(Studio, SimpleNamespace(viewing=self.viewing)), self.bus)
        self.live.start()
        self.key = self.viewing.kept.project.key
        self.wall = Wall()

    async def open(self, *more: Wall) -> BoardHub:
        hub = await self.live.open(OWNER, self.key)
        hub.viewers |= {self.wall, *more}
        await until(lambda: bool(self.wall.arranged))
        return hub

    def ring(self, *indexes: int, **facts: Any) -> None:
        board = self.viewing.kept
        told = {"type": "slot", "project_id": board.project.id, "at": BEGINNING} | facts
        self.bus.publish([Event(slot_id=board.slots[at].id, **told) for at in indexes])


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
    made = Stage()
    yield made
    made.live.stop()


async def until(true: Callable[[], bool], within: float = 5) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 -- of what it watches nobody tells
            await asyncio.sleep(0.005)


async def test_many_events_are_one_read_and_one_painting(stage: Stage) -> None:
    await stage.open()
    stage.viewing.change(0, state="pending")
    stage.viewing.change(2, state="pending")
    stage.ring(0, 2, 0, 2, 0)
    await until(lambda: bool(stage.wall.painted))
    shots = stage.viewing.kept.shots
    assert stage.viewing.asked == [{shots[0].id, shots[2].id}]
    assert [[one.state for one in some] for some in stage.wall.painted] == [["pending"] * 2]


async def test_what_comes_while_it_reads_is_painted_at_the_next_beat(stage: Stage) -> None:
    await stage.open()
    stage.ring(0)
    await until(lambda: bool(stage.viewing.asked))
    stage.viewing.change(1, state="running")
    stage.ring(1)
    await until(lambda: len(stage.wall.painted) == 2)
    assert stage.wall.painted[1][0].state == "running"


async def test_every_viewer_is_painted_though_one_is_broken(stage: Stage) -> None:
    broken, other = Wall(broken=True), Wall()
    await stage.open(broken, other)
    stage.ring(0)
    await until(lambda: bool(stage.wall.painted and other.painted))


async def test_the_sums_come_once_after_the_cards(stage: Stage) -> None:
    await stage.open()
    for _ in range(3):
        stage.ring(0)
        await until(lambda: bool(stage.wall.painted))
    assert stage.wall.sums == 0
    await until(lambda: stage.wall.sums == 1)


async def test_a_crowd_is_told_the_sums_in_turns(stage: Stage) -> None:
    order: list[str] = []

    class Listener(Wall):
        def sum_up(self) -> None:
            super().sum_up()
            order.append("sums")
            if len(order) == 1:
                asyncio.get_running_loop().call_soon(order.append, "something else")

    crowd = [Listener() for _ in range(3 * FEW)]
    await stage.open(*crowd)
    stage.ring(0)
    await until(lambda: all(one.sums for one in crowd))
    assert order.index("something else") <= 2 * FEW
    assert [one.sums for one in crowd] == [1] * len(crowd)


async def test_progress_is_shown_while_it_runs_and_forgotten_when_it_ends(stage: Stage) -> None:
    await stage.open()
    stage.viewing.change(0, state="running", job=job(JobState.RUNNING))
    stage.ring(0, state="running", job_state="running")
    stage.ring(0, type="progress", progress=0.4)
    await until(lambda: told(stage) == 0.4)
    stage.ring(0, type="progress", progress=0.7)
    await until(lambda: told(stage) == 0.7)
    stage.viewing.change(0, state="succeeded", job=job(JobState.SUCCEEDED))
    stage.ring(0, state="succeeded", job_state="succeeded")
    await until(lambda: stage.wall.painted[-1][0].state == "succeeded")
    assert told(stage) is None


async def test_an_edited_script_is_arranged_anew(stage: Stage) -> None:
    await stage.open()
    edited = Event(type="script", project_id=stage.viewing.kept.project.id, at=BEGINNING)
    stage.bus.publish([edited])
    await until(lambda: len(stage.wall.arranged) == 2)


async def test_news_of_another_production_is_not_read(stage: Stage) -> None:
    await stage.open()
    stage.ring(0, project_id="elsewhere")
    stage.ring(1)
    await until(lambda: bool(stage.wall.painted))
    assert stage.viewing.asked == [{stage.viewing.kept.shots[1].id}]


async def test_a_board_is_read_once_for_all_and_left_with_the_last(stage: Stage) -> None:
    hub = await stage.open()
    other = Wall()
    assert await stage.live.open(OWNER, stage.key) is hub
    assert stage.live.at_hand(OWNER, stage.key) is hub
    hub.viewers.add(other)
    read = stage.viewing.boards
    stage.live.leave(hub, other)
    assert stage.live.at_hand(OWNER, stage.key) is hub
    stage.live.leave(hub, stage.wall)
    assert stage.live.at_hand(OWNER, stage.key) is None
    stage.ring(0)
    await asyncio.sleep(0.05)
    assert stage.viewing.asked == []
    assert await stage.live.open(OWNER, stage.key) is not hub
    assert stage.viewing.boards > read


async def test_a_production_that_is_not_there_leaves_no_board(stage: Stage) -> None:
    with pytest.raises(NotFound):
        await stage.live.open(OWNER, "atlantis")
    assert stage.live.at_hand(OWNER, "atlantis") is None


async def test_a_read_that_failed_is_made_again(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.open()
    stage.viewing.trouble.append(OSError("the database is away"))
    stage.viewing.change(0, state="pending")
    stage.ring(0)
    await until(lambda: bool(stage.wall.painted), within=AGAIN_S + 5)
    assert stage.wall.painted[0][0].state == "pending"
    assert "could not be read" in caplog.text


async def test_a_production_that_is_gone_is_not_asked_for_again(stage: Stage) -> None:
    await stage.open()
    stage.viewing.trouble.append(NotFound("There is no such production."))
    stage.ring(0)
    await until(lambda: len(stage.viewing.asked) == 1)
    stage.ring(1)
    await until(lambda: bool(stage.wall.painted))
    assert stage.viewing.asked[1] == {stage.viewing.kept.shots[1].id}


async def test_a_production_that_takes_anothers_address_is_shown_to_who_looks_there(
    stage: Stage,
) -> None:
    """As ``demo --reset`` does: the older one is put aside, then the new one is made."""
    await stage.open()
    old, new = stage.viewing.kept, a_board(2)
    script = Event(project_id=old.project.id, type="script", at=BEGINNING)
    stage.viewing.kept = old.evolve(project=old.project.evolve(key="aside"))
    boards = stage.viewing.boards
    stage.bus.publish([script])
    await until(lambda: stage.live.at_hand(OWNER, stage.key).is_lost)  # type: ignore[union-attr]
    assert stage.viewing.boards == boards
    stage.viewing.take(new.evolve(project=new.project.evolve(key=stage.key)))
    stage.bus.publish([script.evolve(project_id=new.project.id)])
    await until(lambda: len(stage.wall.arranged[-1].shots) == len(new.shots))
    stage.viewing.change(1, state="succeeded")
    stage.ring(1)
    await until(lambda: bool(stage.wall.painted))
    assert stage.wall.painted[0][0].id == new.shots[1].id


async def test_one_viewer_that_comes_late_finds_the_newest(stage: Stage) -> None:
    hub = await stage.open()
    stage.viewing.change(1, state="succeeded")
    stage.ring(1)
    await until(lambda: bool(stage.wall.painted))
    assert hub.board.shots[1].state == "succeeded"


def told(stage: Stage) -> float | None:
    brief = stage.wall.painted[-1][0].slots[0].job if stage.wall.painted else None
    return brief.progress if brief else None
