"""``/trash``: what was deleted, what comes back with it, and the way to be rid of it for good."""

from nicegui import ui

from domain.access import Right
from domain.errors import StudioError
from domain.work.trash import TrashEntry, sentence
from ui.call import call
from ui.components.confirm import Confirm
from ui.components.node import Node, boundary
from ui.pages.deleting import ask_and_delete, undoing
from ui.shell import Scene

AT_ONCE = 100
KINDS = {"take": "Take", "media": "Media", "project": "Production"}


async def trash(scene: Scene) -> None:
    scene.bar.place(None)
    ui.page_title("Trash · Framewright")
    page = TrashPage(scene)
    await page.show()


class TrashPage:
    """Newest first; a further page is fetched by its button."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._confirm = Confirm()
        with Node("section", "head"):
            self._sub = Node("p", "sub")
            Node("h1", text="Trash")
        with boundary():
            self._list = Node("section", "entries", role="list", aria_label="Deleted")
        self._more = Node("button", "btn more", text="Show more", type="button", hidden=True)
        self._more.on("click", self._older, args=[])
        self._shown: list[TrashEntry] = []

    async def show(self) -> None:
        """All that was shown, read anew."""
        self._shown = []
        self._list.clear()
        await self._older()

    async def _older(self) -> None:
        before = self._shown[-1].id if self._shown else None
        try:
            found = await call(
                self._scene.studio.trashing.listing,
                self._scene.user,
                before=before,
                limit=AT_ONCE + 1,
            )
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        page = found[:AT_ONCE]
        self._shown += page
        with self._list:
            for entry in page:
                self._row(entry)
        self._more.patch(hidden=None if len(found) > AT_ONCE else True)
        count = len(self._shown)
        self._sub.patch(text=f"{count} kept" if count else "Nothing was deleted")

    def _row(self, entry: TrashEntry) -> None:
        with Node("article", "entry", role="listitem", data_trash=entry.id):
            Node("b", text=entry.title)
            Node("span", text=f"{KINDS[entry.kind]} · {sentence(entry.impact)}")
            Node("span", "num", text=f"{entry.created_at:%Y-%m-%d %H:%M} UTC · {entry.actor}")
            if self._scene.user.may(Right.DELETE):
                back = Node("button", "btn", text="Undo", type="button")
                back.patch(aria_label=f"Undo: bring back {entry.title}")
                back.on("click", undoing(self._scene, entry.id, entry.title, self.show), args=[])
                gone = Node("button", "btn plain", text="Delete", type="button")
                gone.patch(aria_label=f"Delete {entry.title} for good")

                async def purge() -> None:
                    await ask_and_delete(
                        self._scene,
                        self._confirm,
                        self._scene.studio.trashing.purge,
                        entry.id,
                        title=entry.title,
                        done=self.show,
                        for_good=True,
                    )

                gone.on("click", purge, args=[])
