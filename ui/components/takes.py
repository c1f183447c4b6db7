"""The takes of a slot: numbered, newest first, none ever overwritten; a place for one's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.media.kind import ProviderKind
from domain.work.take import Review
from ui.components.card import NOTHING
from ui.components.node import Node, boundary
from ui.components.own import Own
from ui.components.pool import Pool

REVIEW_FLAGS = {
    Review.TODO: "done",
    Review.READY: "done",
    Review.WIP: "pending",
    Review.WFA: "pending",
    Review.RETAKE: "retake",
    Review.APPROVED: "approved",
}
"""The glyph that a review wears."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeModel:
    """What a tile shows of one take."""

    id: str
    number: int
    kind: ProviderKind
    provider: str | None = None
    """None for an upload or a file."""
    seed: int | None = None
    cost: str = ""
    """As people read it: ``$0.04 · 11 s``, ``free``."""
    thumb: str | None = None
    review: Review = Review.TODO
    note: str = ""
    is_shown: bool = False
    is_new: bool = False
    is_selected: bool = False
    is_late: bool = False
    actions: tuple[str, ...] = ()
    """Verbs about this take that are allowed now."""


class Takes:
    """``on_open`` gets a take's id; ``on_own`` hears what came of a person's own one.

    Without ``on_own`` none can be given here.
    """

    def __init__(
        self, *, on_open: Callable[[str], Any], on_own: Callable[[str], Any] | None = None
    ) -> None:
        self._on_open = on_open
        with boundary():
            self.element = Node("div", "takes")
        with self.element:
            self._own = None if on_own is None else Own(on_own)
        self._pool: Pool[_Tile, TakeModel] = Pool(self.element, self._tile, _Tile.paint)

    def paint(
        self, takes: Sequence[TakeModel], *, opened: str | None = None, slot_id: str = ""
    ) -> None:
        """``opened`` is the take in the frame where it isn't the shown one."""
        if self._own is not None:
            self._own.paint(slot_id)
        self._pool.fill(takes)
        for tile in self._pool.rows:
            tile.element.patch(data_open="" if tile.id == opened else None)

    def _tile(self) -> "_Tile":
        tile = _Tile(self._on_open)
        tile.element.move(target_index=len(self._pool.rows))
        return tile


class _Tile:
    def __init__(self, on_open: Callable[[str], Any]) -> None:
        self.id = ""
        self.element = Node("button", "take", type="button")
        with self.element:
            self._picture = Node("img", "frame corners", loading="lazy", decoding="async", alt="")
            self._tag = Node("span", "tag")
            self._number = Node("span", "l1")
            self._maker = Node("span", "l2")
            self._facts = Node("span", "l3")
        self.element.on("click", lambda: on_open(self.id), args=[])

    def paint(self, take: TakeModel) -> None:
        self.id = take.id
        self._picture.patch(src=take.thumb or NOTHING)
        self._tag.patch(text="New" if take.is_new else "Shown" if take.is_shown else "")
        self._number.patch(text=f"Take {take.number}")
        self._maker.patch(text=_maker(take))
        seed = "" if take.seed is None else f"seed {take.seed}"
        self._facts.patch(text=seed or take.cost or "\u00a0")
        self.element.patch(
            data_take=take.id,
            data_kind=take.kind,
            data_flag=REVIEW_FLAGS[take.review],
            data_shown="" if take.is_shown else None,
            data_new="" if take.is_new else None,
            aria_label=_label(take),
            title=take.note or None,
        )


def _maker(take: TakeModel) -> str:
    brought = {"upload": "your own", "file": "the script"}.get(take.kind)
    maker = brought or take.provider or take.kind
    return f"{maker} · {take.cost}" if take.cost and take.seed is not None else maker


def _label(take: TakeModel) -> str:
    facts = [f"Take {take.number}", _maker(take)]
    facts += ["demo"] if take.kind is ProviderKind.FAKE else []
    facts += ["shown"] if take.is_shown else []
    facts += ["new"] if take.is_new else []
    facts += ["for video"] if take.is_selected else []
    facts += ["arrived after a cancel"] if take.is_late else []
    facts += [take.review.value] if take.review is not Review.TODO else []
    return ", ".join(facts)
