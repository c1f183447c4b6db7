"""Pausing: a production or a provider begins nothing more; what has begun goes on to its end."""

from domain.access import Right, User
from domain.errors import NotFound
from domain.events import Event
from domain.ports import UnitOfWork
from domain.story.board import Project
from domain.usecases.base import Tools, find_project


class Pausing:
    """Queued jobs stay queued meanwhile, also those that are asked for during a pause."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def production(self, user: User, key: str, *, paused: bool) -> Project:
        """Pause or resume a production; nothing happens where it is so already."""
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            project = find_project(work, key)
            if project.paused == paused:
                return project
            work.boards.pause(project.id, paused=paused)
            self._tell(work, project.id, "paused" if paused else "resumed", user)
            if not paused:
                work.jobs.hint_waiting()
            work.commit()
            return project.evolve(paused=paused)

    def provider(self, user: User, name: str, *, paused: bool) -> None:
        """Pause or resume a provider for all productions. Raises NotFound for a stranger."""
        user.require(Right.CONFIGURE)
        if self._tools.forge.provider(name) is None:
            raise NotFound(f"There is no provider {name!r}.")
        action = "provider_paused" if paused else "provider_resumed"
        with self._tools.works(actor=user.name) as work:
            if (name in work.jobs.paused_providers()) == paused:
                return
            for project_id in work.jobs.pause_provider(name, paused=paused):
                self._tell(work, project_id, action, user)
            if not paused:
                work.jobs.hint_waiting()
            work.commit()

    def _tell(self, work: UnitOfWork, project_id: str, action: str, user: User) -> None:
        at = self._tools.clock.now()
        event = Event(project_id=project_id, type="project", action=action, actor=user.name, at=at)
        work.events.add(event)
