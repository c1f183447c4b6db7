"""A wall with a window: its view, its light on the floor, the things dark against it."""

import numpy as np

from jobs.art.colour import Colour, blend, scaled, under
from jobs.art.glow import rim, shafts
from jobs.art.grid import Grid, blur, fbm, smooth
from jobs.art.pen import Pen, Point
from jobs.art.stage import Spot, Stage

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""


def window_box(stage: Stage, share: float, rows: tuple[float, float]) -> Box:
    """A window on the side the light comes from; never wider than the frame can hold."""
    half = min(share * stage.base * 1.05, stage.width * 0.36)
    middle = (0.5 - stage.side * 0.13) * stage.width
    return middle - half, rows[0] * stage.height, middle + half, rows[1] * stage.height


def beside(stage: Stage, box: Box) -> tuple[Spot, ...]:
    x = box[2 if stage.side > 0 else 0] + stage.side * stage.base * 0.22
    tall = stage.base * 0.60
    return Spot(x, stage.height * 0.945, tall), Spot(
        x + stage.side * tall * 0.42, stage.height * 0.96, tall
    )


def paint_window(stage: Stage, box: Box, panes: tuple[int, int], paint: Colour) -> None:
    """Wall, window and floor, with the window's light on all of them."""
    plate, colours, unit = stage.plate, stage.palette, stage.base
    view = plate.copy()
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    across, down = (plate.x - x) / np.float32(unit * 1.6), (plate.y - y) / np.float32(unit * 1.2)
    far: Grid = np.sqrt(across * across + down * down)
    plaster = 0.85 + 0.3 * fbm(stage.rng, stage.size, (round(6 * stage.aspect), 12), 5, 0.6)
    near, spill = (0.5 + 1.0 * np.exp(far * -1.6)) * plaster, np.exp(far * -2.2) * np.float32(0.12)
    for plane, ink, light in zip(plate.planes, paint, colours.light, strict=True):
        plane[:] = ink * near + light * spill
    _floor(stage, x, paint)
    frame, glass = plate.pen(), plate.pen()
    edge = unit * 0.026
    frame.rect(box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge)
    frame.rect(box[0] - edge * 2, box[3] + edge * 0.6, box[2] + edge * 2, box[3] + edge * 1.6)
    wide, tall, bar = (box[2] - box[0]) / panes[0], (box[3] - box[1]) / panes[1], unit * 0.008
    for i in range(panes[0]):
        for j in range(panes[1]):
            left, top = box[0] + i * wide, box[1] + j * tall
            glass.rect(left + bar, top + bar, left + wide - bar, top + tall - bar)
    plate.press(frame.stamp(), scaled(paint, 0.42))
    stamp = glass.stamp()
    seen = view.within(stamp).planes
    plate.press(stamp, seen * np.float32(0.86))
    glow = (stamp.alpha * seen.mean(0)).astype(np.float32)
    whole = np.zeros(plate.planes.shape[1:], np.float32)
    whole[stamp.rows, stamp.columns] = glow
    plate.shine(
        blur(whole, unit * 0.065) * np.float32(0.15 * (0.5 + colours.strength)), colours.light
    )
    _patches(stage, box, panes)


def _floor(stage: Stage, x: float, paint: Colour) -> None:
    plate, unit = stage.plate, stage.base
    top = stage.height * 0.80
    depth = np.clip((plate.y - top) / (stage.height - top), 0, 1)
    board = (plate.x - x) / (1 + depth * 1.1) / np.float32(unit * 0.12)
    seam = smooth(0.42, 0.49, np.abs(board - np.floor(board) - 0.5)) * 0.28
    grain = (fbm(stage.rng, stage.size, (round(22 * stage.aspect), 10), 3) - 0.5) * 0.3
    wood = under((0.36, 0.27, 0.19), stage.palette.ambient)
    wood = blend(blend(stage.palette.dark, wood, 0.5), paint, 0.3)
    shade = (1 - seam + grain) * (0.8 + 0.25 * np.exp(-(((plate.x - x) / (unit * 0.9)) ** 2)))
    plate.cover(np.clip(plate.y - top + 0.5, 0, 1), np.stack([ink * shade for ink in wood]))
    skirting = plate.pen()
    skirting.rect(-2, top - unit * 0.045, stage.width + 2, top)
    plate.press(skirting.stamp(), scaled(paint, 0.5))


def _patches(stage: Stage, box: Box, panes: tuple[int, int]) -> None:
    """The window's panes on the floor, and the air they shine through."""
    unit, top = stage.base, stage.height * 0.80
    x, lean = (box[0] + box[2]) / 2, stage.side * unit * 0.32
    pen, wide = stage.plate.pen(), (box[2] - box[0]) / panes[0]
    quads: list[list[Point]] = []

    def on(a: float, k: float) -> Point:
        return x + (a - x) * (1 + k * 0.85) + lean * (0.35 + k), top + k * (stage.height - top)

    for i in range(panes[0]):
        a, b = box[0] + i * wide + unit * 0.01, box[0] + (i + 1) * wide - unit * 0.01
        for k0, k1 in ((0.08, 0.46), (0.54, 0.96)):
            pen.poly([on(a, k0), on(b, k0), on(b, k1), on(a, k1)])
        quads.append([(a, box[1]), (b, box[1]), on(b, 1.0), on(a, 1.0)])
    stamp = pen.stamp()
    colours = stage.palette
    light = blur(stamp.alpha, unit * 0.012) * np.float32(0.36 * colours.strength + 0.10)
    stage.plate.within(stamp).shine(light, colours.light)
    shafts(stage, quads, 0.055 * colours.strength + 0.012)


def press_dark(stage: Stage, pen: Pen, box: Box, share: float = 0.5) -> None:
    stamp, colours = pen.stamp(), stage.palette
    stage.plate.press(
        stamp, blend(scaled(colours.dark, 0.6), under((0.22, 0.16, 0.12), colours.ambient), share)
    )
    x = (box[0] + box[2]) / 2
    rim(
        stage.plate,
        stamp,
        (x - stage.width * (0.5 + stage.side * 0.2), -stage.height * 0.3),
        colours.light,
        width=max(1.2, stage.base * 0.005),
        power=0.22 + 0.3 * colours.strength,
    )
