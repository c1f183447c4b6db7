"""What a bust wears on its head."""

from jobs.art.bust import Bust
from jobs.art.colour import BRASS, scaled
from jobs.art.face import shade_face
from jobs.art.look import Hat
from jobs.art.pen import Point, path


def paint_hat(bust: Bust) -> None:
    hat = bust.look.hat
    if hat is Hat.NONE:
        return
    crown, brim, band = bust.stage.plate.pen(), bust.stage.plate.pen(), bust.stage.plate.pen()
    top, edge = _CROWNS[hat], _BRIMS[hat]
    for pen, points in ((crown, top), (brim, edge)):
        placed = bust.all(points)
        pen.blob(placed)
        bust.outline.blob(placed)
    own = bust.look.hat_colour
    bust.lay(crown, own, shadow=-0.05)
    if not bust.flat:
        shade_face(bust, bust.all([(a, b + 0.075) for a, b in edge]), 0.42)
    bust.lay(brim, scaled(own, 1.12 if hat is Hat.BEANIE else 0.9), shadow=0.05)
    if hat is Hat.BEANIE:
        for i in range(11):
            a = -0.40 + i * 0.077
            band.line(
                bust.all([(a, -0.30 + abs(a) * 0.1), (a * 1.02, -0.17 + abs(a) * 0.1)]),
                bust.head * 0.010,
            )
        bust.mark(band, bust.shaded(own), 0.55)
    elif hat is not Hat.SOUWESTER:
        band.poly(bust.all(path("-.4 -.33, 0 -.38, .37 -.345, .37 -.285, 0 -.32, -.4 -.265")))
        bust.mark(band, bust.shaded(own), 0.7, 0.006)
    if hat is Hat.CAP and not bust.flat:
        badge = bust.stage.plate.pen()
        badge.oval(*bust.at(0.16, -0.385), bust.head * 0.045, bust.head * 0.040)
        bust.mark(badge, bust.lit(BRASS), 0.95)


_CROWNS: dict[Hat, list[Point]] = {
    Hat.CAP: path("-.42 -.27, -.46 -.46, -.3 -.62, .05 -.66, .36 -.6, .46 -.46, .38 -.29, 0 -.32"),
    Hat.BRIM: path(
        "-.42 -.27, -.39 -.58, -.24 -.75, -.02 -.7, .22 -.76, .36 -.58, .38 -.29, 0 -.3"
    ),
    Hat.BEANIE: path(
        "-.43 -.18, -.42 -.44, -.25 -.64, .02 -.7, .26 -.62, .38 -.42, .37 -.22, 0 -.28"
    ),
    Hat.SOUWESTER: path("-.44 -.22, -.4 -.52, -.18 -.7, .08 -.72, .3 -.58, .39 -.26, 0 -.34"),
}
_BRIMS: dict[Hat, list[Point]] = {
    Hat.CAP: path("-.05 -.31, .2 -.33, .4 -.29, .5 -.19, .4 -.2, .18 -.24, 0 -.25"),
    Hat.BRIM: path("-.74 -.2, -.4 -.31, 0 -.335, .38 -.31, .7 -.2, .4 -.215, 0 -.225, -.42 -.185"),
    Hat.BEANIE: path(
        "-.45 -.14, -.44 -.27, -.2 -.32, .1 -.335, .37 -.29, .39 -.17, .1 -.2, -.2 -.19"
    ),
    Hat.SOUWESTER: path(
        "-.7 .16, -.56 -.12, -.3 -.3, .05 -.37, .36 -.33, .54 -.17, "
        ".36 -.23, .05 -.26, -.24 -.18, -.42 .06"
    ),
}
