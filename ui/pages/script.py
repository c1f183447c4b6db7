"""``/p/{project}/script``: the script as it is written."""

from nicegui import ui

from domain.errors import StudioError
from ui.call import call
from ui.components.node import Node
from ui.shell import Scene, told


async def script(scene: Scene, project: str) -> None:
    try:
        text = await call(scene.studio.productions.text, scene.user, project)
    except StudioError as error:
        scene.bar.place(None)
        told(error)
        return
    scene.bar.place(project, "Script")
    ui.page_title(f"{project}, script · Framewright")
    with Node("section", "head"):
        Node("p", "sub", text="As it is written")
        Node("h1", text="Script")
    Node("pre", "source", text=text)
