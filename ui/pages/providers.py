"""``/providers``: who makes media here, whether each can be asked now, and what it lacks."""

from nicegui import ui

from domain.access import Right
from domain.errors import StudioError
from domain.usecases.providers import ProviderView
from domain.work.blocking import WORDS
from ui.call import call
from ui.components.node import Node, boundary
from ui.shell import Scene


async def providers(scene: Scene) -> None:
    scene.bar.place(None)
    ui.page_title("Providers · Framewright")
    page = Node("div")
    await _show(scene, page)


async def _show(scene: Scene, page: Node) -> None:
    found = await call(scene.studio.providers.listing, scene.user)
    ready = sum(one.state == "ready" for one in found)
    page.clear()
    with page:
        with Node("section", "head"):
            Node("p", "sub", text=f"{ready} of {len(found)} ready")
            Node("h1", text="Providers")
        with boundary(), Node("section", "productions"):
            for one in found:
                _provider(scene, page, one)


def _provider(scene: Scene, page: Node, one: ProviderView) -> None:
    with Node("article", "production", data_provider=one.name, aria_label=one.name):
        Node("b", text=one.name)
        Node("span", text=f"{one.kind} · makes {', '.join(one.makes)}")
        with Node("div", "minis"):
            flag = "done" if one.state == "ready" else "blocked"
            Node("span", "mini", text="Ready" if flag == "done" else "Blocked", data_flag=flag)
            if one.paused:
                Node("span", "mini", text="Paused", data_flag="paused")
        if one.state != "ready":
            Node("span", text=one.detail or (WORDS[one.reason] if one.reason else ""))
        if scene.user.may(Right.CONFIGURE):
            word = "Resume" if one.paused else "Pause"
            button = Node("button", "btn", text=word, type="button")
            button.patch(aria_label=f"{word} {one.name}")

            async def flip() -> None:
                button.patch(aria_busy="true")
                try:
                    await call(
                        scene.studio.pausing.provider, scene.user, one.name, paused=not one.paused
                    )
                except StudioError as error:
                    scene.notice.alert(error.message)
                await _show(scene, page)

            button.on("click", flip, args=[])
