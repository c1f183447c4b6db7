"""Progress on a terminal as one bar, elsewhere as a line for each thing that ended."""

from types import TracebackType
from typing import Self, TextIO

from domain.story.board import Board

WIDTH = 32
ACTIVE = ("pending", "running")
WORDS = {"succeeded": "there"}


class Progress:
    """``show`` it the board as often as it changes; ``before`` is the board before asking."""

    def __init__(self, to: TextIO, before: Board) -> None:
        self._to = to
        self._bar = to.isatty()
        self._last = _states(before)
        self.active = 0
        """How many are being made."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._to.write("\r\x1b[K")
            self._to.flush()

    def show(self, board: Board) -> None:
        now = _states(board)
        states = list(now.values())
        self.active = sum(state in ACTIVE for state in states)
        if self._bar:
            self._draw(states)
        else:
            self._tell(board, now)
        self._last = now

    def _draw(self, states: list[str]) -> None:
        made = states.count("succeeded")
        full = WIDTH * made // max(1, len(states))
        bar = "█" * full + "░" * (WIDTH - full)
        shown = ((states.count(one), one) for one in ("running", "waits", "blocked", "failed"))
        notes = "".join(f", {count} {state}" for count, state in shown if count)
        self._to.write(f"\r{bar} {made}/{len(states)} there{notes}\x1b[K")
        self._to.flush()

    def _tell(self, board: Board, now: dict[str, str]) -> None:
        owners = {one.id: one.code for one in board.shots}
        owners |= {one.id: one.key for one in board.concepts}
        for slot in board.slots:
            state = now.get(slot.id)
            if state is None or state in ACTIVE or state == self._last.get(slot.id):
                continue
            word = WORDS.get(state, state)
            self._to.write(f"{owners[slot.owner_id]}/{slot.media_id}: {word}\n")
        self._to.flush()


def _states(board: Board) -> dict[str, str]:
    """By slot id; what waits at a gate is told apart from what is blocked."""
    return {
        slot.id: "waits" if slot.state == "blocked" and slot.waits_for else str(slot.state)
        for slot in board.slots
        if not slot.removed
    }
