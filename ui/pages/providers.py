"""``/providers``: who makes media here, whether each can be asked now, and what it lacks."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain.access import Right
from domain.errors import StudioError
from domain.usecases.providers import ProviderView
from ui.call import call
from ui.components.maker import Maker
from ui.components.node import Node, boundary
from ui.shell import Scene


async def providers(scene: Scene) -> None:
    scene.bar.place(None)
    ui.page_title("Providers · Framewright")
    await ProvidersPage(scene).show()


class ProvidersPage:
    """Shown anew after everything that is done on it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._page = Node("div")

    async def show(self) -> None:
        studio, user = self._scene.studio, self._scene.user
        found = await call(studio.providers.listing, user)
        ready = sum(one.state == "ready" for one in found)
        self._page.clear()
        with self._page:
            with Node("section", "head"):
                Node("p", "sub", text=f"{ready} of {len(found)} ready")
                Node("h1", text="Providers")
            with boundary(), Node("section", "productions"):
                for one in found:
                    self._provider(one)

    def _provider(self, one: ProviderView) -> None:
        user = self._scene.user
        if not user.may(Right.CONFIGURE):
            Maker(one)
            return
        Maker(
            one,
            on_test=partial(self._test, one),
            on_pause=partial(self._pause, one),
            on_key=partial(self._give_key, one) if user.local else None,
            on_forget=partial(self._forget_key, one) if user.local else None,
        )

    async def _test(self, one: ProviderView) -> None:
        studio, user = self._scene.studio, self._scene.user
        found = await self._do(lambda: call(studio.providers.probe, user, one.name))
        if found is not None and found.probe is not None:
            told = found.probe.detail if found.probe.reason else "answers, and would take work."
            self._scene.notice.say(f"{one.name}: {told}")

    async def _pause(self, one: ProviderView) -> None:
        pausing, user = self._scene.studio.pausing, self._scene.user
        await self._do(lambda: call(pausing.provider, user, one.name, paused=not one.paused))

    async def _give_key(self, one: ProviderView, key: str) -> None:
        """Kept, then tried at once: a wrong one is told before anything waits for it."""
        studio, user = self._scene.studio, self._scene.user
        if await self._do(lambda: call(studio.providers.give_key, user, one.name, key)) is not None:
            await self._test(one)

    async def _forget_key(self, one: ProviderView) -> None:
        studio, user = self._scene.studio, self._scene.user
        await self._do(lambda: call(studio.providers.give_key, user, one.name, None))

    async def _do(self, act: Callable[[], Awaitable[Any]]) -> Any:
        """What it gives; None, and said why, where it could not be done."""
        found = None
        try:
            found = await act()
        except StudioError as error:
            self._scene.notice.alert(error.message)
        await self.show()
        return found
