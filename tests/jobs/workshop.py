"""A whole house without page and threads: real use cases, SQLite, store and inspector."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self
from uuid import uuid4

from domain.access import OWNER
from domain.studio import Studio
from domain.usecases.base import Tools
from domain.usecases.fulfilment import Fulfilment
from domain.usecases.signing_in import Tokens
from domain.work.provider import Provider
from domain.work.views import SlotView
from jobs.forge import Keys, Registry
from storage.blobs import FileStore
from storage.clock import SystemClock
from storage.database import open_engine
from storage.inspector import Inspector
from storage.migration import prepare
from storage.unit_of_work import SqlWorks
from tests.fakes import Diary, RecordingBus, RecordingDispatcher


class Workshop:
    """Makes a script's media when told to, with just these providers; use in ``with``."""

    def __init__(
        self, folder: Path, providers: Sequence[Provider], *, keyring: Keys | None = None
    ) -> None:
        self._engine = open_engine(f"sqlite:///{folder / 'work.db'}", durability="relaxed")
        prepare(self._engine, backup_dir=None)
        self.diary = Diary()
        self._inspector = Inspector()
        self.store = FileStore(folder / "media")
        clock, self.bus = SystemClock(), RecordingBus(self.diary)
        dispatcher = RecordingDispatcher(self.diary)
        self.works = SqlWorks(self._engine, clock=clock, dispatcher=dispatcher, bus=self.bus)
        tools = Tools(
            works=self.works,
            forge=Registry(providers, keyring=keyring),
            store=self.store,
            inspector=self._inspector,
            bus=self.bus,
            clock=clock,
            new_id=lambda: uuid4().hex,
            key=b"k" * 32,
        )
        self.studio = Studio.over(tools, Tokens(owner="a", door="b"), demo=b"")
        self._fulfilment = Fulfilment(tools, owner="workshop")

    def __enter__(self) -> Self:
        self._fulfilment.begin(alone=True)
        return self

    def __exit__(self, *_error: object) -> None:
        self._inspector.close()
        self._engine.dispose()

    def make(self, script: str, key: str) -> dict[str, SlotView]:
        """All media of a new production, by ``owner/media_id``, once nothing is left to do."""
        self.studio.productions.create(OWNER, script.encode(), key=key)
        self.studio.generation.generate(OWNER, key)
        self.settle()
        return self.slots(key)

    def step(self, job_id: str) -> None:
        """Follow one hint."""
        self._fulfilment.fulfil(job_id)

    def settle(self) -> None:
        """Follow every hint, those included that come of it."""
        for job_id, _ in self.diary.hints:
            self._fulfilment.fulfil(job_id)
        self.diary.hints.clear()

    def slots(self, key: str) -> dict[str, SlotView]:
        board = self.studio.viewing.board(OWNER, key)
        return {
            f"{slot.owner}/{slot.media_id}": slot
            for slots in (
                *(one.slots for one in board.shots),
                *(one.slots for one in board.concepts),
            )
            for slot in slots
        }
