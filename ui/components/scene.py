"""A scene: its slug line, and its cards, built when they come near the window."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from nicegui.events import GenericEventArguments

from domain.work.views import SceneView, ShotView
from ui.components.card import Card
from ui.components.deck import Deck, OnMark, OnOpen, OnVerb
from ui.components.flag import FlagName, flag_of_shot
from ui.components.node import Node, boundary
from ui.components.timecode import running_time

NEAR = "900px 0px"
"""How far outside the window cards begin to be built."""

COUNTED = (FlagName.FAILED, FlagName.BLOCKED, FlagName.RUNNING)
"""What the slug line counts."""


class Scene:
    """The page is built with the scene's exact height, so that nothing moves when cards come."""

    def __init__(
        self,
        scene: SceneView,
        shots: Sequence[ShotView],
        *,
        fps: str,
        on_open: OnOpen,
        on_verb: OnVerb,
        on_mark: OnMark | None = None,
        on_built: Callable[[str], object] | None = None,
        flag: Callable[[ShotView], FlagName] = lambda shot: flag_of_shot(shot).name,
        now: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``now``: build the cards with the page, as for the first scene; ``on_built``: which.

        ``flag`` tells a shot's flag, where somebody knows it already.
        """
        self.scene = scene
        self.deck: Deck | None = None
        self._shots = {shot.code: shot for shot in shots}
        self._shown: frozenset[str] | None = None
        self._fps = fps
        self._flag = flag
        self._flags = {shot.code: flag(shot) for shot in shots}
        self._on_built = on_built
        self._deal = partial(
            Deck, fps=fps, on_open=on_open, on_verb=on_verb, on_mark=on_mark, clock=clock
        )
        self._counts: dict[FlagName, Node] = {}
        self._told: Counter[FlagName] = Counter()
        self._is_near = False
        self._waiting: Callable[[], object] | None = None
        with boundary():
            self.element = Node("section", "scene", data_scene=scene.id)
        with self.element:
            with boundary(), Node("header", "slug") as self._slug:
                self._heading = Node("h2")
                self._meta = Node("span", "meta")
            if now:
                # No observer: it would let the cards wait for a frame after the page's first one.
                self._fill = Node("q-card", "fill")
            else:
                self._fill = Node("q-intersection", "fill", once=True, margin=NEAR)
                self._fill.on("visibility", self._near)
        self._show_header()
        self._make_room()
        if now:
            self.build()
            self._is_near = True

    @property
    def cards(self) -> dict[str, Card]:
        """Those that are built, by code."""
        return self.deck.cards if self.deck else {}

    @property
    def shots(self) -> list[ShotView]:
        """Its shots in script order, each as it was last painted."""
        return list(self._shots.values())

    def build(self) -> None:
        """Make the cards, from what is known now; once."""
        if self.deck is not None:
            return
        with self._fill:
            self.deck = self._deal()
        self.deck.add(self.shots)
        self._let_through()
        if self._on_built is not None:
            self._on_built(self.scene.id)

    def when_near(self, act: Callable[[], object]) -> None:
        """Do it once the browser has the cards; where it has none yet, go there first."""
        self.build()
        if self._is_near:
            act()
        else:
            self._waiting = act
            self.element.run_method("scrollIntoView")

    def paint(self, shots: Iterable[ShotView]) -> None:
        """Show newer views of shots of this scene; others are left alone."""
        for shot in shots:
            if shot.code not in self._shots:
                continue
            card = self.cards.get(shot.code)
            if card is not None:
                card.paint(shot)
                self._shots[shot.code] = card.shot
            else:
                self._shots[shot.code] = shot
            self._wear(shot.code, self._flag(shot))

    def arrange(self, scene: SceneView, shots: Sequence[ShotView]) -> None:
        """After an edit of the script: other shots, another order. Cards that remain are kept."""
        self.scene = scene
        self._shots = {shot.code: shot for shot in shots}
        self._flags = {shot.code: self._flag(shot) for shot in shots}
        if self.deck is not None:
            self.deck.arrange(shots)
        self.paint(shots)
        self._show_header()
        self._let_through()
        self._make_room()

    def filter(self, codes: Collection[str] | None) -> None:
        """Show only these shots; None shows all. Nothing is rebuilt."""
        self._shown = None if codes is None else frozenset(codes)
        self._let_through()
        self._make_room()

    def _let_through(self) -> None:
        for code, card in self.cards.items():
            card.show(on=self._lets(code))

    def _lets(self, code: str) -> bool:
        return self._shown is None or code in self._shown

    def _near(self, event: GenericEventArguments) -> None:
        if not event.args:
            return
        self.build()
        self._is_near = True
        act, self._waiting = self._waiting, None
        if act is not None:
            act()

    def _make_room(self) -> None:
        """Tell the sheet how many cards to leave room for."""
        visible = sum(self._lets(code) for code in self._shots)
        self.element.dress({"n": visible})
        self.element.patch(data_n=visible)

    def _show_header(self) -> None:
        number = len(self._shots)
        title = self.scene.title or self.scene.location or self.scene.id
        self._heading.patch(text=title)
        self._slug.patch(data_no=self.scene.id)
        self._meta.patch(
            text=f"{number} shot{'' if number == 1 else 's'}",
            data_time=running_time(self.scene.duration, self._fps),
        )
        self.element.patch(aria_label=title)
        self._show_counts()

    def _wear(self, code: str, flag: FlagName) -> None:
        if self._flags[code] is not flag:
            self._flags[code] = flag
            self._show_counts()

    def _show_counts(self) -> None:
        flags = Counter(self._flags.values())
        for name in COUNTED:
            if flags[name] != self._told[name]:
                self._count(name, flags[name])
        self._told = flags

    def _count(self, name: FlagName, number: int) -> None:
        node = self._counts.get(name)
        if node is None:
            if not number:
                return
            with self._meta:
                node = self._counts[name] = Node("i", "mini", role="img", data_flag=name)
        node.patch(text=str(number), aria_label=f"{number} {name.word.lower()}", title=name.word)
        node.patch(hidden=None if number else True)
