"""The batch sheet: what would be made, what it costs, what stands in the way; then one button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from domain.work.blocking import Fix
from ui.components.card import NOTHING
from ui.components.node import Node, boundary
from ui.components.pool import Pool


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One of the four numbers; ``flag`` is make, reuse, pending or blocked."""

    flag: str
    word: str
    number: int
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One slot of the plan; the page puts the blocked ones first."""

    flag: str
    word: str
    code: str
    slot_id: str
    slot: str
    """What the slot is called: ``frame``, ``clip``."""
    reason: str
    price: str
    thumb: str | None = None
    fix: Fix | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Purse:
    """Percent of the cap, and the sentence that says it; no percents without a cap."""

    spent: float = 0
    reserved: float = 0
    now: float = 0
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetModel:
    """A receipt as the sheet shows it."""

    title: str
    sentence: str
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    purse: Purse
    go: str
    """The button's words, with count and price; empty where there is nothing to make."""


class Sheet:
    """``on_go`` makes it; ``on_fix`` gets a verb and a slot's id."""

    def __init__(
        self, *, on_go: Callable[[], Any], on_fix: Callable[[str, str], Any], boxed: bool = True
    ) -> None:
        """Not ``boxed``: without its dialog, for the gallery."""
        self._on_go, self._on_fix = on_go, on_fix
        self._is_built = False
        self._dialog = ui.dialog().props('aria-label="Batch"') if boxed else None
        self._place = self._dialog or boundary()

    def open(self) -> None:
        if self._dialog:
            self._dialog.open()

    def close(self) -> None:
        if self._dialog:
            self._dialog.close()

    def paint(self, model: SheetModel) -> None:
        if not self._is_built:
            self._is_built = True
            with self._place:
                self._build()
        self._title.patch(text=model.title)
        self._sentence.patch(text=model.sentence)
        told = ", ".join(f"{part.number} {part.word.lower()}" for part in model.parts)
        self._bar.patch(aria_label=told)
        self._slices.fill([part for part in model.parts if part.number])
        self._parts.fill(model.parts)
        self._lines.fill(model.lines)
        purse = model.purse
        self._tube.dress({"spent": purse.spent, "reserved": purse.reserved, "now": purse.now})
        self._words.patch(text=purse.words)
        self._go.patch(text=model.go, hidden=None if model.go else True, aria_busy=None)

    def _build(self) -> None:
        with Node("div", "sheet") as self.element:
            with Node("div", "top"):
                self._title = Node("h2")
                self._sentence = Node("p")
            self._bar = Node("div", "planbar", role="img")
            self._slices: Pool[_Slice, Part] = Pool(self._bar, _Slice, _Slice.paint)
            plan = Node("div", "plan")
            self._parts: Pool[_Part, Part] = Pool(plan, _Part, _Part.paint)
            lines = Node("div", "lines", role="list", tabindex=0, aria_label="Every slot")
            self._lines: Pool[_Line, Line] = Pool(lines, self._line, _Line.paint)
            with Node("div", "foot"):
                with Node("div", "budget"):
                    self._tube = Node("div", "tube", role="img", aria_label="Budget")
                    self._words = Node("p")
                cancel = Node("button", "btn big", text="Cancel", type="button")
                self._go = Node("button", "btn big primary", type="button", autofocus=True)
        cancel.on("click", self.close, args=[])
        self._go.on("click", self._press, args=[])

    def _line(self) -> "_Line":
        return _Line(self._on_fix)

    def _press(self) -> Any:
        if self._go.get("aria-busy"):
            return None
        self._go.patch(aria_busy="true")
        return self._on_go()


class _Slice:
    def __init__(self) -> None:
        self.element = Node("i")

    def paint(self, part: Part) -> None:
        self.element.patch(data_flag=part.flag)
        self.element.dress({"n": part.number})


class _Part:
    def __init__(self) -> None:
        with Node("div", "part") as self.element:
            self._word = Node("div", "w")
            self._number = Node("div", "n")
            self._note = Node("p")

    def paint(self, part: Part) -> None:
        self.element.patch(data_flag=part.flag)
        self._word.patch(text=part.word)
        self._number.patch(text=str(part.number))
        self._note.patch(text=part.note)


class _Line:
    def __init__(self, on_fix: Callable[[str, str], Any]) -> None:
        self._on_fix = on_fix
        self._line: Line | None = None
        with Node("div", "ln", role="listitem") as self.element:
            Node("i", "g")
            self._picture = Node("img", "frame", loading="lazy", decoding="async", alt="")
            self._code = Node("span", "c")
            self._reason = Node("span", "d")
            self._price = Node("span", "p")
            self._fix = Node("button", "btn", type="button", hidden=True)
        self._fix.on("click", self._mend, args=[])

    def paint(self, line: Line) -> None:
        self._line = line
        self.element.patch(data_flag=line.flag)
        self._picture.patch(src=line.thumb or NOTHING)
        self._code.patch(text=line.code, data_slot=line.slot)
        self._reason.patch(text=line.reason, data_word=line.word)
        self._price.patch(text=line.price, hidden=True if line.fix else None)
        self._fix.patch(
            text=line.fix.label if line.fix else None,
            hidden=None if line.fix else True,
            aria_busy=None,
        )

    def _mend(self) -> Any:
        if self._line is None or self._line.fix is None:
            return None
        self._fix.patch(aria_busy="true")
        return self._on_fix(self._line.fix.action, self._line.slot_id)


def lines_in_order(lines: Sequence[Line]) -> list[Line]:
    """Blocked first, then what is made, reused, waits."""
    order = ["blocked", "make", "reuse", "pending"]
    return sorted(lines, key=lambda line: order.index(line.flag))
