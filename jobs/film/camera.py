"""A camera over a still: every frame of a clip, sub-pixel smooth."""

import math
from collections.abc import Iterator
from fractions import Fraction

from PIL import Image

from jobs.art.ask import PictureAsk
from jobs.art.mark import bar, stamp
from jobs.film.ask import FilmAsk
from jobs.film.moves import Window, read_move

LARGEST = 1280, 1280
"""The longer side of a clip in pixels, across and down."""
SMALLEST = 64


def size_of(picture: tuple[int, int], aspect: Fraction) -> tuple[int, int]:
    """The clip's size: the project's shape, no larger than its picture or ``LARGEST``; even."""
    wide, tall = picture
    shape = float(aspect)
    high = min(wide / shape, tall, LARGEST[0] / shape, LARGEST[1])
    high = max(high, SMALLEST, SMALLEST / shape)
    return _even(high * shape), _even(high)


class Camera:
    """Films one picture; ``frames`` may be asked for once."""

    def __init__(self, picture: Image.Image, ask: FilmAsk) -> None:
        self._ask = ask
        self.size = size_of(picture.size, ask.aspect)
        if ask.is_demo_frame:
            picture = _without_bars(picture)
        self._bar = bar(*self.size) if ask.is_demo else 0
        width, height = self.size
        self._inside = width, height - 2 * self._bar
        self._picture = _cropped(picture, self._inside[0] / self._inside[1])
        self._move = read_move(ask.movement)
        self._overlay = _mark(self.size, ask) if ask.is_demo else None
        self.count = max(1, round(ask.seconds * ask.fps))

    def frames(self) -> Iterator[Image.Image]:
        """Each the clip's size; a still camera's are all the same one."""
        still: Image.Image | None = None
        for number in range(self.count):
            if still is None or not self._move.is_still:
                still = self._frame(number)
            yield still

    def _frame(self, number: int) -> Image.Image:
        share = number / max(1, self.count - 1)
        window = self._move.at(share, float(number / self._ask.fps), self._ask.seed % 7)
        seen = _seen(self._picture, window, self._inside)
        if not self._bar and self._overlay is None:
            return seen
        whole = Image.new("RGB", self.size)
        whole.paste(seen, (0, self._bar))
        if self._overlay is not None:
            whole.paste(self._overlay, (0, 0), self._overlay)
        return whole


def _seen(picture: Image.Image, window: Window, size: tuple[int, int]) -> Image.Image:
    width, height = picture.size
    wide, tall = width * window.width, height * window.width
    if window.degrees:
        return _turned(picture, window, size)
    # A hand that shakes must not look past the edge.
    left = min(max(0.0, width * window.x - wide / 2), width - wide)
    top = min(max(0.0, height * window.y - tall / 2), height - tall)
    box = left, top, min(width, left + wide), min(height, top + tall)
    return picture.resize(size, Image.Resampling.BICUBIC, box=box)


def _turned(picture: Image.Image, window: Window, size: tuple[int, int]) -> Image.Image:
    """Seen askew; as much nearer as keeps the corners inside."""
    angle = math.radians(window.degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    shape = picture.width / picture.height
    keep = 1 / (abs(cos) + abs(sin) * max(shape, 1 / shape))
    step = picture.width * min(window.width, keep) / size[0]
    across, down = size[0] / 2, size[1] / 2
    x, y = picture.width * 0.5, picture.height * 0.5
    matrix = (
        step * cos,
        -step * sin,
        x - step * (cos * across - sin * down),
        step * sin,
        step * cos,
        y - step * (sin * across + cos * down),
    )
    return picture.transform(
        size, Image.Transform.AFFINE, matrix, resample=Image.Resampling.BICUBIC
    )


def _cropped(picture: Image.Image, shape: float) -> Image.Image:
    """The largest part of that shape around the middle."""
    wide = min(picture.width, picture.height * shape)
    tall = min(picture.height, picture.width / shape)
    left, top = (picture.width - wide) / 2, (picture.height - tall) / 2
    return picture.crop((round(left), round(top), round(left + wide), round(top + tall)))


def _without_bars(picture: Image.Image) -> Image.Image:
    """A demo picture as it was painted: the clip gets bars of its own, which stand still."""
    rows = bar(*picture.size)
    return picture.crop((0, rows, picture.width, picture.height - rows))


def _mark(size: tuple[int, int], ask: FilmAsk) -> Image.Image:
    """What is laid over every frame: the bars with the plate, clear between them."""
    overlay = Image.new("RGBA", size)
    told = PictureAsk(prompt="", seed=0, width=size[0], height=size[1], label=ask.label)
    stamp(overlay, told, ghost=not ask.is_demo_frame)
    return overlay


def _even(length: float) -> int:
    return max(2, round(length / 2) * 2)
