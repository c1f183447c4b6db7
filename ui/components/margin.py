"""The margin of the script: what saving would do, what is wrong, who saved before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ui.components.ledger import Section
from ui.components.node import Node, boundary
from ui.components.pool import Pool

MOST = 200
"""Findings and lines of a difference that are shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One finding."""

    severity: str
    line: int
    column: int
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """One thing saving would do, and to whom."""

    word: str
    names: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """One revision."""

    revision: int
    who: str
    what: str
    is_current: bool


class Outcome(Section):
    """What saving would do."""

    def __init__(self) -> None:
        super().__init__("Saving", classes="effects")
        with self.element:
            self._words = Node("p", "say", aria_live="polite")
        self._words.move(target_index=1)
        self._pool: Pool[EffectRow, Effect] = Pool(self.body, EffectRow, EffectRow.paint)

    def paint(self, words: str, effects: Sequence[Effect]) -> None:
        self._words.patch(text=words)
        self._pool.fill(effects)


class Findings(Section):
    """What is wrong; each leads to its line."""

    def __init__(self, on_go: Callable[[int, int], Any]) -> None:
        super().__init__("Findings", classes="found")
        self._on_go = on_go
        self._pool: Pool[_FoundRow, Found] = Pool(self.body, self._row, _FoundRow.paint)

    def paint(self, found: Sequence[Found]) -> None:
        self._pool.fill(found[:MOST])
        more = len(found) - MOST
        note = f"{len(found)}, the first {MOST} are here" if more > 0 else str(len(found))
        self.heading.patch(data_note=note)
        self.show(on=bool(found))

    def _row(self) -> "_FoundRow":
        return _FoundRow(self._on_go)


class Meanwhile(Section):
    """Somebody else saved while a person was writing: both texts are here, none is lost."""

    def __init__(self, *, on_mine: Callable[[], Any], on_theirs: Callable[[], Any]) -> None:
        super().__init__("Meanwhile", classes="diff")
        with self.element:
            self._words = Node("p", "say", role="alert")
        self._words.move(target_index=1)
        with self.element, Node("div", "acts"):
            mine = Node("button", "btn", text="Keep mine", type="button")
            theirs = Node("button", "btn", text="Take theirs", type="button")
        mine.on("click", on_mine, args=[])
        theirs.on("click", on_theirs, args=[])
        self._pool: Pool[DiffRow, str] = Pool(self.body, DiffRow, DiffRow.paint)
        self.show(on=False)

    def paint(self, words: str, lines: Sequence[str]) -> None:
        """``lines`` as a unified difference has them, from theirs to mine."""
        self._words.patch(text=words)
        self._pool.fill(lines[:MOST])
        self.show(on=True)


class Revisions(Section):
    """Who saved what, newest first; each can be restored."""

    def __init__(self, on_restore: Callable[[int], Any] | None) -> None:
        super().__init__("Revisions", classes="revisions")
        self._on_restore = on_restore
        self._pool: Pool[_SavedRow, Saved] = Pool(self.body, self._row, _SavedRow.paint)

    def paint(self, saved: Sequence[Saved]) -> None:
        self._pool.fill(saved)

    def _row(self) -> "_SavedRow":
        return _SavedRow(self._on_restore)


class EffectRow:
    def __init__(self) -> None:
        with Node("div", "effect") as self.element:
            self._word = Node("b")
            self._names = Node("span", "num")

    def paint(self, effect: Effect) -> None:
        self._word.patch(text=effect.word)
        self._names.patch(text=effect.names)


class _FoundRow:
    def __init__(self, on_go: Callable[[int, int], Any]) -> None:
        self._found: Found | None = None
        self._on_go = on_go
        with Node("button", "finding", type="button") as self.element:
            self._place = Node("span", "num")
            self._words = Node("span")
        self.element.on("click", self._go, args=[])

    def paint(self, found: Found) -> None:
        self._found = found
        self.element.patch(data_flag="failed" if found.severity == "error" else "pending")
        self._place.patch(text=f"Line {found.line}")
        self._words.patch(text=found.words)

    def _go(self) -> Any:
        return self._on_go(self._found.line, self._found.column) if self._found else None


class DiffRow:
    def __init__(self) -> None:
        self.element = Node("code")

    def paint(self, line: str) -> None:
        sign = {"+": "mine", "-": "theirs"}.get(line[:1])
        self.element.patch(text=line or " ", data_side=sign)


class _SavedRow:
    def __init__(self, on_restore: Callable[[int], Any] | None) -> None:
        self._revision = 0
        self._on_restore = on_restore
        with boundary(), Node("div", "saved") as self.element:
            self._number = Node("b", "num")
            self._who = Node("span", "who")
            self._what = Node("span", "what")
            self._button = Node("button", "btn", text="Restore", type="button", hidden=True)
        self._button.on("click", self._restore, args=[])

    def paint(self, saved: Saved) -> None:
        self._revision = saved.revision
        self._number.patch(text=str(saved.revision))
        self._who.patch(text=saved.who)
        self._what.patch(text=saved.what)
        offered = self._on_restore is not None and not saved.is_current
        self._button.patch(
            hidden=None if offered else True,
            aria_busy=None,
            aria_label=f"Restore revision {saved.revision}",
        )
        self.element.patch(aria_current="true" if saved.is_current else None)

    def _restore(self) -> Any:
        if self._on_restore is None or self._button.get("aria-busy"):
            return None
        self._button.patch(aria_busy="true")
        return self._on_restore(self._revision)
