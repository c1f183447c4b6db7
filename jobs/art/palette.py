"""A palette per hour. All lean on the same ink shadows and bone lights, so shots cut together."""

from dataclasses import dataclass

from jobs.art.colour import Colour, hexed
from jobs.art.shot import Time


@dataclass(frozen=True, slots=True)
class Palette:
    sky: tuple[Colour, ...]
    """From the top of the sky down to the horizon."""
    haze: Colour
    dark: Colour
    light: Colour
    water: Colour
    disc: Colour
    ambient: Colour
    """What multiplies a thing's own colour in this light."""
    sun: float
    """How far down the frame the sun or moon stands."""
    strength: float
    lamps: float
    """How many windows are lit, and how much a lamp tells."""


def _palette(
    sky: str, tones: str, ambient: Colour, *, sun: float, power: float, lamps: float
) -> Palette:
    haze, dark, light, water, disc = (hexed(code) for code in tones.split())
    return Palette(
        tuple(hexed(code) for code in sky.split()),
        haze,
        dark,
        light,
        water,
        disc,
        ambient,
        sun,
        power,
        lamps,
    )


def palette(time: Time) -> Palette:
    return _PALETTES[time]


_PALETTES = {
    Time.DAWN: _palette(
        "1c2c48 43557a 8b7b90 dc9f88 fbd3a2",
        "dcae94 151c2c ffe0b2 2b3a54 fff0d2",
        (0.82, 0.72, 0.70),
        sun=0.60,
        power=0.85,
        lamps=0.35,
    ),
    Time.DAY: _palette(
        "3a6c94 6295b4 98bdcb c3d7d8 ebe9da",
        "c3d3d3 1c2b33 fff4da 32607a fffbe8",
        (0.92, 0.94, 0.92),
        sun=0.30,
        power=0.62,
        lamps=0.10,
    ),
    Time.GOLDEN: _palette(
        "37405f 6f5b76 c0745c eca15a fcd78e",
        "dd9f6c 201a24 ffd68a 52404c fff2c8",
        (0.95, 0.76, 0.58),
        sun=0.60,
        power=1.0,
        lamps=0.35,
    ),
    Time.DUSK: _palette(
        "131d36 2a3354 5b4866 a8606a ec9a72",
        "96606a 0f1322 ffb884 262a44 ffdcae",
        (0.66, 0.54, 0.58),
        sun=0.62,
        power=0.9,
        lamps=0.8,
    ),
    Time.NIGHT: _palette(
        "060b16 0b182a 142a40 203f56 3a6070",
        "284858 05090f c2dff4 0c1d2c f4f8ff",
        (0.42, 0.52, 0.62),
        sun=0.22,
        power=0.55,
        lamps=1.0,
    ),
    Time.STORM: _palette(
        "141c24 232f39 3b4951 616f74 97a09a",
        "74827f 0b1216 dfe9e4 24343a e8eeec",
        (0.60, 0.66, 0.68),
        sun=0.32,
        power=0.32,
        lamps=0.75,
    ),
}
