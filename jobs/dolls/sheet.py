"""The sheet a doll is drawn on: parts in layers, each inked, all cut out of one piece of paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from jobs.dolls.lines import Outline, Point, curve, mirrored, stroke

WIDTH, HEIGHT = 620, 840
MIDDLE = WIDTH / 2
GROUND = 790.0

INK, PAPER = "#2a211b", "#f6efe2"
LINE, EDGE = 3.4, 12.0
"""Of an outline, and of the paper left around it."""


class Layer(StrEnum):
    """From the back to the front."""

    BACK = "back"
    BODY = "body"
    OUTFIT = "outfit"
    WORN = "worn"
    BELT = "belt"
    HANDS = "hands"
    HEAD = "head"


@dataclass(slots=True)
class Part:
    """What one body, outfit or accessory adds to one layer."""

    layer: Layer
    name: str
    marks: list[str] = field(default_factory=list)
    outlines: list[str] = field(default_factory=list)
    rods: list[tuple[str, float]] = field(default_factory=list)

    def shape(self, fill: str, *outlines: Outline, line: float = LINE) -> None:
        """Shapes of one colour, inked around as one: ink comes first, so none where they meet."""
        data = "".join(one.data for one in outlines)
        self.outlines.append(data)
        self.marks.append(f'<path d="{data}" fill="{fill}" stroke-width="{2 * line:g}"/>')

    def flat(self, fill: str, *outlines: Outline) -> None:
        """A patch of colour without ink: shade, light, a pattern."""
        data = "".join(one.data for one in outlines)
        self.marks.append(f'<path d="{data}" fill="{fill}" stroke="none"/>')

    def line(
        self, *points: Point, width: float = 2.6, colour: str = INK, alone: bool = False
    ) -> None:
        """An open line through its points; ``alone``: it leaves its part, so it needs paper."""
        if alone:
            self.rods.append((stroke(points), width))
        self._open(stroke(points), colour, width)

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """What is drawn meanwhile is a part of its own inside this one."""
        self.marks.append(f'<g data-part="{name}">')
        yield
        self.marks.append("</g>")

    def rod(self, fill: str, *points: Point, width: float) -> None:
        """A line thick enough to be inked on both sides: a strap, a shaft."""
        data = stroke(points)
        self.rods.append((data, width))
        self._open(data, INK, width + 2 * LINE)
        self._open(data, fill, width)

    def band(self, fill: str, y: float, half: float, *, thick: float, line: float = LINE) -> None:
        """A belt: across the body at height ``y``, hanging a little in the middle."""
        ends = [(MIDDLE + half, y - thick / 2), (MIDDLE + half, y + thick / 2)]
        right = [
            (MIDDLE + 1, y + 5 - thick / 2), (MIDDLE + half * 0.6, y + 3 - thick / 2),
            ends[0], ends[0], ends[1], ends[1],
            (MIDDLE + half * 0.6, y + 3 + thick / 2), (MIDDLE + 1, y + 5 + thick / 2),
        ]  # fmt: skip
        self.shape(fill, curve(mirrored(right, MIDDLE)), line=line)

    def _open(self, data: str, colour: str, width: float) -> None:
        self.marks.append(
            f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'
        )


class Sheet:
    """Collects parts in any order; `svg` puts them into the one of the layers."""

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def part(self, layer: Layer, name: str) -> Part:
        self._parts.append(Part(layer, name))
        return self._parts[-1]

    def svg(self, title: str) -> bytes:
        drawn = [
            part for layer in Layer for part in self._parts if part.layer is layer and part.marks
        ]
        paper = "".join(data for part in drawn for data in part.outlines)
        edge = 2 * (LINE + EDGE)
        body = "\n".join(_group(part) for part in drawn)
        rods = "".join(
            f'<path d="{data}" fill="none" stroke-width="{width + edge:g}"/>'
            for part in drawn
            for data, width in part.rods
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'stroke-linecap="round" stroke-linejoin="round">\n<title>{title}</title>\n'
            f'<g data-layer="paper" fill="{PAPER}" stroke="{PAPER}">'
            f'<path d="{paper}" stroke-width="{edge:g}"/>{rods}</g>\n'
            f'<g stroke="{INK}" paint-order="stroke">\n{body}\n</g>\n</svg>\n'
        ).encode()


def _group(part: Part) -> str:
    marks = "".join(part.marks)
    return f'<g data-layer="{part.layer}" data-part="{part.name}">{marks}</g>'
