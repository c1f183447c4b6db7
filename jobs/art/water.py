"""Water: what stands above it mirrored and broken by ripples, a glitter path, and storm swell."""

import numpy as np

from jobs.art.colour import Colour, blend, scaled
from jobs.art.grid import Grid, blur, fbm, ridge, smooth
from jobs.art.land import below
from jobs.art.stage import Stage


def paint_water(stage: Stage, horizon: float, *, chop: float = 1.0) -> None:
    """Flood everything under the horizon; paint first what is to be mirrored."""
    plate, colours = stage.plate, stage.palette
    top = int(horizon * stage.height)
    count = stage.height - top
    rows = np.arange(count, dtype=np.float32)
    depth = (rows / count)[:, None]
    wave = _ripples(stage, depth) * np.float32(chop)
    mirror = np.clip(top - 1 - rows * (top / count) * (0.5 + 0.4 * rows / count), 0, top - 1)
    shift = wave * (0.008 + 0.065 * depth) * (stage.base * 0.9)
    columns = np.clip(plate.x + shift, 0, stage.width - 1).astype(np.intp)
    seen = plate.planes[:, mirror.astype(np.intp)[:, None], columns]
    sheen = 0.80 - 0.48 * depth
    shade = 1 + wave * 0.52
    path = np.exp(-(((stage.u - stage.sun_x + wave * 0.03) / (0.022 + 0.10 * depth)) ** 2))
    path *= smooth(0.02, 0.34, wave + 0.10 * (1 - depth)) * (1 - 0.25 * depth)
    path *= np.float32(0.80 * colours.strength + 0.16)
    for plane, new, base, light in zip(
        plate.planes, seen, colours.water, colours.light, strict=True
    ):
        wet = (new * sheen + (1 - sheen) * np.float32(base * 0.9)) * shade
        np.clip(wet + path * np.float32(light), 0, 1.35, out=plane[top:])
    haze = np.exp(-(((stage.v - horizon) / 0.012) ** 2)) * 0.3
    plate.cover(haze, plate.row(top - 6))


def _ripples(stage: Stage, depth: Grid) -> Grid:
    """Noise sampled at continuous perspective rows; whole rows would look like bricks."""
    wave: Grid = np.zeros((depth.shape[0], stage.width), np.float32)
    near = 1 / (depth[:, 0] + 0.05)
    for octave, reach in enumerate((210, 120, 70)):
        cells = (round(4.2 * stage.aspect) << octave, (34, 68, 110)[octave])
        field = fbm(stage.rng, (stage.width, 256), cells, 3, every=1 + (octave == 0)) - 0.5
        at = near * reach % 254
        row = at.astype(np.intp)
        part = (at - row)[:, None]
        mixed = field[row] * (1 - part) + field[row + 1] * part
        wave += mixed * ((0.55 + 0.45 * smooth(0, 0.1, depth)) * np.float32(1 / 1.35**octave))
    return wave


def paint_swell(stage: Stage, at: float, height: float, *, tone: float, foam: float = 1.0) -> Grid:
    """A wave across the frame, its crest near a share of the height; give its line in pixels."""
    plate, colours, rng = stage.plate, stage.palette, stage.rng
    u, unit = stage.columns(), stage.base
    turns = float(rng.uniform(1.0, 1.7)) * stage.aspect / 1.6
    roll = np.sin(u * turns * 6.28 + float(rng.uniform(0, 6.28)))
    crest = np.sign(roll) * np.abs(roll) ** 1.3 * 0.6 + 0.4 * np.sin(
        u * turns * 14 + float(rng.uniform(0, 6.28))
    )
    line: Grid = (
        at * stage.height
        - crest * height * unit * 0.5
        - ridge(rng, stage.width, 0.5, 7) * height * unit * 0.35
    )
    mask = below(stage, line)
    depth = np.clip((plate.y - line) / (unit * 0.30), 0, 1)
    grain = fbm(rng, stage.size, (round(5 * stage.aspect), 26), 4, 0.6)
    body = blend(colours.water, colours.dark, tone)
    sky = blend(colours.haze, colours.sky[2], 0.5)
    shape = np.clip((1 - depth) ** 2 * 0.55 + (grain - 0.5) * 0.9 * (1 - depth * 0.6), 0, 1)
    tint = np.stack(
        [
            np.clip(b * (0.55 + 0.5 * grain) + (s - b) * shape * 0.8, 0, 1.2)
            for b, s in zip(body, sky, strict=True)
        ]
    )
    plate.cover(mask, tint)
    edge = np.exp(np.abs(plate.y - line - 2) * np.float32(-90 / unit)) * smooth(0.42, 0.62, grain)
    streak = smooth(0.60, 0.74, grain) * (1 - depth) * 0.35
    plate.cover(
        (edge + streak) * mask * np.float32(0.55 * foam),
        scaled(blend(sky, colours.light, 0.6), 1.0),
    )
    return line


def paint_spray(stage: Stage, x: float, y: float, size: float, tint: Colour) -> None:
    """A burst of spray where water meets something hard."""
    rng, pen = stage.rng, stage.plate.pen()
    for _ in range(90):
        turn, far = float(rng.uniform(-2.8, -0.35)), float(rng.random() ** 0.7) * size
        drop = float(rng.uniform(0.004, 0.014)) * size + 0.4
        spot = x + np.cos(turn) * far, y + np.sin(turn) * far * 0.9
        pen.oval(*spot, drop, drop, int(rng.uniform(40, 170)))
    for _ in range(14):
        turn, far = float(rng.uniform(-2.6, -0.5)), float(rng.random()) * size * 0.55
        puff = float(rng.uniform(0.08, 0.18)) * size
        pen.oval(x + np.cos(turn) * far, y + np.sin(turn) * far, puff, puff, 120)
    mist = pen.stamp()
    soft = blur(mist.alpha, max(1.5, size * 0.10))
    stage.plate.within(mist).cover(np.clip(soft * 1.0 + mist.alpha * 0.12, 0, 0.85), tint)
