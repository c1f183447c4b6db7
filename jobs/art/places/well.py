"""Straight up the stair well, or down it: turn upon turn of steps closing on an eye."""

import math
from itertools import pairwise

from jobs.art.colour import Colour, blend, scaled, under
from jobs.art.glow import lamp
from jobs.art.pen import Point
from jobs.art.shot import Angle
from jobs.art.stage import Spot, Stage

_STONE = (0.56, 0.53, 0.47)


_IRON = (0.20, 0.23, 0.25)


def well(stage: Stage) -> tuple[Spot, ...]:
    """Up the well: turn upon turn of steps closing on a bright eye; from above, on a dark one."""
    plate, unit, colours = stage.plate, stage.base, stage.palette
    up = stage.brief.angle is not Angle.HIGH
    x, y = (0.5 - stage.side * 0.07) * stage.width, stage.height * 0.47
    eye = blend(colours.sky[3], colours.light, 0.6) if up else scaled(colours.dark, 0.8)
    planes = zip(plate.planes, eye, strict=True)
    for plane, ink in planes:
        plane[:] = ink
    reach = math.hypot(stage.width, stage.height) * 0.95
    step, shrink = 2 * math.pi / 20, 0.962
    count = int(math.log(unit * 0.05 / reach) / math.log(shrink))
    iron = under(_IRON, colours.ambient)
    stone = under(_STONE, colours.ambient)
    hand: list[Point] = []
    for i in reversed(range(count)):
        far = i / count
        turn, outer = stage.side * i * step + 0.6, reach * shrink**i
        inner = outer * 0.50
        lit = 0.5 + 0.5 * math.cos(turn - (2.4 if stage.side > 0 else 0.7))
        air = far**2 * (0.75 if up else -0.2)
        _wedge(
            stage,
            (x, y),
            (turn, step),
            (outer * 0.93, outer * 1.36),
            _mix(stage, stone, 0.14 + 0.26 * lit, air),
        )
        _wedge(
            stage,
            (x, y),
            (turn, step),
            (inner, outer * 0.95),
            _mix(
                stage,
                iron,
                0.10 + 0.24 * lit * (0.5 + 0.5 * (i % 2)),
                air,
            ),
        )
        _wedge(
            stage,
            (x, y),
            (turn, step * 0.16),
            (inner, outer * 0.95),
            scaled(colours.dark, 0.5 + max(air, 0)),
        )
        hand.append((x + math.cos(turn) * inner, y + math.sin(turn) * inner))
    rail = plate.pen()
    for i, (a, b) in enumerate(pairwise(hand)):
        rail.line([a, b], max(0.8, unit * 0.016 * (i / count) ** 0.8))
    plate.press(rail.stamp(), scaled(colours.dark, 0.5))
    if up:
        lamp(plate, x, y, unit * 0.20, colours.light, power=0.5 + 0.4 * colours.strength)
    return ()  # nobody: this is what they see who look


def _mix(stage: Stage, own: Colour, share: float, air: float) -> Colour:
    light, dark = stage.palette.light, stage.palette.dark
    body = blend(blend(dark, own, 0.55), light, share)
    return blend(body, blend(own, light, 0.55), air) if air > 0 else blend(body, dark, -air * 3)


def _wedge(stage: Stage, middle: Point, turns: Point, ring: Point, tone: Colour) -> None:
    (x, y), (inner, outer) = middle, ring
    pen = stage.plate.pen()
    turn, step = turns[0], turns[1] * stage.side
    corners = [
        (turn, inner),
        (turn, outer),
        (turn + step * 0.5, outer * 1.005),
        (turn + step * 1.04, outer),
        (turn + step * 1.04, inner),
    ]
    pen.poly([(x + math.cos(a) * far, y + math.sin(a) * far) for a, far in corners])
    stage.plate.press(pen.stamp(), tone)
