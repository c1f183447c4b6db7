"""The wardrobe: dyes by name, what people wear when nobody says, and the words for clothes."""

import re

from jobs.art.colour import Colour, hexed
from jobs.art.look import Hat

_DYES = {
    "yellow": "d9a527", "mustard": "c08a2c", "ochre": "b9803a", "gold": "c99a3c",
    "orange": "cc6b2c", "red": "a8322c", "crimson": "8f2230", "scarlet": "b83228",
    "rust": "93482c", "maroon": "5e2430", "pink": "c47c86", "purple": "59406e",
    "violet": "5f4a80", "navy": "2b3f63", "blue": "35557a", "teal": "2b6468",
    "turquoise": "3a8484", "green": "3f5e44", "olive": "5b5a38", "moss": "55603c",
    "brown": "5c4230", "tan": "a5835a", "beige": "b8a284", "cream": "d3c5a4",
    "white": "d6d3c8", "grey": "84898a", "gray": "84898a", "silver": "a4a8a8",
    "black": "2a2c33", "dark": "33343c", "blond": "c9a25c", "blonde": "c9a25c",
    "auburn": "7a3c26", "ginger": "b0602c", "copper": "a05a34", "fair": "b8925a",
}  # fmt: skip
_NAMES = "|".join(_DYES)

COATS = ("b9803a", "35557a", "55603c", "7c3f34", "2b5a5e", "5d5868")
SCARVES = ("a8322c", "c08a2c", "d3c5a4", "2b6468")
HAIRS = ("3a2a22", "5a3e2a", "7a3c26", "8c6b3f", "2b2a30")
SKINS = ("deae8c", "cf9972", "b27a56", "e4bd9f", "94623f")

COAT = (
    r"(?:rain ?)?coat|jacket|oilskins?|slicker|dress|jumper|sweater|cloak|uniform|overalls|shirt"
    r"|anorak|parka|gansey|mac"
)
OILSKIN = r"oilskin|raincoat|slicker|sou'?wester"
SCARF = r"scarf|shawl|neckerchief|bandana"
HAIR = r"hair|braids?|curls|beard|bun|pigtails|ponytail"
HEADGEAR = r"hat|cap|beanie|sou'?wester|hood"
_HATS = {
    Hat.SOUWESTER: r"sou'?wester|rain hat|\bhood\b(?! down)|hooded",
    Hat.BEANIE: r"beanie|(?:wool(?:len|en|ly)?|knit(?:ted)?|watch) (?:cap|hat)",
    Hat.CAP: r"(?<!no )\bcap\b|peaked|captain(?!'s)",
    Hat.BRIM: r"(?<!no )\bhat\b|detective|cowboy|fedora",
}


def hexes(codes: tuple[str, ...], draw: int) -> Colour:
    return hexed(codes[draw % len(codes)])


def dye(text: str, thing: str) -> Colour | None:
    """Find the colour named just before a thing: "a yellow hooded raincoat"."""
    between = r"(?:[ -](?!and\b|with\b|her\b|his\b|the\b)\w+){0,2}?"
    hit = re.search(rf"\b({_NAMES})\b{between}[ -](?:{thing})\b", text)
    return hexed(_DYES[hit.group(1)]) if hit else None


def hat(text: str) -> Hat:
    return next((hat for hat, like in _HATS.items() if re.search(like, text)), Hat.NONE)


def hat_colour(text: str, worn: Hat) -> Colour:
    plain = hexed(_DYES["yellow"] if worn is Hat.SOUWESTER else "363c4c")
    return dye(text, HEADGEAR) or plain
