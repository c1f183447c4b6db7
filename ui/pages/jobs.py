"""``/jobs``: what was asked to be made, newest first; pushed, filtered, each opened in place."""

import asyncio
from collections.abc import Sequence
from typing import Any

from nicegui import background_tasks, ui

from domain.access import Right
from domain.errors import StudioError
from domain.events import Event
from domain.work.job import Job, JobState
from ui.call import call
from ui.components.job_row import JobRow
from ui.components.node import Node, boundary
from ui.components.pool import Pool
from ui.shell import Scene

AT_ONCE = 50
CALM_S = 0.3
"""How long after a change the list is read again: once for all that comes meanwhile."""
ALL = ""
WALK = """(e) => {
  const step = {ArrowDown: 1, ArrowUp: -1}[e.key];
  if (!step || e.target.tagName !== "SUMMARY") return;
  const all = [...e.currentTarget.querySelectorAll("details:not([hidden]) > summary")];
  const next = all[all.indexOf(e.target) + step];
  if (next) { e.preventDefault(); next.focus(); }
}"""


async def jobs(scene: Scene) -> None:
    scene.bar.place(None)
    ui.page_title("Jobs · Framewright")
    page = JobsPage(scene)
    await page.start()


class JobsPage:
    """One person's view of the list; it reads again what it shows when something changed."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._limit = AT_ONCE
        self._keys: dict[str, str] = {}
        self._wanted: dict[str, str] = {}
        self._is_behind = False
        self._reading: asyncio.Task[None] | None = None
        with Node("section", "head") as self.element:
            self._sub = Node("p", "sub")
            Node("h1", text="Jobs")
        with boundary():
            self._filters = Node("div", "filters", role="group", aria_label="Filters")
        with boundary():
            self._list = Node("section", "entries", aria_label="Jobs")
        self._rows: Pool[JobRow, Job] = Pool(self._list, self._row, self._paint)
        self._more = Node("button", "btn more", text="Show more", type="button", hidden=True)
        self._more.on("click", self._show_more, args=[])
        self._list.on("keydown", js_handler=WALK)

    async def start(self) -> None:
        projects = await call(self._scene.studio.productions.listing, self._scene.user)
        self._keys = {one.id: one.key for one in projects}
        found = await call(self._scene.studio.providers.listing, self._scene.user)
        with self._filters:
            self._choice("Production", "project", sorted(self._keys.values()))
            self._choice("State", "state", [str(one) for one in JobState])
            self._choice("Provider", "provider", [one.name for one in found])
        self.element.client.on_delete(self._scene.live.listen(self._hear))
        await self._read()

    def _choice(self, label: str, name: str, options: Sequence[str]) -> None:
        with Node("label", text=label):
            select = Node("select", aria_label=label)
        with select:
            for option in (ALL, *options):
                Node("option", text=option or "All", value=option)

        async def choose(event: Any) -> None:
            self._wanted[name] = event.args
            self._limit = AT_ONCE
            await self._read()

        select.on("change", choose, js_handler="(e) => emit(e.target.value)")

    def _hear(self, events: Sequence[Event]) -> None:
        if any(one.job_id and one.type != "progress" for one in events):
            self._is_behind = True
            if self._reading is None:
                self._reading = background_tasks.create(self._catch_up(), name="jobs")

    async def _catch_up(self) -> None:
        try:
            while self._is_behind and not self.element.is_deleted:
                await asyncio.sleep(CALM_S)
                self._is_behind = False
                await self._read()
        finally:
            self._reading = None

    async def _read(self) -> None:
        wanted = {name: value for name, value in self._wanted.items() if value}
        state = JobState(wanted["state"]) if "state" in wanted else None
        try:
            found = await call(
                self._scene.studio.control.listing,
                self._scene.user,
                project=wanted.get("project"),
                provider=wanted.get("provider"),
                state=state,
                limit=self._limit + 1,
            )
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        if self.element.is_deleted:
            return
        shown = found[: self._limit]
        self._rows.fill(shown)
        self._more.patch(hidden=None if len(found) > self._limit else True, aria_busy=None)
        more = "the newest " if len(found) > self._limit else ""
        self._sub.patch(
            text=f"{more}{len(shown)} shown, times in UTC" if shown else "Nothing was asked for yet"
        )
        for row in self._rows.rows[: len(shown)]:
            if row.is_open:
                await self._fill(row)

    async def _show_more(self) -> None:
        self._more.patch(aria_busy="true")
        self._limit += AT_ONCE
        await self._read()

    def _row(self) -> JobRow:
        may = self._scene.user.may(Right.MAKE)
        return JobRow(on_open=self._fill, on_verb=self._do, may_act=may)

    def _paint(self, row: JobRow, job: Job) -> None:
        project = self._keys.get(job.project_id, "in the trash")
        row.paint(job, project)

    async def _fill(self, row: JobRow) -> None:
        if row.job is None:
            return
        asked = row.job.id
        try:
            record = await call(self._scene.studio.control.get, self._scene.user, asked)
        except StudioError as error:
            self._scene.notice.alert(error.message)
            return
        if row.job.id == asked and row.is_open and not self.element.is_deleted:
            row.fill(record)

    async def _do(self, verb: str, job_id: str) -> None:
        control = self._scene.studio.control
        try:
            await call(
                control.retry if verb == "retry" else control.cancel, self._scene.user, job_id
            )
        except StudioError as error:
            self._scene.notice.alert(error.message)
