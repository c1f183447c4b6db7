"""A face, three quarters to the light: planes of light and shade, few lines."""

import numpy as np

from jobs.art.bust import Bust
from jobs.art.colour import blend, hexed, scaled
from jobs.art.eye import paint_eye
from jobs.art.grid import blur
from jobs.art.look import Kind
from jobs.art.pen import Point, path


def paint_face(bust: Bust) -> None:
    _skin(bust)
    _planes(bust)
    for x, wide in ((-0.075, 1.0), (0.185, 0.78)):
        paint_eye(bust, x, wide)
    _nose(bust)
    _mouth(bust)
    if bust.look.beard:
        _beard(bust)


def face_outline(bust: Bust) -> list[Point]:
    jaw = {Kind.MAN: 1.07, Kind.WOMAN: 0.94, Kind.BOY: 0.99, Kind.GIRL: 0.97}[bust.look.kind]
    chin = 0.465 if bust.look.child else 0.50
    cheek = 0.02 if bust.look.child else 0.0
    return [
        (-0.26, -0.34),
        (0.02, -0.44),
        (0.25, -0.34),
        (0.315, -0.15),
        (0.292, -0.03),
        (0.325 + cheek, 0.10),
        ((0.298 + cheek) * jaw, 0.25),
        (0.225 * jaw, chin - 0.11),
        (0.125 * jaw, chin - 0.008),
        (0.02, chin),
        (-0.15 * jaw, chin - 0.09),
        (-(0.265 + cheek) * jaw, 0.25),
        (-0.325, 0.05),
        (-0.325, -0.15),
    ]


def shade_face(bust: Bust, shape: list[Point], strength: float) -> None:
    """Let shade fall over the skin, softly, and nowhere but on the face."""
    pen, skin = bust.stage.plate.pen(), bust.stage.plate.pen()
    pen.blob(shape)
    skin.blob(bust.all(face_outline(bust)))
    shadow, face = pen.stamp(), skin.stamp()
    if not shadow.alpha.size or not face.alpha.size:
        return
    whole = shadow.on(bust.stage.width, bust.stage.height)[face.rows, face.columns]
    fall = blur(whole, max(1.0, bust.head * 0.03)) * face.alpha * np.float32(strength)
    bust.stage.plate.within(face).cover(fall, bust.shaded(bust.look.skin))


def _skin(bust: Bust) -> None:
    ear = bust.stage.plate.pen()
    ear.blob(bust.all(path("-.31 -.03, -.37 -.05, -.385 .05, -.345 .16, -.29 .17")))
    bust.lay(ear, bust.look.skin, shadow=0.25)
    skin = bust.stage.plate.pen()
    shape = bust.all(face_outline(bust))
    skin.blob(shape)
    bust.outline.blob(shape)
    bust.lay(skin, bust.look.skin, shadow=-0.16)


def _planes(bust: Bust) -> None:
    """Cut the shade in: the side away from the light, the sockets, under lip and chin."""
    pen = bust.stage.plate.pen
    dark = bust.shaded(bust.look.skin)
    shade_face(
        bust,
        bust.all(
            path(
                "-.36 -.46, -.2 -.4, -.205 -.14, -.235 .02, -.165 .17, -.19 .3, "
                "-.06 .4, -.03 .51, -.2 .5, -.36 .3"
            )
        ),
        0.62,
    )
    sockets = pen()
    sockets.oval(*bust.at(-0.085, -0.065), bust.head * 0.105, bust.head * 0.062)
    sockets.oval(*bust.at(0.195, -0.065), bust.head * 0.080, bust.head * 0.058)
    bust.mark(sockets, dark, 0.42, 0.035)
    blush = pen()
    blush.oval(*bust.at(0.225, 0.135), bust.head * 0.085, bust.head * 0.06)
    blush.oval(*bust.at(-0.12, 0.15), bust.head * 0.10, bust.head * 0.07)
    rosy = blend(bust.lit(bust.look.skin), hexed("b8432f"), 0.5)
    bust.mark(blush, rosy, 0.34 if bust.look.child else 0.22, 0.06)
    light = pen()
    light.blob(bust.all(path(".16 -.32, .25 -.24, .22 -.16, .1 -.2")))
    light.blob(bust.all(path(".22 .04, .29 .06, .275 .13, .21 .11")))
    bust.mark(light, blend(bust.lit(bust.look.skin), bust.stage.palette.light, 0.5), 0.30, 0.035)
    if bust.look.old:
        lines = pen()
        for points in (
            [(-0.03, 0.17), (-0.075, 0.24), (-0.07, 0.31)],
            [(0.215, 0.18), (0.235, 0.25), (0.215, 0.31)],
            [(-0.12, -0.25), (0.04, -0.27), (0.18, -0.25)],
            [(-0.10, -0.31), (0.04, -0.33), (0.17, -0.31)],
            [(-0.19, 0.0), (-0.24, 0.03)],
        ):
            lines.line(bust.all(points), bust.head * 0.010)
        bust.mark(lines, dark, 0.65)


def _nose(bust: Bust) -> None:
    pen, small = bust.stage.plate.pen, 0.85 if bust.look.child else 1.0
    tip = 0.15 * small
    shade = pen()
    shade.blob(
        bust.all(
            [
                (0.075, -0.07),
                (0.10, 0.04),
                (0.135, tip - 0.02),
                (0.125, tip + 0.025),
                (0.06, tip + 0.03),
                (0.045, tip - 0.03),
                (0.065, 0.02),
            ]
        )
    )
    bust.mark(shade, bust.shaded(bust.look.skin), 0.52, 0.012)
    under = pen()
    under.blob(
        bust.all(
            [
                (0.075, tip + 0.012),
                (0.13, tip + 0.02),
                (0.175, tip + 0.008),
                (0.165, tip + 0.035),
                (0.10, tip + 0.042),
            ]
        )
    )
    bust.mark(under, bust.shaded(scaled(bust.look.skin, 0.8)), 0.62, 0.008)
    light = pen()
    light.blob(
        bust.all(
            [
                (0.125, -0.08),
                (0.145, 0.02),
                (0.178, tip - 0.03),
                (0.165, tip - 0.005),
                (0.14, tip - 0.03),
                (0.118, 0.0),
            ]
        )
    )
    bust.mark(light, blend(bust.lit(bust.look.skin), bust.stage.palette.light, 0.55), 0.5, 0.01)


def _mouth(bust: Bust) -> None:
    pen, look = bust.stage.plate.pen, bust.look
    y, half = (0.262, 0.070) if look.child else (0.285, 0.085)
    x = 0.105
    tint = blend(bust.lit(look.skin), hexed("8a2f2c"), 0.55 if look.long_hair else 0.30)
    lips = pen()
    full = 0.030 if look.long_hair else 0.022
    lips.blob(
        bust.all(
            [
                (x - half, y),
                (x - 0.025, y - full * 0.8),
                (x + 0.012, y - full * 0.5),
                (x + 0.04, y - full * 0.8),
                (x + half * 0.85, y),
                (x + 0.02, y + full * 1.25),
            ]
        )
    )
    bust.mark(lips, tint, 0.75, 0.006)
    line = pen()
    line.line(
        bust.all(
            [
                (x - half, y - 0.002),
                (x - 0.02, y + 0.004),
                (x + 0.012, y),
                (x + 0.04, y + 0.004),
                (x + half * 0.86, y - 0.002),
            ]
        ),
        bust.head * 0.010,
    )
    bust.mark(line, bust.shaded(scaled(tint, 0.6)), 0.9)
    below = pen()
    below.oval(*bust.at(x + 0.005, y + 0.062), bust.head * 0.055, bust.head * 0.018)
    bust.mark(below, bust.shaded(look.skin), 0.42, 0.015)


def _beard(bust: Bust) -> None:
    pen = bust.stage.plate.pen()
    pen.blob(
        bust.all(
            path(
                "-.335 .02, -.27 .1, -.2 .22, -.02 .225, .06 .195, .12 .21, "
                ".18 .195, .25 .22, .305 .12, .325 .22, .27 .45, .13 .6, -.04 .62, "
                "-.22 .5, -.32 .28"
            )
        )
    )
    bust.lay(pen, bust.look.hair, shadow=0.02)
    mouth = bust.stage.plate.pen()
    mouth.line(bust.all([(0.03, 0.288), (0.11, 0.296), (0.175, 0.288)]), bust.head * 0.020)
    bust.mark(mouth, bust.shaded(hexed("5a2a26")), 0.9, 0.006)
    strands = bust.stage.plate.pen()
    for i in range(9):
        a = -0.24 + i * 0.06
        strands.line(
            bust.all([(a, 0.34), (a * 0.8 + 0.02, 0.46), (a * 0.62 + 0.03, 0.57)]),
            bust.head * 0.008,
        )
    bust.mark(strands, bust.shaded(bust.look.hair), 0.5)
