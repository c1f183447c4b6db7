"""The bodies: their measures, and the drawing of limbs, feet and hands."""

from jobs.dolls.body import SIDES, Body, Side
from jobs.dolls.lines import Outline, Point, curve, limb, mirrored, oval
from jobs.dolls.sheet import MIDDLE, Layer, Part, Sheet

LINEN, LINEN_SHADE = "#e2d6c0", "#cfc0a4"

BODIES = {
    one.name: one
    for one in (
        Body("female_athletic", 112, (46, 54), 15, 67, 54, 44, 58, (16, 14, 10), (27, 19, 12),
             "#c98f68", "#ad7350", "#3b2418", "tail"),
        Body("female_average", 122, (47, 54), 15, 64, 57, 49, 64, (17, 14, 10), (30, 20, 12),
             "#efc3a0", "#d9a47e", "#8c3f22", "long"),
        Body("female_slim", 108, (45, 53), 13, 58, 48, 39, 53, (13, 11, 9), (24, 16, 11),
             "#7d4e34", "#643b27", "#1f1713", "puffs"),
        Body("male_athletic", 98, (47, 55), 21, 84, 69, 55, 57, (21, 17, 12), (27, 21, 14),
             "#e3b088", "#c98f68", "#5a3a22", "short"),
        Body("male_average", 108, (48, 55), 19, 75, 63, 59, 59, (18, 15, 12), (28, 20, 13),
             "#9a6542", "#7f4f32", "#231814", "curls"),
        Body("male_slim", 102, (46, 55), 15, 65, 52, 44, 50, (14, 12, 10), (23, 16, 12),
             "#f2cdb0", "#dcae8c", "#c9973f", "parted"),
        Body("child", 288, (54, 56), 13, 47, 41, 39, 42, (13, 11, 9), (20, 15, 11),
             "#f0c6a6", "#daa783", "#b4562a", "bob"),
        Body("elder", 136, (46, 53), 15, 61, 55, 55, 58, (15, 12, 10), (26, 17, 12),
             "#e6bb9b", "#c99a78", "#ded7cb", "beard"),
    )
}  # fmt: skip


def draw_body(body: Body, sheet: Sheet) -> None:
    """Limbs, torso and what is worn under everything."""
    part = sheet.part(Layer.BODY, body.name)
    arms = [curve(body.arm_line(side)) for side in SIDES]
    legs = [curve(body.leg_line(side)) for side in SIDES]
    feet = [_foot(body, side) for side in SIDES]
    hands = [shape for side in SIDES for shape in hand_outlines(body, side)]
    part.shape(body.skin, *arms, curve(_torso(body)), *legs, *feet, *hands)
    neck = [(MIDDLE - body.neck, body.chin_y - 8), (MIDDLE + body.neck, body.chin_y - 8)]
    low = body.chin_y + 13
    part.flat(
        body.shade,
        curve([neck[0], neck[1], (neck[1][0], low), (MIDDLE, low + 5), (neck[0][0], low)]),
    )
    for side in SIDES:
        _crease(part, body, side)
        x, y = body.foot(side)
        for step in (-5, 1, 7):
            toe = x + (step if side == "left" else -step)
            part.line((toe, y - 3), (toe, y - 8), width=1.8)
    _linen(part, body)


def _torso(body: Body) -> list[Point]:
    right = [
        (MIDDLE + body.neck, body.chin_y - 12),
        (MIDDLE + body.neck, body.shoulder_y - 9),
        (MIDDLE + body.shoulder * 0.55, body.shoulder_y + 3),
        (MIDDLE + body.shoulder - 8, body.shoulder_y + 12),
        *((MIDDLE + body.half(y), y) for y in _steps(body.shoulder_y + 34, body.crotch_y, 7)),
        (MIDDLE + 6, body.crotch_y + 8),
    ]
    return mirrored(right, MIDDLE)


def _steps(top: float, bottom: float, count: int) -> list[float]:
    return [top + (bottom - top) * step / count for step in range(count + 1)]


def _foot(body: Body, side: Side) -> Outline:
    x, y = body.foot(side)
    out = 1 if side == "left" else -1
    ankle = body.leg[2]
    points = [
        (-ankle, -30),
        (ankle, -30),
        (ankle + 5, -12),
        (ankle + 9, -3),
        (ankle + 4, 1),
        (-ankle + 1, 1),
        (-ankle - 3, -5),
    ]
    return curve([(x + out * px, y + py) for px, py in points])


def hand_outlines(body: Body, side: Side, *, ease: float = 0) -> list[Outline]:
    _, _, wrist = body.arm_joints(side)
    x, y = body.hand(side)
    size = body.arm[2] + ease
    if side in body.holds:
        return [oval(x, y, size * 1.35, size * 1.4)]
    dx, dy = x - wrist[0], y - wrist[1]
    tip = (x + dx * 0.75, y + dy * 0.75)
    inward = 1 if side == "right" else -1
    palm = limb((wrist, (x, y), tip), (size, size * 1.18, size * 0.72))
    thumb = limb(
        (
            (wrist[0] + inward * 4, wrist[1] + 5),
            (x + inward * size, y),
            (x + inward * size * 0.95, y + 10),
        ),
        (5.5, 5, 4),
    )
    return [curve(palm), curve(thumb)]


def _crease(part: Part, body: Body, side: Side) -> None:
    """Where the arm leaves the chest, the inside of the elbow and the knee."""
    x = body.half(body.chest_y)
    part.line(
        (body.side(side, x + 1), body.chest_y + 6),
        (body.side(side, x - 1), body.chest_y - 10),
        (body.side(side, x - 5), body.chest_y - 20),
        width=2.4,
    )
    knee = body.leg_joints(side)[1]
    part.line(
        (knee[0] - 7, knee[1] + 4), (knee[0], knee[1] + 8), (knee[0] + 7, knee[1] + 4), width=2
    )


def _linen(part: Part, body: Body) -> None:
    top, low = body.shoulder_y + 30, body.crotch_y + 26
    right = [
        (MIDDLE + 2, body.chest_y - 14),
        (MIDDLE + body.shoulder * 0.38, top - 22),
        (MIDDLE + body.shoulder * 0.38, top - 22),
        (MIDDLE + body.shoulder * 0.62, top - 19),
        (MIDDLE + body.shoulder * 0.62, top - 19),
        *((MIDDLE + body.half(y) + 1, y) for y in _steps(body.chest_y + 4, body.crotch_y, 6)),
        (MIDDLE + body.hip + 2, low),
        (MIDDLE + body.hip + 2, low),
        (MIDDLE + 6, low),
        (MIDDLE + 6, low),
        (MIDDLE + 1, body.crotch_y + 8),
    ]
    part.shape(LINEN, curve(mirrored(right, MIDDLE)), line=2.2)
    part.line(
        (MIDDLE - body.half(body.belt_y), body.belt_y),
        (MIDDLE, body.belt_y + 4),
        (MIDDLE + body.half(body.belt_y), body.belt_y),
        width=2,
    )


def grip(body: Body, sheet: Sheet, side: Side, skin: str) -> None:
    """Fingers over what the hand holds."""
    part = sheet.part(Layer.HANDS, f"{side}_fingers")
    x, y = body.hand(side)
    size = body.arm[2]
    out = 1 if side == "left" else -1
    fist = [
        (x - out * size * 0.9, y - size * 1.15),
        (x + out * size * 0.9, y - size * 1.2),
        (x + out * size * 1.35, y),
        (x + out * size * 0.9, y + size * 1.25),
        (x - out * size * 0.9, y + size * 1.15),
        (x - out * size * 1.1, y),
    ]
    part.shape(skin, curve(fist), line=2.6)
    for step in (-0.55, 0.05, 0.65):
        part.line(
            (x - out * size * 0.2, y + step * size),
            (x + out * size * 1.15, y + step * size),
            width=1.8,
        )
