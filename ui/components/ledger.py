"""Lists of small facts in the inspector: inputs, provenance, submissions, history. Refilled."""

from collections.abc import Sequence

from ui.components.inspector_model import Change, Fact, Happening, ScriptLine, Step
from ui.components.node import Node, boundary
from ui.components.pool import Pool


class Section:
    """A heading and a list under it; hidden where the list is empty."""

    def __init__(self, title: str, note: str = "", classes: str = "rows", tag: str = "div") -> None:
        with boundary(), Node("section", "sec", aria_label=title) as self.element:
            self.heading = Node("h3", text=title, data_note=note or None)
            self.body = Node(tag, classes)

    def show(self, *, on: bool) -> None:
        self.element.patch(hidden=None if on else True)


class Facts(Section):
    """Named values."""

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__(title, note)
        self._pool: Pool[_FactRow, Fact] = Pool(self.body, _FactRow, _FactRow.paint)

    def paint(self, facts: Sequence[Fact]) -> None:
        self._pool.fill(facts)
        self.show(on=bool(facts))


class Steps(Section):
    """What each source added to the script's words, then the whole as sent."""

    def __init__(self) -> None:
        super().__init__("Adapted from", "what was added to the script's words")
        self._pool: Pool[_StepRow, Step] = Pool(self.body, _StepRow, _StepRow.paint)

    def paint(self, steps: Sequence[Step], prompt: str) -> None:
        whole = [Step(source="As sent", words=prompt)] if prompt else []
        self._pool.fill([*steps, *whole])
        self.show(on=bool(steps or whole))


class History(Section):
    """What happened to the slot, newest first."""

    def __init__(self) -> None:
        super().__init__("History", classes="hist", tag="ol")
        self._pool: Pool[_HistoryRow, Happening] = Pool(self.body, _HistoryRow, _HistoryRow.paint)

    def paint(self, happenings: Sequence[Happening]) -> None:
        self._pool.fill(happenings)
        self.show(on=bool(happenings))


class Changes:
    """*Two inputs changed since you approved take 3*: each old value beside the new one."""

    def __init__(self) -> None:
        with boundary(), Node("div", "changes", hidden=True) as self.element:
            self._title = Node("b")
            rows = Node("div")
        self._pool: Pool[_StepRow, Change] = Pool(rows, _StepRow, _StepRow.paint_change)

    def paint(self, changes: Sequence[Change], since: str) -> None:
        self.element.patch(hidden=None if changes else True)
        self._title.patch(text=_changed(len(changes), since))
        self._pool.fill(changes)


class Excerpt:
    """The shot as the script has it: prose, then dialogue."""

    def __init__(self) -> None:
        with boundary():
            self.element = Node("div", "excerpt", role="group", aria_label="Script")
        self._pool: Pool[_Words, ScriptLine] = Pool(self.element, _Words, _Words.paint)

    def paint(self, lines: Sequence[ScriptLine]) -> None:
        self._pool.fill(lines)
        self.element.patch(hidden=None if lines else True)


class _Words:
    def __init__(self) -> None:
        self.element = Node("p")

    def paint(self, line: ScriptLine) -> None:
        self.element.patch(text=line.text)
        self.element.toggle("who", on=line.kind == "who")
        self.element.toggle("say", on=line.kind == "say")


class _FactRow:
    def __init__(self) -> None:
        with Node("div", "row-of") as self.element:
            with Node("span", "k"):
                self._name = Node("span")
                self._when = Node("time")
            self._value = Node("span", "v")
            self._note = Node("span", "e")

    def paint(self, fact: Fact) -> None:
        self._name.patch(text="" if fact.at else fact.name)
        self._when.patch(text=fact.name if fact.at else "", datetime=fact.at or None)
        self._value.patch(text=fact.value)
        self._value.toggle("num", on=fact.is_code)
        self._note.patch(text=fact.note)


class _StepRow:
    def __init__(self) -> None:
        with Node("div", "row-of") as self.element:
            self._source = Node("span", "k")
            with Node("span", "v"):
                self._words = Node("span")
                self._old = Node("del")
                self._new = Node("ins")
            self._where = Node("span", "e")

    def paint(self, step: Step) -> None:
        self._source.patch(text=step.source)
        self._words.patch(text=step.words)
        self._old.patch(text=step.removed)
        self._new.patch(text=step.added)
        self._where.patch(text=step.where)

    def paint_change(self, change: Change) -> None:
        self.paint(Step(source=change.field, removed=change.old, added=change.new))


class _HistoryRow:
    def __init__(self) -> None:
        with Node("li") as self.element:
            self._words = Node("span")
            self._when = Node("time")

    def paint(self, happening: Happening) -> None:
        self.element.patch(data_flag=happening.flag)
        self._words.patch(text=happening.words)
        self._when.patch(text=happening.when, datetime=happening.at or None)


_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def _changed(count: int, since: str) -> str:
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} input{'' if count == 1 else 's'} changed since {since}"
