"""Hair on a bust: what hangs behind, what falls in front, a plait."""

from jobs.art.bust import Bust
from jobs.art.colour import scaled
from jobs.art.face import shade_face
from jobs.art.look import Kind
from jobs.art.pen import Point, path


def paint_back_hair(bust: Bust, *, away: bool) -> None:
    """Everything that hangs behind the neck; seen from behind, the whole head."""
    hair = bust.stage.plate.pen()
    if away:
        shape = path(_AWAY_LONG if bust.look.long_hair else _AWAY_SHORT)
    elif bust.look.kind is Kind.WOMAN:
        shape = path(_BACK_LONG)
    else:
        shape = path(_BACK_SHORT)
    placed = bust.all(shape)
    hair.blob(placed)
    bust.outline.blob(placed)
    bust.lay(hair, bust.look.hair, shadow=0.22)
    if away:
        low = 0.85 if bust.look.long_hair else 0.38
        starts = (-0.18, -0.08, 0.04, 0.14, 0.22)
        _strands(bust, [[(a, -0.46), (a * 1.5, 0.0), (a * 1.35, low)] for a in starts])


def paint_front_hair(bust: Bust) -> None:
    hair = bust.stage.plate.pen()
    placed = bust.all(path(_FRONT[bust.look.kind]))
    hair.blob(placed)
    bust.outline.blob(placed)
    shade_face(bust, [(x, y + bust.head * 0.035) for x, y in placed], 0.32)
    bust.lay(hair, bust.look.hair, shadow=-0.10)
    _strands(bust, [path(line) for line in _LINES[bust.look.kind]])
    if bust.look.kind is Kind.GIRL:
        _plait(bust)


def _plait(bust: Bust) -> None:
    """A plait from behind the ear, over the near shoulder; it hangs in front of the coat."""
    knots = [(-0.335 - 0.035 * i + 0.008 * i * i, 0.20 + 0.105 * i) for i in range(8)]
    for i, (a, b) in enumerate(knots):
        lobe = bust.stage.plate.pen()
        wide = 0.088 - 0.005 * i
        lobe.oval(*bust.at(a, b), bust.head * wide, bust.head * 0.075)
        bust.lay(lobe, bust.look.hair, shadow=0.02 + 0.10 * (i % 2))
        seam = bust.stage.plate.pen()
        left, right = (a - wide * 0.8, b - 0.03), (a + wide * 0.8, b - 0.03)
        seam.line(bust.all([left, (a, b + 0.045), right]), bust.head * 0.012)
        bust.mark(seam, bust.shaded(scaled(bust.look.hair, 0.6)), 0.7)
    tie = bust.stage.plate.pen()
    end = knots[-1]
    tie.oval(*bust.at(end[0], end[1] + 0.05), bust.head * 0.045, bust.head * 0.03)
    bust.mark(tie, bust.lit(bust.look.scarf or bust.look.coat), 0.95)
    tuft = bust.stage.plate.pen()
    tips = [
        (end[0] - 0.03, end[1] + 0.07),
        (end[0], end[1] + 0.20),
        (end[0] + 0.035, end[1] + 0.07),
    ]
    tuft.poly(bust.all(tips))
    bust.lay(tuft, bust.look.hair)


def _strands(bust: Bust, lines: list[list[Point]]) -> None:
    dark, light = bust.stage.plate.pen(), bust.stage.plate.pen()
    for i, line in enumerate(lines):
        (light if i % 2 else dark).line(bust.all(line), bust.head * 0.012)
    bust.mark(dark, bust.shaded(scaled(bust.look.hair, 0.6)), 0.6, 0.01)
    bust.mark(light, scaled(bust.lit(bust.look.hair), 1.5), 0.14 if bust.flat else 0.35, 0.01)


_AWAY_LONG = (
    "-.38 -.12, -.3 -.42, 0 -.54, .28 -.42, .36 -.12, .36 .2, .42 .5, .36 .8, .05 .98,"
    "-.34 .8, -.44 .5, -.38 .2"
)
_AWAY_SHORT = (
    "-.38 -.12, -.3 -.42, 0 -.54, .28 -.42, .36 -.12, .32 .2, .22 .42, 0 .48, -.24 .42, -.36 .15"
)
_BACK_LONG = (
    ".05 -.5, -.2 -.47, -.38 -.28, -.46 .05, -.44 .28, -.55 .5, -.5 .72, -.58 .92, -.36 1.04,"
    "-.14 .92, .1 .66, .26 .62, .42 .72, .47 .5, .39 .3, .4 .1, .34 -.2"
)
_BACK_SHORT = "0 -.5, -.22 -.46, -.38 -.26, -.4 .06, -.31 .28, -.18 .34, 0 0"
_FRONT = {
    Kind.WOMAN: "-.02 -.575, .2 -.55, .35 -.4, .41 -.14, .395 .12, .35 .26, .335 .1, .315 -.1,"
    ".24 -.25, .12 -.36, -.02 -.27, -.16 -.14, -.25 .02, -.285 .24, -.34 .46, -.44 .62, -.46 .36,"
    "-.44 .05, -.42 -.24, -.26 -.49",
    Kind.GIRL: "-.04 -.565, .18 -.545, .33 -.4, .37 -.18, .335 .08, .305 -.04, .29 -.16, .22 -.155,"
    ".15 -.185, .06 -.15, -.04 -.18, -.13 -.14, -.225 -.15, -.27 -.02, -.29 .12, -.33 .22, -.39 .1,"
    "-.42 -.2, -.28 -.48",
    Kind.BOY: "-.05 -.57, .08 -.6, .22 -.545, .35 -.38, .345 -.16, .28 -.22, .22 -.15, .12 -.24,"
    ".02 -.16, -.1 -.24, -.2 -.13, -.285 -.04, -.31 .06, -.38 .02, -.41 -.25, -.28 -.48",
    Kind.MAN: "-.06 -.57, .12 -.585, .33 -.45, .35 -.22, .305 -.25, .24 -.35, .05 -.37, -.12 -.33,"
    "-.235 -.2, -.265 -.02, -.28 .12, -.345 .06, -.41 -.22, -.28 -.49",
}
_LINES = {
    Kind.WOMAN: (
        ".1 -.5, -.14 -.34, -.32 -.06, -.37 .3",
        ".08 -.52, -.2 -.4, -.38 -.08, -.41 .25",
        ".14 -.5, .28 -.36, .35 -.1, .365 .14",
        ".12 -.46, -.08 -.3, -.26 0, -.32 .34",
        "-.4 .2, -.48 .45, -.46 .7, -.5 .88",
        "-.34 .5, -.42 .62, -.4 .8, -.36 .94",
    ),
    Kind.GIRL: (
        "-.02 -.53, -.08 -.36, -.1 -.18",
        ".04 -.53, .06 -.36, .06 -.19",
        ".1 -.53, .17 -.38, .2 -.2",
        "-.1 -.52, -.28 -.36, -.36 -.06",
        "-.06 -.53, -.2 -.36, -.3 -.1",
    ),
    Kind.BOY: (
        "0 -.55, -.06 -.4, -.08 -.26",
        ".08 -.56, .1 -.4, .1 -.27",
        ".16 -.53, .24 -.4, .26 -.25",
        "-.1 -.52, -.26 -.36, -.34 -.08",
    ),
    Kind.MAN: (
        "-.02 -.54, -.16 -.44, -.26 -.24",
        ".04 -.55, -.06 -.47, -.18 -.34",
        ".1 -.55, .2 -.48, .28 -.36",
        "-.12 -.53, -.3 -.38, -.36 -.1",
    ),
}
