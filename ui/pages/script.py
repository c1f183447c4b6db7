"""``/p/{project}/script``: the script, to be written; what saving would do is told before."""

import asyncio
from collections.abc import Sequence

from nicegui import background_tasks, ui

from domain.access import Right
from domain.errors import Conflict, ScriptRefused, StudioError
from domain.story.board import Project
from domain.story.diagnostics import Diagnostic
from domain.usecases.productions import Imported
from domain.work.views import BoardView, ConceptView, ShotView
from ui.call import call
from ui.components.byline import Byline
from ui.components.editor import Editor
from ui.components.margin import Findings, Meanwhile, Outcome, Revisions
from ui.components.node import Node, boundary
from ui.live import BoardHub
from ui.pages import writing
from ui.pages.draft import Draft
from ui.shell import Scene, told

REST_S = 0.4
"""How long a hand rests before what it wrote is looked at."""
LISTED = 50
GUARD = """
window.onbeforeunload = (e) => document.querySelector('[data-unsaved]') && e.preventDefault();
document.onkeydown = (e) => {
  const save = document.querySelector('[data-save]');
  if (!save || e.key !== 's' || !(e.ctrlKey || e.metaKey) || e.defaultPrevented) return;
  e.preventDefault();
  save.click();
};
"""
"""Ask before a tab with unsaved words is closed; Ctrl+S saves wherever the focus is."""


async def script(scene: Scene, project: str) -> None:
    try:
        hub = await scene.live.open(scene.user, project)
        there, text = await call(scene.studio.scripts.read, scene.user, project)
    except StudioError as error:
        scene.bar.place(None)
        told(error)
        return
    page = ScriptPage(scene, hub, there, text)
    hub.viewers.add(page)
    page.element.client.on_delete(page.leave)
    await page.start()


class ScriptPage:
    """One person's hand at a script; a `ui.live.Viewer`."""

    def __init__(self, scene: Scene, hub: BoardHub, project: Project, text: str) -> None:
        self._scene = scene
        self._hub = hub
        self._key = project.key
        self._draft = Draft(project.key, project.revision, text)
        self._rest: asyncio.TimerHandle | None = None
        self._may_write = scene.user.may(Right.WRITE)
        self._has_errors = False
        scene.bar.place(self._key, "Script")
        ui.page_title(f"{project.header.title}, script · Framewright")
        with Node("section", "writing") as self.element:
            self._byline = Byline(
                project.header.title,
                on_save=self.save,
                on_discard=self._discard,
                locked=not self._may_write,
            )
            with Node("div", "desk"):
                self._editor = Editor(
                    text, on_change=self._written, on_save=self.save, locked=not self._may_write
                )
                with boundary(), Node("aside", "margin", aria_label="About this script"):
                    self._meanwhile = Meanwhile(on_mine=self._mine, on_theirs=self._take_theirs)
                    self._outcome = Outcome()
                    self._findings = Findings(self._editor.go)
                    self._revisions = Revisions(self._restore if self._may_write else None)
        self._name()

    # what the hub calls

    def paint(self, _shots: Sequence[ShotView], _concepts: Sequence[ConceptView]) -> None:
        """Nothing of this page tells of takes."""
        if self.element.is_deleted:
            self.leave()

    def sum_up(self) -> None:
        """Nothing of this page is counted over the board."""

    def arrange(self, board: BoardView) -> None:
        if self.element.is_deleted:
            self.leave()
        elif board.revision != self._draft.revision:
            background_tasks.create(self._look_again(), name="script")

    def leave(self) -> None:
        self._scene.live.leave(self._hub, self)

    # what people do

    async def start(self) -> None:
        """What is asked once the page is there; a text that was left unsaved comes back."""
        await self.element.client.connected()
        ui.run_javascript(GUARD)
        self._editor.label()
        left = self._draft.left() if self._may_write else None
        if left is not None:
            revision, text = left
            self._editor.fill(text)
            self._name()
            self._scene.notice.say("What you wrote and did not save is here again.")
            if revision != self._draft.revision:
                self._show_theirs(self._draft.revision, self._draft.base)
        await self._examine()
        await self._list()

    async def save(self) -> None:
        """Save what the browser shows, or say why it can't be."""
        if self._byline.is_busy or not self._may_write:
            return
        self._byline.busy(on=True)
        try:
            text = await self._editor.read()
            if text != self._draft.base:
                await self._keep(text)
        except StudioError as error:
            self._scene.notice.alert(f"Not saved. {error.message}")
        except TimeoutError:
            self._scene.notice.alert("Not saved. The line is cut.")
        finally:
            self._byline.busy(on=False)
            self._name()

    async def _keep(self, text: str) -> None:
        before, user = self._draft.revision, self._scene.user
        change = self._scene.studio.productions.change
        try:
            done = await call(change, user, self._key, text.encode(), revision=before)
        except Conflict as error:
            if error.code != "stale_revision":
                raise
            await self._look_again()
            return
        except ScriptRefused as error:
            self._tell(error.diagnostics)
            raise
        await self._saved(done, text, before, f"Saved as revision {done.project.revision}.")

    async def _restore(self, revision: int) -> None:
        before, user = self._draft.revision, self._scene.user
        scripts = self._scene.studio.scripts
        try:
            if self._is_unsaved and not self.element.is_deleted:
                raise Conflict("Save or discard what you wrote first.")
            done = await call(scripts.restore, user, self._key, revision, now=before)
            text = await call(scripts.text_of, user, self._key, revision)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            await self._list()
            return
        words = f"Revision {revision} is back, as revision {done.project.revision}."
        await self._saved(done, text, before, words)

    async def _saved(self, done: Imported, text: str, before: int, words: str) -> None:
        self._scene.notice.say(words, undo=lambda: self._restore(before))
        self._draft.revision = done.project.revision
        if not self.element.is_deleted:  # Undo stays when a person goes to another page
            self._take(done.project.revision, text)
            self._tell(done.diagnostics, done)
            await self._list()

    async def _discard(self) -> None:
        mine = self._editor.text
        self._put(self._draft.base)
        self._meanwhile.show(on=False)
        self._scene.notice.say("Discarded.", undo=lambda: self._put(mine))

    def _put(self, text: str) -> None:
        self._scene.notice.clear()
        if self.element.is_deleted:
            self._draft.keep(text)
        else:
            self._editor.fill(text)
            self._written()

    # somebody else saved

    async def _look_again(self) -> None:
        """Take what others saved; where something is unsaved here, show both."""
        try:
            read = self._scene.studio.scripts.read
            there, text = await call(read, self._scene.user, self._key)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        if self.element.is_deleted or there.revision == self._draft.revision:
            return
        with self.element:
            if self._is_unsaved and self._editor.text != text:
                self._show_theirs(there.revision, text)
            else:
                self._take(there.revision, text)
                await self._examine()
            await self._list()

    def _show_theirs(self, revision: int, text: str) -> None:
        self._draft.theirs = (revision, text)
        words = (
            f"Revision {revision} was saved while you were writing. "
            "Your text is untouched; this is theirs (-) and yours (+)."
        )
        self._meanwhile.paint(words, writing.difference(text, self._editor.text))
        self._name()

    def _mine(self) -> None:
        """Go on with mine: it will be saved over theirs, which stays a revision."""
        if self._draft.theirs is not None:
            self._draft.settle(*self._draft.theirs)
            self._meanwhile.show(on=False)
            self._written()

    async def _take_theirs(self) -> None:
        if self._draft.theirs is not None:
            mine = self._editor.text
            self._take(*self._draft.theirs)
            self._scene.notice.say("Their text is here.", undo=lambda: self._put(mine))
            await self._examine()

    def _take(self, revision: int, text: str) -> None:
        """This is what is saved now, and what is shown."""
        self._draft.settle(revision, text)
        if self._editor.text != text:
            self._editor.fill(text)
        self._meanwhile.show(on=False)
        self._name()

    # looking at what is written

    @property
    def _is_unsaved(self) -> bool:
        return self._editor.text != self._draft.base

    def _written(self) -> None:
        self._draft.keep(self._editor.text)
        self._name()
        if self._rest is not None:
            self._rest.cancel()
        self._rest = asyncio.get_running_loop().call_later(REST_S, self._rested)

    def _rested(self) -> None:
        self._rest = None
        background_tasks.create(self._examine(), name="script preview")

    async def _examine(self) -> None:
        """Tell what saving would do, and what is wrong."""
        text, user, productions = (
            self._editor.text,
            self._scene.user,
            self._scene.studio.productions,
        )
        seen: Imported | None = None
        try:
            if self._may_write:
                seen = await call(productions.change, user, self._key, text.encode(), preview=True)
            found: Sequence[Diagnostic] = seen.diagnostics if seen else ()
        except ScriptRefused as error:
            found = error.diagnostics
        except StudioError as error:
            self._outcome.paint(error.message, ())
            return
        if text == self._editor.text and not self.element.is_deleted:
            self._tell(found, seen)

    def _tell(self, found: Sequence[Diagnostic], seen: Imported | None = None) -> None:
        self._findings.paint(writing.found(found))
        self._has_errors = any(one.severity == "error" for one in found)
        if not self._is_unsaved:
            self._outcome.paint("Nothing is unsaved.", ())
        elif seen is None:
            self._outcome.paint(writing.refusal(found), ())
        else:
            self._outcome.paint(writing.sentence(seen.changes), writing.effects(seen))
        self._name()

    async def _list(self) -> None:
        scripts, user = self._scene.studio.scripts, self._scene.user
        try:
            found = await call(scripts.revisions, user, self._key, limit=LISTED)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        if not self.element.is_deleted:
            self._revisions.paint(writing.saved(found))

    def _name(self) -> None:
        is_unsaved, revision = self._is_unsaved, self._draft.revision
        may_save = is_unsaved and not self._has_errors and self._draft.theirs is None
        self._byline.paint(revision, is_unsaved=is_unsaved, may_save=may_save)
        self.element.patch(data_unsaved="" if is_unsaved else None, data_revision=revision)
