"""``/``: the productions of this house, each with what is made and what is wrong."""

from urllib.parse import unquote

from nicegui import PageArguments, ui

from domain.errors import NotFound
from domain.usecases.overview import Glance
from ui.call import call
from ui.components.node import Node, boundary
from ui.components.timecode import running_time
from ui.shell import Scene, address, told

TOLD = {
    "failed": "failed",
    "blocked": "blocked",
    "running": "running",
    "pending": "pending",
    "succeeded": "done",
    "empty": "empty",
}
"""States in the order of urgency, and the flag each wears."""
FIRST_STEPS = (
    ("make run", "loads the demo production, with no key and no account"),
    ("python main.py build SCRIPT.yaml", "compiles a script of yours and makes its media"),
)


async def productions(scene: Scene, where: PageArguments) -> None:
    scene.bar.place(None)
    if where.remaining_path:
        told(NotFound(f"There is no page /{unquote(where.remaining_path).lstrip('/')}."))
        return
    ui.page_title("Productions · Framewright")
    found = await call(scene.studio.overview.listing, scene.user)
    with Node("section", "head"):
        count = len(found)
        words = f"{count} production{'' if count == 1 else 's'}"
        Node("p", "sub", text=words if found else "None here yet")
        Node("h1", text="Productions")
    with boundary(), Node("section", "productions"):
        for glance in found:
            _production(glance)
        if not found:
            for command, what in FIRST_STEPS:
                with Node("p", "production"):
                    Node("b", "num", text=command)
                    Node("span", text=what)


def _production(glance: Glance) -> None:
    project = glance.project
    path = address("p", project.key)
    with Node("a", "production", href=path):
        Node("b", text=project.header.title)
        length = running_time(glance.frames, project.header.fps)
        Node("span", text=f"{glance.shots} shots · {length}")
        with Node("div", "minis"):
            for state, flag in TOLD.items():
                number = glance.shot_counts.get(state, 0)  # type: ignore[call-overload]
                if number:
                    mini = Node("span", "mini", text=str(number), data_flag=flag, role="img")
                    mini.patch(aria_label=f"{number} {state}", title=state)
