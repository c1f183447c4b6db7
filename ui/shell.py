"""The shell of every page: the bar, the one notice, and the pages inside, without reload."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from nicegui import ui
from nicegui.elements.sub_pages import SubPages
from nicegui.page_arguments import RouteMatch
from starlette.requests import Request

from domain.access import User
from domain.errors import NotFound, StudioError
from domain.studio import Studio
from ui.components.node import Node, boundary
from ui.components.notice import Notice
from ui.components.zone import Zone
from ui.live import Live
from ui.session.user import current_user


@dataclass(frozen=True, slots=True)
class Scene:
    """What a page is given: the use cases, the live boards, who looks, and the shell's parts."""

    studio: Studio
    live: Live
    user: User
    notice: Notice
    bar: "Bar"
    zone: Zone = field(default_factory=Zone)


class Bar:
    """Brand, the production's places, and what is the same everywhere."""

    def __init__(self) -> None:
        self._project: str | None = None
        with boundary(), Node("header", "bar"):
            Node("a", "brand", text="Framewright", href="/")
            self._nav = Node("nav", "nav", aria_label="Production")
            with Node("div", "right"):
                self._link("Jobs", "/jobs")
                self._link("Providers", "/providers")
                self._link("Trash", "/trash")
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
                    self._link("Strip", address("p", project))
                    self._link("Play", address("p", project, "play"))
                    self._link("Script", address("p", project, "script"))
        for link in self._nav:
            assert isinstance(link, Node)
            link.patch(aria_current="page" if link.text == here else None)

    def _link(self, name: str, where: str) -> None:
        """NiceGUI follows it without a reload, and leaves Ctrl and the middle button alone."""
        Node("a", text=name, href=where)

    def _flip(self) -> None:
        self._dark.value = not self._dark.value


Page = Callable[..., Any]


class Places(SubPages):
    """What an address shows, without reload. Names in an address are quoted."""

    scrolls = True

    def _handle_scrolling(self, match: RouteMatch, *, behavior: str) -> None:
        """NiceGUI goes to the top at every address; here only a page that is new does."""
        if self.scrolls and behavior == "instant":
            super()._handle_scrolling(match, behavior=behavior)

    def _show(self) -> None:
        super()._show()
        if self._match is not None:
            # NiceGUI forgets it where the same page is shown again: what is built within that
            # page a little later would take the whole address for its own part of it.
            self._rendered_path = f"{self._root_path or ''}{self._match.path}"

    @staticmethod
    def _match_path(pattern: str, path: str) -> dict[str, str] | None:
        found = SubPages._match_path(pattern, path)  # noqa: SLF001 - its own subclass
        return found and {name: unquote(value) for name, value in found.items()}


class Inside(Places):
    """What an address opens within a page, which stays where it is."""

    scrolls = False


def address(*names: str) -> str:
    """A path of these names, each quoted."""
    return "".join(f"/{quote(name, safe='')}" for name in names)


def build_shell(studio: Studio, live: Live, request: Request, routes: dict[str, Page]) -> None:
    """Called for each page load; ``routes`` maps a path to a page that takes a Scene first."""
    user = current_user(request)
    ui.page_title("Framewright")
    bar = Bar()
    zone = Zone()
    ui.context.client.on_connect(zone.ask)
    scene = Scene(studio=studio, live=live, user=user, notice=Notice(), bar=bar, zone=zone)
    content = Node("div", "content")
    ui.skip_link("Skip to the strip", target=content)
    with content:
        Places(dict(routes), data={"scene": scene}, show_404=False)


def told(error: StudioError) -> None:
    """What a page shows where it can't show what was asked for."""
    with Node("section", "head"):
        Node("p", "sub", text="404" if isinstance(error, NotFound) else "It did not work")
        Node("h1", text="Not here" if isinstance(error, NotFound) else "Sorry")
        Node("p", text=error.message)
        Node("a", "btn", text="To the productions", href="/")
