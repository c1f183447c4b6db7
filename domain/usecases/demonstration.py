"""The demo production: loaded once, and its looks approved as they arrive.

Its gate shows what gates are for. A look is approved here, by the name ``demo``, as long as the
production's script is the shipped one and nobody has said anything of that look; a concept that
says ``approval: yours`` is left to the person at the screen.
"""

import re
from collections.abc import Callable, Sequence

from domain.access import Right, Role, User
from domain.entity import Entity
from domain.events import Event
from domain.ports import UnitOfWork
from domain.story.board import Board, Project, Slot
from domain.story.compiler import compile_script
from domain.usecases.asking import Asked
from domain.usecases.base import Tools, find_project
from domain.usecases.generation import Generation
from domain.usecases.productions import Productions
from domain.usecases.review import Reviewing
from domain.work.take import Review, Take

LOADER = User(name="demo", role=Role.ARTIST)
YOURS = "yours"


class Loaded(Entity):
    """What loading did. ``kept``: the key under which an older one was put aside."""

    project: Project
    created: bool
    asked: Asked = Asked()
    kept: str | None = None


class Demonstration:
    """Loads the demo production and looks after it."""

    def __init__(self, tools: Tools, script: bytes) -> None:
        self._tools = tools
        self._script = script
        self._key = compile_script(script).script.key

    def load(self, user: User, *, reset: bool = False) -> Loaded:
        """Make it if it is absent, and ask once for its media.

        With ``reset`` a fresh one takes its place; the older one keeps everything it has, under
        another key.
        """
        user.require(Right.WRITE)
        kept = self._put_aside(user) if reset else None
        with self._tools.works(reading=True) as work:
            absent = work.boards.find(self._key) is None
        if absent:
            Productions(self._tools).create(user, self._script)
        with self._tools.works(reading=True) as work:
            board = work.boards.load(find_project(work, self._key).id)
        # Not asked yet: just made, or an earlier loader was stopped between the two.
        fresh = all(slot.state == "empty" for slot in board.slots)
        asked = Generation(self._tools).generate(user, self._key) if fresh else Asked()
        return Loaded(project=board.project, created=absent, asked=asked, kept=kept)

    def attend(self) -> Callable[[], None]:
        """Approve what has arrived, and from now on whatever arrives; returns what ends it."""

        def ring(events: Sequence[Event]) -> None:
            # A concept's slot has no shot; all else is no look.
            if any(one.action in ("succeeded", "reuse") and one.shot is None for one in events):
                self.approve()

        end = self._tools.bus.subscribe(ring)
        self.approve()
        return end

    def approve(self) -> int:
        """Approve the looks nobody has looked at yet; returns how many there were."""
        with self._tools.works(reading=True) as work:
            new = [take.id for take in self._new_looks(work)]
        for take_id in new:
            Reviewing(self._tools).review(LOADER, take_id, Review.APPROVED)
        return len(new)

    def _new_looks(self, work: UnitOfWork) -> list[Take]:
        project = work.boards.find(self._key)
        if project is None or work.boards.text(project.id) != self._script.decode():
            return []
        looks = [slot.id for slot in _looks(work.boards.load(project.id))]
        return [
            take
            for take in work.takes.of_slots(looks)
            if take.number == 1 and take.review is Review.TODO and not take.review_basis
        ]

    def _put_aside(self, user: User) -> str | None:
        with self._tools.works(actor=user.name) as work:
            project = work.boards.find(self._key)
            if project is None:
                return None
            taken = {one.key for one in work.boards.projects()}
            numbers = range(1, len(taken) + 2)
            key = next(one for n in numbers if (one := f"{self._key}-{n}") not in taken)
            for job in {job.id for _, job in work.jobs.active_of_project(project.id)}:
                work.jobs.request_cancel(job)
            before = work.boards.load(project.id)
            aside = project.evolve(key=key, revision=project.revision + 1)
            text = _named(work.boards.text(project.id), key)
            work.boards.save(before, before.evolve(project=aside), text)
            # Whoever looks at its address is shown the one that comes to have it.
            work.events.add(
                Event(
                    project_id=aside.id,
                    type="script",
                    action="put_aside",
                    actor=user.name,
                    version=aside.revision,
                    at=self._tools.clock.now(),
                )
            )
            work.commit()
            return key


def _looks(board: Board) -> list[Slot]:
    """The looks that are approved here."""
    ours = {one.id for one in board.concepts if one.attributes.get("approval") != YOURS}
    return [slot for slot in board.slots if slot.role == "concept_image" and slot.owner_id in ours]


def _named(text: str, key: str) -> str:
    """The script under another project id, which its first ``id`` is."""
    return re.sub(r"(?m)^(\s*id:\s*)\S+", rf"\g<1>{key}", text, count=1)
