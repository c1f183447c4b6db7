"""A grid: a plane of float32. Making noise, blurring, and the small calculus painting needs."""

from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

Grid: TypeAlias = npt.NDArray[np.floating[Any]]
Rng: TypeAlias = np.random.Generator


def smooth(start: float, stop: float, value: Grid) -> Grid:
    """Rise from 0 at start to 1 at stop without a corner."""
    rise: Grid = np.clip((value - start) * (1 / (stop - start)), 0, 1)
    out: Grid = rise * rise * (3 - 2 * rise)
    return out


def pull(plane: Grid, ink: Grid | float, share: Grid | float) -> None:
    """Move a plane toward an ink, in place."""
    plane += (ink - plane) * share


def chance(rng: Rng, odds: float) -> bool:
    return bool(rng.random() < odds)


@lru_cache(maxsize=16)
def axes(width: int, height: int) -> tuple[Grid, Grid]:
    """A row of pixel x, a column of pixel y; they broadcast to the whole plane."""
    across = np.arange(width, dtype=np.float32)[None, :]
    down = np.arange(height, dtype=np.float32)[:, None]
    across.flags.writeable = down.flags.writeable = False
    return across, down


def enlarge(grid: Grid, width: int, height: int, *, soft: bool = False) -> Grid:
    image = Image.fromarray(np.ascontiguousarray(grid, np.float32))
    how = Image.Resampling.BICUBIC if soft else Image.Resampling.BILINEAR
    return np.array(image.resize((width, height), how), np.float32)


def fbm(
    rng: Rng,
    size: tuple[int, int],
    cells: tuple[int, int],
    octaves: int = 5,
    gain: float = 0.5,
    *,
    every: int = 2,
) -> Grid:
    """Cloudy noise in 0..1, worked out on every n-th pixel and enlarged."""
    width, height = max(2, size[0] // every), max(2, size[1] // every)
    out: Grid = np.zeros((height, width), np.float32)
    loud, total = 1.0, 0.0
    for octave in range(octaves):
        across, down = min(cells[0] << octave, width), min(cells[1] << octave, height)
        seeds = rng.random((down + 3, across + 3), dtype=np.float32)
        box = (1, 1, across + 1, down + 1)
        wave = Image.fromarray(seeds).resize((width, height), Image.Resampling.BICUBIC, box=box)
        out += loud * np.asarray(wave)
        total += loud
        loud *= gain
    out *= 1 / total
    return enlarge(out, *size) if (width, height) != size else out


def blur(grid: Grid, radius: float) -> Grid:
    """Blur softly by shrinking, smoothing a little, and enlarging."""
    height, width = grid.shape
    shrink = max(1, int(radius * 0.6))
    small = grid
    if shrink > 1:
        image = Image.fromarray(np.ascontiguousarray(grid, np.float32))
        low = (max(2, width // shrink), max(2, height // shrink))
        small = np.asarray(image.resize(low, Image.Resampling.BOX), np.float32)
    for _ in range(2):
        edge = np.pad(small, 1, "edge")
        small = (edge[:-2] + 2 * edge[1:-1] + edge[2:]) * np.float32(0.25)
        small = (small[:, :-2] + 2 * small[:, 1:-1] + small[:, 2:]) * np.float32(0.25)
    return enlarge(small, width, height, soft=True) if shrink > 1 else small


def ridge(
    rng: Rng, count: int, rough: float = 0.55, octaves: int = 8, *, sharp: bool = True
) -> Grid:
    """A mountain line in 0..1, one height a column."""
    line: Grid = np.zeros(count, np.float32)
    along = np.linspace(0, 1, count, dtype=np.float32)
    loud = 1.0
    for octave in range(octaves):
        cells = 3 << octave
        if cells * 2 > count:
            break
        knots = rng.random(cells + 3, dtype=np.float32)
        at = along * cells + np.float32(rng.random())
        left = np.minimum(at.astype(np.intp), cells + 1)
        part = at - left
        if not (sharp and octave):
            part = part * part * (3 - 2 * part)
        wave = knots[left] * (1 - part) + knots[left + 1] * part
        if sharp and octave in {0, 1, 2}:
            wave = 1 - np.abs(2 * wave - 1)
        line += wave * np.float32(loud)
        loud *= rough
    low, high = float(line.min()), float(line.max())
    out: Grid = (line - low) / (high - low + 1e-6)
    return out
