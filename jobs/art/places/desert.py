"""Dunes, with table mountains behind."""

import numpy as np

from jobs.art.colour import blend, hexed, scaled
from jobs.art.grid import Grid, pull, ridge
from jobs.art.land import at, below
from jobs.art.shot import Time
from jobs.art.sky import paint_sky
from jobs.art.stage import Spot, Stage

_SANDS = {Time.NIGHT: "2a3446", Time.STORM: "7d7466", Time.DAY: "d0a877", Time.DUSK: "8a5a52"}


def desert(stage: Stage) -> tuple[Spot, ...]:
    horizon, unit, colours = stage.level(0.56), stage.unit, stage.palette
    paint_sky(stage, horizon)
    u = stage.columns()
    for high, share in ((0.17, 0.30), (0.11, 0.48)):
        steps = np.round(ridge(stage.rng, stage.width, 0.55, 6) * 4) / 4
        steps = np.convolve(np.pad(steps, 6, "edge"), np.ones(13) / 13, "valid")
        gap = 1.15 - 0.7 * np.exp(-(((u - stage.sun_x) / 0.16) ** 2))
        line = (
            (horizon + 0.012) * stage.height - high * unit * np.clip(steps - 0.18, 0, 1) * gap
        ).astype(np.float32)
        stage.plate.cover(
            below(stage, line),
            blend(
                scaled(stage.plate.row(horizon * stage.height - unit * 0.05), 0.85),
                colours.dark,
                share,
            ),
        )
    line = np.full(stage.width, stage.height, np.float32)
    air = blend(colours.haze, stage.plate.row(horizon * stage.height - 6), 0.5)
    for layer in range(5):
        near = layer / 4
        y = (horizon + 0.005 + (0.90 - horizon) * near**1.25) * stage.height
        line = _dune(stage, y, near, air)
    x = (0.5 + stage.side * 0.09) * stage.width
    tall = unit * 0.27
    return tuple(
        Spot(at_x, min(at(line, at_x) + 2, stage.height * 0.94), tall)
        for at_x in (x, x + stage.side * tall * 0.52)
    )


def _dune(stage: Stage, y: float, near: float, air: tuple[float, float, float]) -> Grid:
    plate, colours, unit, u = stage.plate, stage.palette, stage.unit, stage.columns()
    sand = hexed(_SANDS.get(stage.brief.time, "bd7850"))
    high, start = unit * (0.04 + 0.19 * near), float(stage.rng.uniform(0, 6.28))
    wave = (5.2 - 3.7 * near) * stage.aspect / 2.0
    line: Grid = (
        y
        - high
        * (
            np.abs(np.sin(u * wave * 2 + start)) ** 1.5 * 0.75
            + 0.35 * np.sin(u * wave * 1.3 + start * 2)
        )
    ).astype(np.float32)
    top = max(0, int(line.min()) - 2)
    slope = np.convolve(np.gradient(line), np.ones(15) / 15, "same").astype(np.float32)
    toward = np.tanh(
        (stage.sun_x * stage.width - np.arange(stage.width, dtype=np.float32))
        / (stage.width * 0.15)
    )
    face = np.tanh(slope * toward * -2.6)[None, :]
    down = (plate.y - line)[top:]
    depth = np.clip(down / (high * 1.9 + unit * 0.06), 0, 1)
    stretch = 620 / unit
    ripple = np.sin(
        (
            plate.y[top:] * (0.55 - 0.3 * near) * stretch
            + 26 * np.sin(plate.x * stretch / 130 + start)
            + plate.x * 0.08 * stretch
        )
        * (1.5 - 0.88 * near)
    )
    bright = (0.5 + 0.5 * face) * (1 - depth * 0.5)
    ripple = ripple * (0.036 * near) * (0.4 + bright)
    edge = (
        np.exp(np.abs(down) / np.float32(-(2.5 + 3 * near)))
        * np.clip(face, 0, 1)
        * np.float32(0.26 * colours.strength)
    )
    mask, far = np.clip(down + 0.5, 0, 1), np.float32(0.62 * (1 - near) ** 1.3)
    for plane, own, dark, light, haze in zip(
        plate.planes[:, top:], sand, colours.dark, colours.light, air, strict=True
    ):
        low, lit = own * 0.26 + dark * 0.30, own * 0.86 + light * 0.13 * colours.strength
        body = low + (lit - low) * bright + ripple + edge * np.float32(light)
        body += (haze - body) * far
        pull(plane, body, mask)
    return line
