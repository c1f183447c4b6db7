"""Land: ridges with air between them, faceted rock, and the ground lines people stand on."""

import numpy as np

from jobs.art.colour import Colour, blend
from jobs.art.grid import Grid, fbm, pull, ridge, smooth
from jobs.art.stage import Stage


def below(stage: Stage, line: Grid) -> Grid:
    """Cover everything under a line given as one pixel height a column."""
    out: Grid = np.clip(stage.plate.y - line[None, :] + 0.5, 0, 1)
    return out


def at(line: Grid, x: float) -> float:
    """The height of a line at a pixel column."""
    return float(line[int(min(max(x, 0), len(line) - 1))])


def paint_mountains(
    stage: Stage, horizon: float, *, layers: int = 5, snow: bool = False, hero: bool = True
) -> None:
    plate, colours, rng = stage.plate, stage.palette, stage.rng
    far = blend(plate.row(horizon * stage.height - 4), colours.haze, 0.45)
    xs, peak_at = (
        stage.columns(),
        float(np.clip(stage.sun_x + stage.side * rng.uniform(0.22, 0.34), 0.15, 0.85)),
    )
    for layer in range(layers):
        near = layer / max(layers - 1, 1)
        rise = (
            (0.20 - 0.05 * near) * stage.height * max(0.5, 1 + 0.25 * float(rng.standard_normal()))
        )
        base = horizon + 0.012 + (0.90 - horizon) * near**1.35
        line = base * stage.height - rise * ridge(rng, stage.width, 0.48 + 0.06 * near, 8)
        if hero and layer == 1:
            spike = np.maximum(0, 1 - np.abs(xs - peak_at) / (0.62 / stage.aspect)) ** 1.15
            line -= spike * stage.base * 0.26 * (0.75 + 0.5 * ridge(rng, stage.width, 0.6, 8))
        _ridge(stage, line, rise, near, far, snow=snow)


def _ridge(stage: Stage, line: Grid, rise: float, near: float, far: Colour, *, snow: bool) -> None:
    plate, colours = stage.plate, stage.palette
    start = max(0, int(line.min()) - 1)
    mask = below(stage, line)[start:]
    down = (plate.y - line[None, :])[start:]
    depth = np.clip(down / (rise * 0.9 + 1), 0, 1)
    rock = fbm(stage.rng, stage.size, (round(11 * stage.aspect), 10), 5, 0.6)[start:]
    slope = np.convolve(np.gradient(line), np.ones(9) / 9, "same").astype(np.float32)
    toward = np.tanh(
        (stage.sun_x * stage.width - np.arange(stage.width, dtype=np.float32))
        / (stage.width * 0.12)
    )
    face = np.clip(slope * toward * -0.55, -1, 1)[None, :]
    form = np.clip((rock - 0.5) * 2.6 + face * 0.65, -1, 1) * (1 - depth) ** 0.7
    base = blend(far, colours.dark, min(1.0, max(near**0.72, 0.10)))
    lit = np.maximum(form, 0) * np.float32(0.20 * (1 - near) * (0.5 + colours.strength))
    shade = 1 - np.maximum(-form, 0) * 0.2
    mist = smooth(0, 1, np.clip(down / (rise * 1.5 + 16), 0, 1))
    mist *= np.float32(0.64 * (1 - near) ** 0.8 + (0.12 if stage.brief.fog else 0.03))
    cap = smooth(0.46, 0.0, depth + (rock - 0.5) * 0.55) * np.float32(
        0.64 * (1 - near) if snow else 0
    )
    snowy = blend(far, colours.light, 0.5)
    view = plate.planes[:, start:]
    for plane, b, light, white, air in zip(view, base, colours.light, snowy, far, strict=True):
        body = (b + lit * np.float32(light)) * shade
        body += (np.float32(white) * (0.8 + 0.25 * form) - body) * cap
        body += (np.float32(air) - body) * mist
        pull(plane, body, mask)


def paint_rock(
    stage: Stage, line: Grid, foot: Grid | None = None, *, tone: float = 1.0, grassy: float = 0.0
) -> None:
    """Near rock or turf under a line, and above a foot line if there is one; lit along its top."""
    plate, colours = stage.plate, stage.palette
    mask = below(stage, line)
    if foot is not None:
        mask *= np.clip(foot[None, :] - plate.y + 0.5, 0, 1)
    unit = stage.base
    rock = fbm(stage.rng, stage.size, (round(15 * stage.aspect), 34), 4, 0.62)
    slope = np.convolve(np.gradient(line), np.ones(7) / 7, "same").astype(np.float32)
    toward = np.tanh(
        (stage.sun_x * stage.width - np.arange(stage.width, dtype=np.float32)) / (stage.width * 0.2)
    )
    face = np.clip(0.55 - slope * toward * 1.4, 0, 1)[None, :]
    depth = np.clip(plate.y - line[None, :], 0, None)
    top = np.exp(depth * np.float32(-16 / unit))
    lit = (
        smooth(0.44, 0.72, rock)
        * (0.30 + top * 0.9)
        * face
        * np.float32(0.20 * (colours.strength + 0.22))
    )
    lit += top**3 * face * np.float32(0.16 * (colours.strength + 0.15))
    shade = (0.62 + 0.6 * rock) * np.float32(tone)
    turf = blend(colours.dark, (0.24, 0.27, 0.15), 0.5 * grassy)
    for plane, dark, light in zip(plate.planes, turf, colours.light, strict=True):
        body = shade * np.float32(dark) + lit * np.float32(light)
        pull(plane, body, mask)


def paint_strata(stage: Stage, line: Grid, foot: Grid) -> None:
    """A cliff face: cracks that lean, ledges that catch the light."""
    plate, colours, unit = stage.plate, stage.palette, stage.base
    paint_rock(stage, line, foot)
    inside = below(stage, line) * np.clip(foot[None, :] - plate.y + 0.5, 0, 1)
    bend = fbm(stage.rng, stage.size, (round(4 * stage.aspect), 5), 3, every=4)
    bed = np.sin(
        (plate.y * 0.9 + plate.x * 0.22 * stage.side + bend * unit * 0.5) * np.float32(40 / unit)
    )
    crack = np.sin(
        (plate.x - plate.y * 0.3 * stage.side + bend * unit * 0.9) * np.float32(22 / unit)
    )
    depth = smooth(0, unit * 0.08, plate.y - line[None, :])
    plate.shine(
        np.maximum(bed * crack, 0) ** 2
        * inside
        * depth
        * np.float32(0.075 * (colours.strength + 0.25)),
        colours.light,
    )
    plate.dim(np.maximum(-bed * crack, 0) * inside * depth * 0.2)
