"""Weather between the camera and the stage: rain and snow."""

import numpy as np
from PIL import Image, ImageDraw

from jobs.art.colour import WHITE, blend
from jobs.art.grid import Grid, blur
from jobs.art.stage import Stage


def paint_weather(stage: Stage) -> None:
    if stage.brief.place.indoors or stage.brief.place.insert:
        return
    if stage.brief.rain:
        _rain(stage)
    if stage.brief.snow:
        _snow(stage)


def _rain(stage: Stage) -> None:
    rng, size = stage.rng, stage.size
    slant = 0.34 * stage.side
    for count, length, power in ((700, 0.032, 0.13), (190, 0.085, 0.20)):
        image = Image.new("L", size, 0)
        draw = ImageDraw.Draw(image)
        spots = rng.uniform((-0.1, -0.1, 0.6), (1.1, 1.0, 1.3), (count, 3))
        for u, v, big in spots.tolist():
            x, y, fall = u * size[0], v * size[1], length * stage.base * big
            draw.line([(x, y), (x + fall * slant, y + fall)], fill=int(150 * big))
        stage.plate.shine(_plane(image) * np.float32(power), blend(stage.palette.light, WHITE, 0.5))


def _snow(stage: Stage) -> None:
    rng, size = stage.rng, stage.size
    for count, radius, power in ((600, 0.0020, 0.8), (110, 0.0055, 0.55), (24, 0.014, 0.26)):
        image = Image.new("L", size, 0)
        draw = ImageDraw.Draw(image)
        spots = rng.uniform((0, 0, 0.5), (1, 1, 1.2), (count, 3))
        for u, v, big in spots.tolist():
            x, y, r = u * size[0], v * size[1], max(0.5, radius * stage.base * big)
            draw.ellipse([x - r, y - r, x + r, y + r], fill=int(210 * big))
        soft = blur(_plane(image), max(1.0, radius * stage.base))
        stage.plate.shine(soft * np.float32(power), WHITE)


def _plane(image: Image.Image) -> Grid:
    out: Grid = np.asarray(image, np.float32) * np.float32(1 / 255)
    return out
