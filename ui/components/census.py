"""The census: how a whole board stands, counted once for everybody who looks at it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from domain.work.views import BoardView, ConceptView, ShotView
from ui.components.flag import FlagName, flag_of_shot
from ui.components.ribbon import Cut, cut_of


class Census:
    """A `ui.live.Viewer` without a page: it keeps up with what changed, and nothing else.

    Counting a thousand shots anew for each change and each viewer took 20 ms.
    """

    def __init__(self, board: BoardView) -> None:
        self.arrange(board)

    def arrange(self, board: BoardView) -> None:
        self.shots = {shot.code: shot for shot in board.shots}
        self.flags = {code: flag_of_shot(shot).name for code, shot in self.shots.items()}
        self.frames = sum(shot.duration for shot in board.shots)
        self._missing = _missing([*board.shots, *board.concepts])
        self._scenes: dict[str, list[str]] = {}
        for shot in board.shots:
            self._scenes.setdefault(shot.scene or "", []).append(shot.code)
        self._forget()

    def paint(self, shots: Sequence[ShotView], concepts: Sequence[ConceptView]) -> None:
        for shot in shots:
            self.shots[shot.code] = shot
            self.flags[shot.code] = flag_of_shot(shot).name
        self._missing |= _missing([*shots, *concepts])
        self._forget()

    def sum_up(self) -> None:
        """Whoever asks for a sum makes it, once."""

    def flag(self, shot: ShotView) -> FlagName:
        return self.flags[shot.code]

    def of_scene(self, scene_id: str) -> list[ShotView]:
        """The scene's shots in script order."""
        return [self.shots[code] for code in self._scenes.get(scene_id, ())]

    @cached_property
    def counts(self) -> Mapping[FlagName, int]:
        """How many shots wear each flag."""
        return Counter(self.flags.values())

    @cached_property
    def missing(self) -> int:
        """How many slots a batch would look at; concepts count as well."""
        return sum(self._missing.values())

    @cached_property
    def cut(self) -> Cut:
        """The ribbon's drawing."""
        return cut_of(list(self.shots.values()), list(self.flags.values()))

    def _forget(self) -> None:
        for name in ("counts", "missing", "cut"):
            self.__dict__.pop(name, None)


def _missing(owners: Iterable[ShotView | ConceptView]) -> dict[str, int]:
    return {
        one.id: sum(
            slot.currency == "missing" and slot.state in ("empty", "cancelled")
            for slot in one.slots
        )
        for one in owners
    }
