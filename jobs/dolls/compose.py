"""A whole doll: what goes into which hand, and everything drawn in its order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jobs.dolls import held
from jobs.dolls.bodies import BODIES, draw_body, grip
from jobs.dolls.body import Body, Side
from jobs.dolls.hats import HATS
from jobs.dolls.heads import draw_head
from jobs.dolls.lines import Place, placed
from jobs.dolls.outfits import OUTFITS
from jobs.dolls.sheet import GROUND, MIDDLE, Layer, Part, Sheet
from jobs.dolls.worn import WORN, hand_colour, strap

HELD: Mapping[str, tuple[Callable[[Part, Place], None], Side]] = {
    "sword": (held.sword, "right"),
    "staff": (held.staff, "right"),
    "shield": (held.shield, "left"),
    "bow": (held.bow, "left"),
    "lantern": (held.lantern, "left"),
    "health_potion": (held.potion, "left"),
}
"""What takes a hand, and which one it would rather have."""

DRAWN = frozenset({*HELD, *WORN, *HATS})
"""The accessories there are."""
SMALL = ("lantern", "health_potion")
"""Hangs from the belt where both hands are full; anything else goes onto the back."""
BELTED = ("cloak", "leather_armor", "plate_armor")
"""Outfits with a belt of their own."""
_TURNED = {"sword": 14.0, "bow": 6.0}
_ON_BACK = {"sword": 152.0, "staff": 28.0, "bow": 24.0, "shield": 0.0}


@dataclass(frozen=True, slots=True)
class Carried:
    """Where each thing is that takes a hand."""

    hands: dict[Side, str] = field(default_factory=dict)
    belt: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)


def compose(body_type: str, outfit: str | None, accessories: Sequence[str]) -> bytes:
    """One doll as SVG; the same words give the same bytes. Words nobody draws are left out.

    Raises KeyError for an unknown body.
    """
    wanted = frozenset(accessories)
    carried = carry(list(dict.fromkeys(accessories)))
    body = replace(BODIES[body_type], holds=frozenset(carried.hands), boots="boots" in wanted)
    sheet = Sheet()
    _on_back(body, sheet, carried.back)
    for name, put_on in WORN.items():
        if name in wanted and not (name == "boots" and outfit in OUTFITS):
            put_on(body, sheet)
    draw_body(body, sheet)
    if outfit in OUTFITS:
        OUTFITS[outfit](body, sheet)
    _on_belt(body, sheet, carried.belt, has_belt="belt" in wanted or outfit in BELTED)
    _in_hands(body, sheet, carried.hands, hand_colour(body, wanted))
    draw_head(body, sheet)
    for name, put_on in HATS.items():
        if name in wanted:
            put_on(body, sheet)
    return sheet.svg("Paper doll: " + ", ".join(drawn(body_type, outfit, accessories)))


def drawn(body_type: str, outfit: str | None, accessories: Sequence[str]) -> list[str]:
    """The words among these that are drawn."""
    worn = [outfit] if outfit in OUTFITS else []
    return [body_type, *worn, *(one for one in dict.fromkeys(accessories) if one in DRAWN)]


def carry(accessories: Sequence[str]) -> Carried:
    """Big things first, each into the hand it would rather have, or the other one."""
    carried = Carried()
    big = [name for name in accessories if name in HELD and name not in SMALL]
    for name in [*big, *(name for name in accessories if name in SMALL)]:
        rather = HELD[name][1]
        other: Side = "left" if rather == "right" else "right"
        free = [side for side in (rather, other) if side not in carried.hands]
        if free:
            carried.hands[free[0]] = name
        elif name in SMALL:
            carried.belt.append(name)
        else:
            carried.back.append(name)
    return carried


def _in_hands(body: Body, sheet: Sheet, hands: dict[Side, str], colour: str) -> None:
    for side, name in sorted(hands.items(), reverse=True):
        part = sheet.part(Layer.HANDS, name)
        x, y = body.hand(side)
        place = placed(x, y, turn=_TURNED.get(name, 0), flip=side == "right", scale=body.scale)
        if name == "staff":
            held.staff(part, place, below=(GROUND - y) / body.scale)
        else:
            HELD[name][0](part, place)
        if name != "shield":  # it is strapped to the arm behind it
            grip(body, sheet, side, colour)


def _on_belt(body: Body, sheet: Sheet, names: Sequence[str], *, has_belt: bool) -> None:
    if not names:
        return
    if not has_belt:
        strap(sheet.part(Layer.BELT, "strap"), body)
    sides: tuple[Side, Side] = ("left", "right")
    for side, name in zip(sides, names, strict=False):
        x, y = body.side(side, body.half(body.belt_y) * 0.74), body.belt_y + 14
        HELD[name][0](sheet.part(Layer.BELT, name), placed(x, y, scale=body.scale * 0.8))


def _on_back(body: Body, sheet: Sheet, names: Sequence[str]) -> None:
    for name in names:
        x, y, scale = MIDDLE, body.down(0.3), body.scale
        if name == "sword":
            x, y = MIDDLE - body.shoulder * 0.95, body.shoulder_y - 34
        elif name == "shield":
            scale *= 1.5
        place = placed(x, y, turn=_ON_BACK[name], scale=scale)
        HELD[name][0](sheet.part(Layer.BACK, name), place)
