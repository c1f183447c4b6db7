"""How clothes are cut: torso, sleeves, legs and shoes that cover any body they are on."""

from jobs.dolls.body import SIDES, Body, Side
from jobs.dolls.lines import Outline, Point, curve, mirrored
from jobs.dolls.sheet import MIDDLE, Part

BOOT = "#4a3323"
EASE = 4.0
"""How far cloth stands off the body, so that no skin shows at its edge."""


def top(
    body: Body, *, bottom: float, flare: float = 0, neck: float = 14, ease: float = EASE
) -> Outline:
    """From the shoulders to height ``bottom``; wider by ``flare`` there, open ``neck`` deep."""
    start = body.shoulder_y + 34
    waist = body.waist_y
    heights = [start + (bottom - start) * step / 8 for step in range(9)]
    sides = []
    for y in heights:
        below = max(0.0, (y - waist) / max(1.0, bottom - waist))
        half = body.half(y) if y < body.crotch_y else body.hip
        sides.append((MIDDLE + half + ease + flare * below**1.7, y))
    right: list[Point] = [
        (MIDDLE + 1, body.shoulder_y + neck - 8),
        (MIDDLE + body.neck * 0.7, body.shoulder_y + neck * 0.45 - 8),
        (MIDDLE + body.neck + 3, body.shoulder_y - 12),
        (MIDDLE + body.neck + 3, body.shoulder_y - 12),
        (MIDDLE + body.shoulder * 0.58, body.shoulder_y),
        (MIDDLE + body.shoulder - 6, body.shoulder_y + 9),
        *sides,
        sides[-1],
        (MIDDLE + (body.hip + flare) * 0.5, bottom + 5),
        (MIDDLE + 1, bottom + 7),
    ]
    return curve(mirrored(right, MIDDLE))


def sleeves(body: Body, *, end: float, ease: float = EASE) -> list[Outline]:
    """``end``: 0.5 is the elbow, 1 the wrist."""
    return [curve(body.arm_line(side, end=end, ease=ease)) for side in SIDES]


def seams(part: Part, body: Body, *, sleeve: float, ease: float = EASE) -> None:
    """What tells a sleeve from the chest: a line from the arm pit up, and the cuff."""
    for side in SIDES:
        x = body.half(body.chest_y) + ease
        part.line(
            (body.side(side, x + 1), body.chest_y + 12),
            (body.side(side, x - 2), body.chest_y - 8),
            (body.side(side, x - 5), body.chest_y - 22),
            width=2.6,
        )
        if sleeve:
            cuff(part, body, side, sleeve - 0.06, ease)


def cuff(part: Part, body: Body, side: Side, at: float, ease: float = EASE) -> None:
    """A line across the arm."""
    line = body.arm_line(side, begin=at, end=at + 0.01, ease=ease)
    part.line(line[0], line[-2], width=2.4)


def trousers(body: Body, *, end: float = 1.0, ease: float = EASE) -> list[Outline]:
    legs = [curve(body.leg_line(side, end=end, ease=ease)) for side in SIDES]
    right = [
        (MIDDLE + 1, body.down(0.5)),
        (MIDDLE + body.half(body.down(0.55)) + 1, body.down(0.5)),
        (MIDDLE + body.half(body.down(0.55)) + 1, body.down(0.5)),
        *(
            (MIDDLE + body.half(body.down(at)) + ease, body.down(at))
            for at in (0.64, 0.74, 0.84, 0.94)
        ),
        (MIDDLE + body.hip + ease - 2, body.crotch_y + 10),
        (MIDDLE + body.hip * 0.5, body.crotch_y + 30),
        (MIDDLE + 4, body.crotch_y + 12),
        (MIDDLE + 1, body.crotch_y + 10),
    ]
    return [*legs, curve(mirrored(right, MIDDLE))]


def inseam(part: Part, body: Body) -> None:
    part.line((MIDDLE, body.crotch_y - 12), (MIDDLE + 1, body.crotch_y + 12), width=2.4)


def shoes(part: Part, body: Body, fill: str, *, high: float = 0.9, sole: str | None = None) -> None:
    """``high``: how far up the leg they begin, 0.5 is the knee. Boots take their place."""
    if body.boots:
        with part.within("boots"):
            boot(part, body)
        return
    for side in SIDES:
        _shoe(part, body, side, fill, high)
        x, y, wide, out = _sole(body, side)
        if sole is not None:
            part.line((x - out * (wide + 3), y), (x + out * (wide + 8), y), width=5, colour=sole)
            part.line((x - out * (wide + 3), y - 4), (x + out * (wide + 9), y - 4), width=1.8)


def boot(part: Part, body: Body) -> None:
    """High ones, turned down below the knee."""
    for side in SIDES:
        _shoe(part, body, side, BOOT, 0.58)
        x, y, wide, out = _sole(body, side)
        part.line((x - out * (wide + 3), y), (x + out * (wide + 8), y), width=5, colour="#1f150e")
        line = body.leg_line(side, begin=0.56, end=0.63, ease=EASE + 5)
        part.shape("#7d5534", curve([line[0], line[8], line[10], line[18]]))
        ankle = body.leg_line(side, begin=0.9, end=0.91, ease=EASE)
        part.line(ankle[0], ankle[8], width=2.6)


def _sole(body: Body, side: Side) -> tuple[float, float, float, int]:
    return (*body.foot(side), body.leg[2] + 3, 1 if side == "left" else -1)


def _shoe(part: Part, body: Body, side: Side, fill: str, high: float) -> None:
    x, y, wide, out = _sole(body, side)
    foot = [
        (-wide, -34), (wide, -34), (wide + 5, -16), (wide + 11, -5), (wide + 9, 3),
        (wide + 9, 3), (-wide - 4, 3), (-wide - 4, 3), (-wide - 4, -8),
    ]  # fmt: skip
    leg = body.leg_line(side, begin=high, end=0.99, ease=EASE + 1.5)
    part.shape(fill, curve([(x + out * px, y + py) for px, py in foot]), curve(leg))


def shade_right(
    part: Part, body: Body, colour: str, *, bottom: float, flare: float = 0, ease: float = EASE
) -> None:
    """The torso's side away from the light."""
    heights = [body.chest_y - 4 + (bottom - body.chest_y + 4) * step / 8 for step in range(9)]
    outer: list[Point] = []
    for y in heights:
        below = max(0.0, (y - body.waist_y) / max(1.0, bottom - body.waist_y))
        half = body.half(y) if y < body.crotch_y else body.hip
        outer.append((MIDDLE + half + ease + flare * below**1.7, y))
    last = len(outer) - 1
    inner = [
        (MIDDLE + (x - MIDDLE) * (0.62 + 0.36 * (1 - step / last) ** 2), y + 4 * step / last)
        for step, (x, y) in enumerate(outer)
    ]
    part.flat(colour, curve([*outer, outer[-1], inner[-1], *reversed(inner)]))
