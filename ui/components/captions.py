"""Captions: what happens and what is said, under the picture."""

from collections.abc import Sequence

from ui.components.card import NOTHING
from ui.components.node import Node, boundary
from ui.components.pool import Pool
from ui.components.showing import Caption


class Captions:
    """Read to those who don't see, too; hidden by the page's ``data-captions``."""

    def __init__(self) -> None:
        with boundary():
            self.element = Node("div", "captions", role="group", aria_label="Captions")
            self.element.patch(aria_live="polite")
        self._pool: Pool[_Line, Caption] = Pool(self.element, _Line, _Line.paint)

    def paint(self, captions: Sequence[Caption]) -> None:
        self._pool.fill(captions)
        self.element.patch(hidden=None if captions else True)


class _Line:
    def __init__(self) -> None:
        with Node("p", "caption") as self.element:
            self._face = Node("img", "face", alt="")
            self._speaker = Node("b")
            self._text = Node("span")

    def paint(self, line: Caption) -> None:
        self.element.patch(data_who=line.speaker)
        self._face.patch(src=line.face or NOTHING, hidden=None if line.face else True)
        self._speaker.patch(text=line.speaker or "", hidden=None if line.speaker else True)
        self._text.patch(text=line.text)
