"""A scene: its slug line, and its cards, built when they come near the window."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from nicegui import ui
from nicegui.events import GenericEventArguments

from domain.work.views import SceneView, ShotView
from ui.components.card import Card, OnMark, OnOpen, OnVerb
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
        now: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``now``: build the cards with the page, as for the first scene; ``on_built``: which."""
        self.scene = scene
        self.cards: dict[str, Card] = {}
        self.built = False
        self._shots = {shot.code: shot for shot in shots}
        self._shown: frozenset[str] | None = None
        self._fps = fps
        self._on_open, self._on_verb, self._on_mark = on_open, on_verb, on_mark
        self._on_built = on_built
        self._clock = clock
        with boundary():
            self.element = Node("section", "scene", data_scene=scene.id)
        with self.element:
            with boundary(), Node("header", "slug"):
                self._number = Node("span", "no num")
                self._heading = Node("h2")
                Node("span", "rule")
                with Node("span", "meta"):
                    self._counts = {name: _count(name) for name in COUNTED}
                    self._total = Node("span", "shots")
                    self._length = Node("span", "num")
            self._fill = ui.element("q-intersection").classes("fill")
            self._fill.props(f'once margin="{NEAR}"')
            self._fill.on("visibility", self._near)
        self._show_header()
        self._make_room()
        if now:
            self.build()

    @property
    def shots(self) -> list[ShotView]:
        """Its shots in script order, each as it was last painted."""
        return list(self._shots.values())

    def build(self) -> None:
        """Make the cards, from what is known now; once."""
        if self.built:
            return
        self.built = True
        with self._fill, Node("div", "cards") as self._grid:
            for shot in self.shots:
                self._add(shot)
        if self._on_built is not None:
            self._on_built(self.scene.id)

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
        self._show_header()

    def arrange(self, scene: SceneView, shots: Sequence[ShotView]) -> None:
        """After an edit of the script: other shots, another order. Cards that remain are kept."""
        self.scene = scene
        before = list(self._shots)
        self._shots = {shot.code: shot for shot in shots}
        if self.built and before != list(self._shots):
            for code in set(self.cards) - set(self._shots):
                self.cards.pop(code).delete()
            with self._grid:
                for shot in shots:
                    if shot.code not in self.cards:
                        self._add(shot)
            for index, code in enumerate(self._shots):
                self.cards[code].move(index)
        self.paint(shots)
        self._make_room()

    def filter(self, codes: Collection[str] | None) -> None:
        """Show only these shots; None shows all. Nothing is rebuilt."""
        self._shown = None if codes is None else frozenset(codes)
        for code, card in self.cards.items():
            card.show(on=self._lets(code))
        self._make_room()

    def _add(self, shot: ShotView) -> None:
        card = Card(
            shot,
            fps=self._fps,
            on_open=self._on_open,
            on_verb=self._on_verb,
            on_mark=self._on_mark,
            clock=self._clock,
        )
        card.show(on=self._lets(shot.code))
        self.cards[shot.code] = card

    def _lets(self, code: str) -> bool:
        return self._shown is None or code in self._shown

    def _near(self, event: GenericEventArguments) -> None:
        if event.args:
            self.build()

    def _make_room(self) -> None:
        """Tell the sheet how many cards to leave room for."""
        visible = sum(self._lets(code) for code in self._shots)
        self.element.dress({"n": visible})
        self.element.patch(data_n=visible)

    def _show_header(self) -> None:
        shots = self.shots
        flags = Counter(flag_of_shot(shot).name for shot in shots)
        frames = self.scene.duration
        self._number.patch(text=self.scene.id)
        self._heading.patch(text=self.scene.title or self.scene.location or self.scene.id)
        for name, node in self._counts.items():
            number = flags[name]
            node.patch(text=str(number), hidden=None if number else True)
            node.patch(title=name.word, aria_label=f"{number} {name.word.lower()}")
        self._total.patch(text=f"{len(shots)} shot{'' if len(shots) == 1 else 's'}")
        self._length.patch(text=running_time(frames, self._fps))
        self.element.patch(aria_label=self._heading.text)


def _count(name: FlagName) -> Node:
    return Node("span", "mini", role="img", data_flag=name)
