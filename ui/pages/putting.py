"""*Put into script*: what was asked for a take becomes what the script asks for."""

from collections.abc import Callable
from functools import partial
from typing import Any

from domain.errors import StudioError
from domain.usecases.scripts import Edited
from ui.call import call
from ui.components.putting import PutModel, PutSheet
from ui.pages import writing
from ui.shell import Scene

Put = Callable[..., Edited]


class Putting:
    """Shown line by line before it is done; undone by restoring the revision before."""

    def __init__(self, scene: Scene, project: str) -> None:
        self._scene = scene
        self._project = project
        self._put: Put | None = None
        self._sheet = PutSheet(on_go=self._go)

    async def words(self, slot_id: str, asked: dict[str, Any]) -> None:
        """What a form asks for, field by field of the adapted spec."""
        await self._offer(partial(self._scene.studio.scripts.put, self._scene.user, slot_id, asked))

    async def take(self, take_id: str) -> None:
        """What a take was made from."""
        await self._offer(partial(self._scene.studio.scripts.put_take, self._scene.user, take_id))

    async def _offer(self, put: Put) -> None:
        try:
            seen = await call(put, preview=True)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        self._put = partial(put, revision=seen.imported.project.revision)
        self._sheet.open(
            PutModel(
                sentence="Nothing is made; a take made so is what the script asks for then.",
                lines=writing.difference(seen.before, seen.after),
                effects=writing.effects(seen.imported),
            )
        )

    async def _go(self) -> None:
        put, self._put = self._put, None
        self._sheet.close()
        if put is None:
            return
        try:
            done = await call(put)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        revision = done.imported.project.revision
        self._scene.notice.say(
            f"In the script, as revision {revision}.", undo=lambda: self._back(revision)
        )

    async def _back(self, revision: int) -> None:
        scripts, user = self._scene.studio.scripts, self._scene.user
        try:
            await call(scripts.restore, user, self._project, revision - 1, now=revision)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        self._scene.notice.say("The script is as it was.")
