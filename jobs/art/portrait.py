"""A portrait: one bust put together, back to front."""

from jobs.art.bust import Bust
from jobs.art.clothes import paint_collar, paint_nape, paint_shoulders
from jobs.art.colour import blend
from jobs.art.face import paint_face
from jobs.art.glow import rim
from jobs.art.hair import paint_back_hair, paint_front_hair
from jobs.art.hats import paint_hat
from jobs.art.look import Look
from jobs.art.pen import Point
from jobs.art.stage import Stage


def paint_portrait(
    stage: Stage, look: Look, middle: Point, *, head: float, facing: int, back: bool = False
) -> None:
    """Paint somebody from the chest up, looking toward `facing`; from behind if `back`."""
    bust = Bust(stage, look, *middle, head, facing, stage.plate.pen(), flat=back)
    paint_back_hair(bust, away=back)
    paint_shoulders(bust)
    if back:
        paint_nape(bust)
    else:
        paint_face(bust)
        paint_front_hair(bust)
    paint_collar(bust)
    paint_hat(bust)
    _edge(bust)


def _edge(bust: Bust) -> None:
    stage = bust.stage
    behind = (-bust.facing * 1.0, -0.35)
    cool = blend(stage.palette.light, stage.palette.sky[2], 0.45)
    power = 0.34 if bust.flat else 0.26 + 0.22 * stage.palette.strength
    toward = (bust.facing * 1.0, -0.35) if bust.flat else behind
    rim(
        stage.plate,
        bust.outline.stamp(),
        toward,
        stage.palette.light if bust.flat else cool,
        width=max(1.5, bust.head * 0.025),
        power=power,
    )
