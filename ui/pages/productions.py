"""``/``: the productions of this house."""

from nicegui import ui

from ui.call import call
from ui.components.node import Node, boundary
from ui.shell import Scene


async def productions(scene: Scene) -> None:
    scene.bar.place(None)
    ui.page_title("Productions · Framewright")
    found = await call(scene.studio.productions.listing, scene.user)
    with Node("section", "head"):
        Node("p", "sub", text=f"{len(found)} here" if found else "None here yet")
        Node("h1", text="Productions")
    with boundary(), Node("main", "productions"):
        for project in found:
            address = f"/p/{project.key}"
            link = Node("a", "production", href=address)
            link.on("click.prevent", lambda address=address: ui.navigate.to(address), args=[])
            with link:
                Node("b", text=project.header.title)
                Node("span", "num", text=project.key)
