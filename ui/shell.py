"""The shell of every page: the bar, the one notice, and the pages inside, without reload."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui
from starlette.requests import Request

from domain.access import OWNER, User
from domain.errors import NotFound, StudioError
from domain.studio import Studio
from ui.components.node import Node, boundary
from ui.components.notice import Notice
from ui.live import Live


@dataclass(frozen=True, slots=True)
class Scene:
    """What a page is given: the use cases, the live boards, who looks, and the shell's parts."""

    studio: Studio
    live: Live
    user: User
    notice: Notice
    bar: "Bar"


class Bar:
    """Brand, the production's places, and what is the same everywhere."""

    def __init__(self) -> None:
        self._project: str | None = None
        with boundary(), Node("header", "bar"):
            Node("a", "brand", text="Framewright", href="/").on(
                "click.prevent", lambda: ui.navigate.to("/"), args=[]
            )
            self._nav = Node("nav", "nav", aria_label="Production")
            with Node("div", "right"):
                theme = Node("button", "btn sq plain", type="button", data_icon="theme")
                theme.patch(aria_label="Light or dark")
        self._dark = ui.dark_mode(None)
        theme.on("click", self._flip, args=[])

    def place(self, project: str | None, here: str = "") -> None:
        """Which production is open, and which of its places."""
        if project != self._project:
            self._project = project
            self._nav.clear()
            if project is not None:
                with self._nav:
                    self._link("Strip", f"/p/{project}")
                    self._link("Script", f"/p/{project}/script")
        for link in self._nav:
            assert isinstance(link, Node)
            link.patch(aria_current="page" if link.text == here else None)

    def _link(self, name: str, address: str) -> None:
        link = Node("a", text=name, href=address)
        link.on("click.prevent", lambda: ui.navigate.to(address), args=[])

    def _flip(self) -> None:
        self._dark.value = not self._dark.value


Page = Callable[..., Any]


def build_shell(studio: Studio, live: Live, request: Request, routes: dict[str, Page]) -> None:
    """Called for each page load; ``routes`` maps a path to a page that takes a Scene first."""
    user = request.scope.get("state", {}).get("user", OWNER)
    ui.page_title("Framewright")
    bar = Bar()
    scene = Scene(studio=studio, live=live, user=user, notice=Notice(), bar=bar)
    content = Node("div", "content")
    ui.skip_link("Skip to the strip", target=content)
    with content:
        ui.sub_pages(dict(routes), data={"scene": scene}, show_404=False)


def told(error: StudioError) -> None:
    """What a page shows where it can't show what was asked for."""
    with Node("section", "head"):
        Node("p", "sub", text="404" if isinstance(error, NotFound) else "It did not work")
        Node("h1", text="Not here" if isinstance(error, NotFound) else "Sorry")
        Node("p", text=error.message)
