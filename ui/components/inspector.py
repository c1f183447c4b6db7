"""The inspector: everything about one slot of one shot, in one set of elements that is refilled."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.work.blocking import Reason
from domain.work.views import SlotView
from ui.components.flag import SLOT_WORDS, flag_of
from ui.components.frame import Frame, Picture
from ui.components.further import Further
from ui.components.inspector_model import Asked, InspectorModel
from ui.components.ledger import Changes, Excerpt, Facts, History, Steps
from ui.components.next_step import NextStep, next_step
from ui.components.node import Node, boundary
from ui.components.pool import Pool
from ui.components.takes import TakeModel, Takes
from ui.components.verbs import ALWAYS_THERE, BESIDE_THE_FLAG, UNDER_THE_FRAME, Verb, Verbs


@dataclass(frozen=True, kw_only=True, slots=True)
class InspectorCalls:
    """What the inspector reports; each may be a coroutine function."""

    on_verb: Callable[[str, str, str | None], Any]
    """A verb or a fix's, the slot's id, and the take looked at, where it isn't the shown one."""
    on_slot: Callable[[str], Any]
    """Another slot of the shot, by its id."""
    on_take: Callable[[str], Any]
    """A take to look at, by its id."""
    on_step: Callable[[int], Any]
    """The next shot (1) or the one before (-1)."""
    on_close: Callable[[], Any]
    on_generate: Callable[[str, Asked], Any]
    on_own: Callable[[str], Any] | None = None
    """What came of a person's own picture: nothing, or why not; None: it can't be given here."""
    on_script: Callable[[str, Asked], Any] | None = None
    """What the form asks for, for the script; None: it can't be put there from here."""


class Inspector:
    """``paint`` it with any shot; nothing is rebuilt, so focus and drafts stay."""

    def __init__(self, calls: InspectorCalls, *, clock: Callable[[], float] = time.time) -> None:
        self._calls = calls
        self._clock = clock
        self.model: InspectorModel | None = None
        with boundary():
            self.element = Node("aside", "insp")

    def paint(self, model: InspectorModel) -> None:
        """Fill in the model; the slot that is open is ``model.slot_id``."""
        slot = next((one for one in model.shot.slots if one.id == model.slot_id), None)
        if slot is None:
            return
        if self.model is None:
            self._build()
        self.model = model
        self._paint_head(model)
        self._tabs.fill([(one, one.id == slot.id) for one in model.shot.slots])
        title = model.shot.title or model.shot.content
        self.frame.paint(slot, title, against=self._against(model), said=model.said)
        step = next_step(model.shot, slot, self._opened(model))
        self._paint_flag(slot, step)
        self._verbs.paint(step.actions, lead=step.lead)
        self._changes.paint(model.changes, model.changed_since)
        self._excerpt.paint(model.script)
        kept = len(model.takes)
        self._kept.patch(data_note=f"{kept} kept, none is ever overwritten" if kept else "none yet")
        self.takes.paint(model.takes, opened=model.opened, slot_id=slot.id)
        self._further.paint(slot.id, model.offer, primary=step.asks)
        self._steps.paint(model.steps, model.prompt)
        self._provenance.paint(model.provenance)
        self._history.paint(model.history)
        self._submissions.paint(model.submissions)

    def press(self, verb: Verb) -> Any:
        """A key was pressed: as if the verb's button had been."""
        if self.model is None:
            return None
        return (self._beside if verb in self._beside.buttons else self._verbs).press(verb)

    def _build(self) -> None:
        """With the first shot: many a viewer never opens one."""
        calls, clock = self._calls, self._clock
        with self.element:
            self._build_head()
            with boundary():
                tabs = Node("div", "tabs", role="tablist", aria_label="Slots")
            self._tabs: Pool[_Tab, tuple[SlotView, bool]] = Pool(tabs, self._tab, _Tab.paint)
            self.frame = Frame(clock=clock)
            self._build_flag()
            self._verbs = Verbs(UNDER_THE_FRAME, on_verb=self._verb, keeps=ALWAYS_THERE)
            self._changes = Changes()
            self._excerpt = Excerpt()
            with boundary(), Node("section", "sec", aria_label="Takes"):
                self._kept = Node("h3", text="Takes")
                self.takes = Takes(on_open=calls.on_take, on_own=calls.on_own)
            self._further = Further(
                on_generate=self._generate, on_script=calls.on_script and self._script
            )
            self._steps = Steps()
            with Node("div", "two"):
                self._provenance = Facts("Provenance")
                self._history = History()
            self._submissions = Facts("Submissions", "each is one billable call")

    def _build_head(self) -> None:
        with boundary(), Node("header", "ih"):
            self._code = Node("h2", "num")
            self._where = Node("span", "where")
            self._timecode = Node("span", "tc")
            with Node("span", "push"):
                self._play = Node("a", "btn sq plain", data_icon="play")
                self._play.patch(aria_label="Play from here", title="Play from here")
                self._tool("Previous shot", "left", lambda: self._calls.on_step(-1))
                self._tool("Next shot", "right", lambda: self._calls.on_step(1))
                self._tool("Close", "close", self._calls.on_close)

    def _build_flag(self) -> None:
        with boundary(), Node("div", "flagbar") as self._flagbar:
            self._state = Node("div", "state")
            with Node("div", "acts"):
                self._fix = Node("button", "btn primary", type="button", hidden=True)
                self._beside = Verbs(BESIDE_THE_FLAG, on_verb=self._verb, classes="acts-row")
        self._fix.on("click", self._mend, args=[])

    def _paint_head(self, model: InspectorModel) -> None:
        shot = model.shot
        self._code.patch(text=shot.code.removeprefix(f"{shot.scene}_"))
        self._where.patch(text=model.where)
        self._timecode.patch(text=model.timecode)
        self._play.patch(href=model.play, hidden=None if model.play else True)
        self.element.patch(aria_label=f"Shot {shot.code}", data_inspector=shot.code)

    def _paint_flag(self, slot: SlotView, step: NextStep) -> None:
        flag = flag_of(slot)
        self._state.patch(text=flag.word, data_detail=flag.detail)
        self._flagbar.patch(data_flag=flag.name, data_version=slot.version)
        # further takes are asked for in the form, whose button is yellow where none is here
        first = step.actions if slot.takes == 0 else step.actions - {Verb.GENERATE}
        words = {Verb.USE: step.use} if step.use else {}
        self._beside.paint(first, lead=step.lead, words=words)
        fix = step.fix
        self._fix.patch(text=fix.label if fix else "", hidden=None if fix else True)

    @property
    def _slot(self) -> SlotView | None:
        """The one that is open."""
        model = self.model
        slots = model.shot.slots if model else ()
        return next((one for one in slots if model and one.id == model.slot_id), None)

    @staticmethod
    def _opened(model: InspectorModel) -> TakeModel | None:
        return next((one for one in model.takes if one.id == model.opened), None)

    def _against(self, model: InspectorModel) -> Picture | None:
        take = self._opened(model)
        if take is None or take.is_shown or take.thumb is None:
            return None
        label = f"Take {take.number}{' · new' if take.is_new else ''}"
        return Picture(address=take.thumb, label=label, kind=take.kind)

    def _verb(self, verb: Verb) -> Any:
        model = self.model
        if model is None:
            return None
        take = model.opened
        if take is None and verb is Verb.USE:
            # The one that the button named, whatever came meanwhile.
            take = next((one.id for one in model.takes if one.is_new), None)
        return self._calls.on_verb(verb, model.slot_id, take)

    def _mend(self) -> Any:
        """What is mended in this very inspector is shown there; the rest is elsewhere."""
        shot = self.model.shot if self.model else None
        slot = self._slot
        if shot is None or slot is None or slot.fix is None:
            return None
        if slot.fix.action != "open":
            return self._calls.on_verb(slot.fix.action, slot.id, None)
        reason = slot.reason.code if slot.reason else None
        if reason is Reason.FRAME_NOT_SELECTED and shot.primary:
            return self._calls.on_slot(shot.primary)
        if reason is Reason.SOURCE_MISSING:
            return self.takes.element.run_method("scrollIntoView", {"block": "center"})
        return self._further.focus()

    def _generate(self, asked: Asked) -> Any:
        return self._calls.on_generate(self.model.slot_id, asked) if self.model else None

    def _script(self, asked: Asked) -> Any:
        put, model = self._calls.on_script, self.model
        return put(model.slot_id, asked) if put and model else None

    def _tab(self) -> "_Tab":
        return _Tab(self._calls.on_slot)

    @staticmethod
    def _tool(name: str, icon: str, action: Callable[[], Any]) -> None:
        tool = Node("button", "btn sq plain", type="button", aria_label=name, data_icon=icon)
        tool.on("click", action, args=[])


class _Tab:
    def __init__(self, on_slot: Callable[[str], Any]) -> None:
        self._slot_id = ""
        self.element = Node("button", "tab", type="button", role="tab")
        self.element.on("click", lambda: on_slot(self._slot_id), args=[])

    def paint(self, item: tuple[SlotView, bool]) -> None:
        slot, is_open = item
        self._slot_id = slot.id
        flag = flag_of(slot).name
        name = slot.title or SLOT_WORDS[slot.media_type].capitalize()
        self.element.patch(
            text=name,
            data_flag=flag,
            data_word=flag.word,
            data_slot_id=slot.id,
            aria_selected="true" if is_open else "false",
            aria_label=f"{name}, {flag.word}",
        )
