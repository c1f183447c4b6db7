"""Following a production: every event once, in order, from a place on; the bus is the doorbell."""

from collections.abc import Callable, Sequence

from domain.access import Right, User
from domain.entity import Entity
from domain.events import Event
from domain.usecases.base import Tools, find_project

PAGE = 500
"""How many events one look takes."""


class Place(Entity):
    """Where a reader of a production stands: it has everything up to ``seq``."""

    project_id: str
    seq: int


class Following:
    """Reads; never changes anything."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def begin(self, user: User, key: str, last: int | None = None) -> Place:
        """Now, or after event ``last``; a place in the future is now."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            project = find_project(work, key)
            # Its own last one: a number is taken before it is committed, so that another
            # project's may be greater than one of this project that is still to come.
            now = work.events.last_seq(project.id)
            return Place(project_id=project.id, seq=now if last is None else min(last, now))

    def after(self, user: User, place: Place) -> Sequence[Event]:
        """The next events, at most ``PAGE``."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return work.events.after(place.seq, project_id=place.project_id, limit=PAGE)

    def listen(self, ring: Callable[[Sequence[Event]], None]) -> Callable[[], None]:
        """Call ``ring`` on a thread of the bus at every change; returns what ends it."""
        return self._tools.bus.subscribe(ring)
