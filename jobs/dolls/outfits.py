"""What a doll can wear. Each covers what is below it, on every body."""

from collections.abc import Callable

from jobs.dolls import armour
from jobs.dolls.body import SIDES, Body, Side
from jobs.dolls.cloth import EASE, inseam, seams, shade_right, shoes, sleeves, top, trousers
from jobs.dolls.lines import curve, mirrored, oval
from jobs.dolls.sheet import MIDDLE, Layer, Part, Sheet

RED, RED_DARK = "#b8402f", "#95301f"
DENIM, DENIM_DARK = "#4d647a", "#3c5064"
BROWN, BROWN_DARK = "#7a5233", "#5f3e25"


def casual(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.OUTFIT, "casual")
    part.shape(DENIM, *trousers(body))
    inseam(part, body)
    shoes(part, body, "#efe6d6", sole="#c9b99c")
    low = body.down(0.78)
    part.shape("#d9a441", top(body, bottom=low), *sleeves(body, end=0.3, ease=EASE + 3))
    shade_right(part, body, "#bd8a2e", bottom=low)
    for at in (0.34, 0.48):
        y = body.down(at)
        x = body.half(y) + EASE - 1
        part.line((MIDDLE - x, y), (MIDDLE, y + 3), (MIDDLE + x, y), width=7, colour="#f6efe2")
    seams(part, body, sleeve=0.3, ease=EASE + 3)


def coat(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.OUTFIT, "coat")
    part.shape("#4b4740", *trousers(body))
    shoes(part, body, "#33291f", high=0.78, sole="#1d1712")
    low = body.knee_y - 10
    part.shape("#6d7f86", top(body, bottom=low, flare=16, ease=7), *sleeves(body, end=0.97, ease=6))
    shade_right(part, body, "#586a71", bottom=low, flare=16, ease=7)
    part.line(
        (MIDDLE + 6, body.shoulder_y + 34),
        (MIDDLE + 8, body.waist_y),
        (MIDDLE + 6, low + 4),
        width=2.8,
    )
    for side in SIDES:
        s = 1 if side == "left" else -1
        lapel = [
            (MIDDLE + s * (body.neck + 5), body.shoulder_y - 17),
            (MIDDLE + s * (body.neck + 5), body.shoulder_y - 17),
            (MIDDLE + s * body.shoulder * 0.62, body.shoulder_y + 26),
            (MIDDLE + s * body.shoulder * 0.62, body.shoulder_y + 26),
            (MIDDLE + s * 6 + 4, body.chest_y + 8),
            (MIDDLE + s * 6 + 4, body.chest_y + 8),
        ]
        part.shape("#5d6f76", curve(lapel), line=2.4)
        pocket = body.down(0.86)
        x = body.half(pocket) * 0.58
        part.line((MIDDLE + s * (x - 13), pocket), (MIDDLE + s * (x + 13), pocket - 4), width=3)
    for at in (0.42, 0.58, 0.74):
        part.shape("#d8c9a8", oval(MIDDLE - 8, body.down(at), 4.2), line=1.8)
    seams(part, body, sleeve=0.97, ease=6)


def dress(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.OUTFIT, "dress")
    shoes(part, body, RED_DARK, high=0.97)
    low = body.knee_y + 24
    part.shape(
        RED, top(body, bottom=low, flare=46, neck=24), *sleeves(body, end=0.24, ease=EASE + 4)
    )
    shade_right(part, body, RED_DARK, bottom=low, flare=46)
    for x in (-0.55, 0.02, 0.5):
        part.line(
            (MIDDLE + x * body.waist * 0.8, body.down(0.64)),
            (MIDDLE + x * (body.hip + 20), body.crotch_y + 30),
            (MIDDLE + x * (body.hip + 50), low - 8),
            width=2.4,
        )
    y = body.waist_y + 4
    part.band("#f0d9a2", y, body.half(y) + EASE + 1, thick=11)
    seams(part, body, sleeve=0.24, ease=EASE + 4)


def robe(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.OUTFIT, "robe")
    shoes(part, body, BROWN_DARK, high=0.97)
    low = body.foot("left")[1] - 20
    part.shape(
        "#4f4a73",
        top(body, bottom=low, flare=34, neck=18, ease=6),
        *sleeves(body, end=0.95, ease=10),
    )
    shade_right(part, body, "#3f3b5e", bottom=low, flare=34, ease=6)
    part.rod(
        "#d6a53f",
        (MIDDLE, body.shoulder_y + 16),
        (MIDDLE + 2, body.waist_y),
        (MIDDLE, low + 3),
        width=10,
    )
    for x in (-0.62, 0.62):
        part.line(
            (MIDDLE + x * body.waist, body.down(0.72)),
            (MIDDLE + x * (body.hip + 12), body.knee_y),
            (MIDDLE + x * (body.hip + 30), low - 8),
            width=2.4,
        )
    y = body.belt_y - 8
    part.band("#d6a53f", y, body.half(y) + 9, thick=10)
    seams(part, body, sleeve=0.95, ease=10)


def uniform(body: Body, sheet: Sheet) -> None:
    part = sheet.part(Layer.OUTFIT, "uniform")
    part.shape("#2f3e4f", *trousers(body))
    inseam(part, body)
    shoes(part, body, "#241c16", high=0.62, sole="#100c09")
    low = body.down(0.96)
    part.shape("#36506b", top(body, bottom=low, flare=7, neck=5), *sleeves(body, end=0.98))
    shade_right(part, body, "#2b4156", bottom=low, flare=7)
    part.line(
        (MIDDLE, body.shoulder_y + 2), (MIDDLE + 1, body.waist_y), (MIDDLE, low + 5), width=2.6
    )
    for at in (0.2, 0.38, 0.56, 0.74):
        for side in SIDES:
            part.shape("#e3b94f", oval(body.side(side, 13), body.down(at), 4.2), line=1.8)
    for side in SIDES:
        x = body.side(side, body.shoulder * 0.78)
        part.shape("#e3b94f", oval(x, body.shoulder_y + 10, body.shoulder * 0.2, 7), line=2.2)
    _collar(part, body, RED)
    seams(part, body, sleeve=0.98)
    for side in SIDES:
        _band(part, body, side, "#e3b94f", 0.9)


def _band(part: Part, body: Body, side: Side, colour: str, at: float) -> None:
    line = body.arm_line(side, begin=at, end=at + 0.05, ease=EASE + 0.5)
    part.shape(colour, curve([line[0], line[8], line[10], line[18]]), line=2)


def _collar(part: Part, body: Body, colour: str) -> None:
    y = body.shoulder_y - 12
    half = body.neck + 5
    right = [
        (MIDDLE + 1, y + 14),
        (MIDDLE + half, y + 8),
        (MIDDLE + half, y + 8),
        (MIDDLE + half - 1, y - 7),
        (MIDDLE + half - 1, y - 7),
        (MIDDLE + 1, y),
    ]
    part.shape(colour, curve(mirrored(right, MIDDLE)), line=2.4)


def cloak(body: Body, sheet: Sheet) -> None:
    """A tunic, and over it a cloak that is open in front."""
    back = sheet.part(Layer.BACK, "cloak")
    low = body.foot("left")[1] - 34
    wide = body.shoulder + 44
    behind = [
        (MIDDLE + 2, body.shoulder_y - 4),
        (MIDDLE + body.shoulder * 0.8, body.shoulder_y + 2),
        (MIDDLE + wide * 0.92, body.waist_y),
        (MIDDLE + wide, low),
        (MIDDLE + wide, low),
        (MIDDLE + wide * 0.5, low + 10),
        (MIDDLE + 2, low + 4),
    ]
    back.shape("#2f4a3c", curve(mirrored(behind, MIDDLE)))
    part = sheet.part(Layer.OUTFIT, "cloak")
    part.shape(BROWN, *trousers(body))
    inseam(part, body)
    shoes(part, body, BROWN_DARK, high=0.66, sole="#33251a")
    bottom = body.crotch_y + 18
    part.shape("#c7b58d", top(body, bottom=bottom, flare=8), *sleeves(body, end=0.96))
    shade_right(part, body, "#ad9a70", bottom=bottom, flare=8)
    y = body.belt_y
    part.band(BROWN_DARK, y, body.half(y) + 6, thick=12)
    seams(part, body, sleeve=0.96)
    for side in SIDES:
        s = 1 if side == "left" else -1
        x = body.shoulder
        drape = [
            (body.neck + 2, -16),
            (body.neck + 2, -16),
            (x * 0.66, 0),
            (x + 7, 16),
            (x + 17, 62),
            (x + 10, 92),
            (x - 8, 78),
            (x * 0.5, 44),
            (7, 30),
            (7, 30),
        ]
        part.shape("#3f6350", curve([(MIDDLE + s * px, body.shoulder_y + py) for px, py in drape]))
    part.shape("#e3b94f", oval(MIDDLE, body.shoulder_y + 22, 9), line=2.4)


OUTFITS: dict[str, Callable[[Body, Sheet], None]] = {
    "casual": casual,
    "cloak": cloak,
    "coat": coat,
    "dress": dress,
    "leather_armor": armour.leather,
    "plate_armor": armour.plate,
    "robe": robe,
    "uniform": uniform,
}
