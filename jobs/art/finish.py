"""The finish: one bloom, curve, split tone, vignette and paper for every shot of the film."""

import numpy as np
from PIL import Image

from jobs.art.grid import Grid, Rng, blur, fbm, smooth
from jobs.art.shot import Finish
from jobs.art.stage import Stage

_SHADOW_TINT = (-0.006, 0.012, 0.026)
_LIGHT_TINT = (0.020, 0.008, -0.016)
_SATURATION = {Finish.COLOUR: 1.0, Finish.MONO: 0.04, Finish.SEPIA: 0.22}
_BAND = 256
"""Rows of grain before it repeats."""
_TONING = {Finish.SEPIA: (1.07, 0.96, 0.78)}


def develop(stage: Stage) -> Image.Image:
    """Turn the plate into eight-bit pixels, dithered so that skies do not band."""
    planes = np.clip(stage.plate.planes, 0, 1.6)
    bright = np.clip(planes.mean(0) - 0.72, 0, 1)
    bloom = blur(bright, stage.base * 0.045) * 0.6 + blur(bright, stage.base * 0.14) * 0.5
    for plane, light in zip(planes, stage.palette.light, strict=True):
        _expose(plane, bloom * np.float32(light * 0.7))
    luminance, frame = planes.mean(0), _vignette(stage)
    toning = _TONING.get(stage.brief.finish, (1.0, 1.0, 1.0))
    for plane, low, high, tone in zip(planes, _SHADOW_TINT, _LIGHT_TINT, toning, strict=True):
        tint = (1 - luminance) ** 3 * np.float32(low) + luminance * luminance * np.float32(high)
        _tone(plane, luminance, tint, np.float32(_SATURATION[stage.brief.finish]))
        np.multiply(plane, frame * np.float32(tone * 255), out=plane)
    planes += stage.rng.random(planes.shape[1:], dtype=np.float32)
    pixels = np.clip(planes, 0, 255).astype(np.uint8).transpose(1, 2, 0)
    return Image.fromarray(np.ascontiguousarray(pixels))


def _vignette(stage: Stage) -> Grid:
    across, down = (stage.u - 0.5) * 1.08, stage.v - 0.5
    fall = 1 - 0.38 * smooth(0.42, 1.0, np.sqrt(across * across + down * down))
    paper = fbm(stage.rng, stage.size, (round(70 * stage.aspect), 70), 2, every=1) - 0.5
    out: Grid = fall * (1 + paper * 0.10)
    return out


def _expose(plane: Grid, bloom: Grid) -> None:
    """Roll highlights off like film, then a gentle S for contrast."""
    plane += bloom
    over = np.maximum(plane - 0.62, 0)
    np.minimum(plane, 0.62, out=plane)
    plane += 0.38 * (1 - np.exp(over * (-1 / 0.38)))
    np.clip(plane, 0, 1, out=plane)
    plane += (plane * plane * (3 - 2 * plane) - plane) * 0.34


def _tone(plane: Grid, luminance: Grid, tint: Grid, saturation: np.float32) -> None:
    plane -= luminance
    plane *= saturation
    plane += luminance
    plane += tint


def grain(image: Image.Image, rng: Rng, power: float = 4.6) -> Image.Image:
    """Film grain at the final size, the same on all channels; band by band, to stay small."""
    width, height = image.size
    tile = rng.standard_normal((_BAND, 512), dtype=np.float32) * np.float32(power)
    tile = (tile * 0.75 + np.roll(tile, 1, 1) * 0.35).round()
    noise = np.tile(tile.astype(np.int16), (1, -(-width // tile.shape[1])))[:, :width, None]
    pixels = np.array(image)
    for top in range(0, height, _BAND):
        band = pixels[top : top + _BAND]
        band[:] = np.clip(band + noise[: len(band)], 0, 255)
    return Image.fromarray(pixels)
