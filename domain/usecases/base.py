"""What use cases are given: the ports, in one frozen object."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.errors import NotFound
from domain.media.registry import OnIndex
from domain.ports import Clock, EventBus, Forge, MediaInspector, MediaStore, UnitOfWork, Works
from domain.story.board import Project
from domain.usecases.asking import Asking
from domain.usecases.dependents import Dependents
from domain.usecases.registering import Registrar


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports a use case may need; made once, in main."""

    works: Works
    forge: Forge
    store: MediaStore
    inspector: MediaInspector
    bus: EventBus
    clock: Clock
    new_id: Callable[[], str]
    key: bytes
    """Signs media addresses and sessions."""
    base_url: str = ""
    on_index: tuple[OnIndex, ...] = ()
    """Hooks that see each tag before it is registered, in this order."""

    def asking(self, work: UnitOfWork) -> Asking:
        return Asking(
            work, forge=self.forge, store=self.store, clock=self.clock, new_id=self.new_id
        )

    def dependents(self, work: UnitOfWork) -> Dependents:
        return Dependents(work, self.asking(work))

    def registrar(self) -> Registrar:
        return Registrar(
            store=self.store,
            inspector=self.inspector,
            clock=self.clock,
            new_id=self.new_id,
            on_index=self.on_index,
        )


def find_project(work: UnitOfWork, key: str) -> Project:
    """The production with this script id; raises NotFound."""
    project = work.boards.find(key)
    if project is None:
        raise NotFound(f"There is no production {key!r}.")
    return project
