"""A scene: the place, then the people in it, then what hangs in the air between."""

from collections.abc import Callable

from jobs.art.colour import EMBER, blend, hexed
from jobs.art.figure import paint_figure
from jobs.art.glow import bokeh, fog
from jobs.art.places.boat import boat
from jobs.art.places.cliff import cliff
from jobs.art.places.deck import deck
from jobs.art.places.desert import desert
from jobs.art.places.flat import room
from jobs.art.places.flight import flight
from jobs.art.places.forest import forest
from jobs.art.places.harbour import harbour
from jobs.art.places.headland import headland
from jobs.art.places.kitchen import kitchen
from jobs.art.places.lamproom import lamp_room
from jobs.art.places.lantern import lantern
from jobs.art.places.mountain import mountain
from jobs.art.places.page import page
from jobs.art.places.shore import shore
from jobs.art.places.skyline import skyline
from jobs.art.places.street import street
from jobs.art.places.studio import backdrop, lens
from jobs.art.places.well import well
from jobs.art.portrait import paint_portrait
from jobs.art.shot import Angle, Place, Size
from jobs.art.stage import Spot, Stage
from jobs.art.weather import paint_weather

_PLACES: dict[Place, Callable[[Stage], tuple[Spot, ...]]] = {
    Place.HEADLAND: headland,
    Place.CLIFF: cliff,
    Place.SHORE: shore,
    Place.BOAT: boat,
    Place.HARBOUR: harbour,
    Place.DECK: deck,
    Place.LAMP_ROOM: lamp_room,
    Place.FLIGHT: flight,
    Place.WELL: well,
    Place.KITCHEN: kitchen,
    Place.ROOM: room,
    Place.STREET: street,
    Place.SKYLINE: skyline,
    Place.FOREST: forest,
    Place.MOUNTAIN: mountain,
    Place.DESERT: desert,
    Place.LENS: lens,
    Place.LANTERN: lantern,
    Place.PAGE: page,
    Place.BACKDROP: backdrop,
}


def paint_scene(stage: Stage) -> None:
    spots = _PLACES[stage.brief.place](stage)
    brief = stage.brief
    if brief.fog and not brief.place.indoors:
        fog(stage, 0.25, 0.8, 0.5)
    if brief.near:
        _defocus(stage)
        paint_weather(stage)
        _near_people(stage)
        return
    facing = 1 if stage.side < 0 else -1
    for number, (look, spot) in enumerate(zip(brief.people, spots, strict=False)):
        paint_figure(stage, look, spot, facing if look.walks or not number else -facing)
    paint_weather(stage)


def _defocus(stage: Stage) -> None:
    if stage.brief.place is Place.BACKDROP:
        return
    alone = stage.brief.angle is Angle.SHOULDER and len(stage.brief.people) == 1
    if alone:
        return  # the place itself is what is looked at
    stage.plate.soften(stage.base * (0.012 if stage.brief.size is Size.MEDIUM else 0.026))
    dim = stage.palette.lamps > 1 / 2 and stage.brief.place in {
        Place.HARBOUR,
        Place.SKYLINE,
        Place.STREET,
        Place.ROOM,
        Place.KITCHEN,
    }
    if dim:
        bokeh(
            stage,
            18,
            (0.25, 0.75),
            [EMBER, hexed("ff8f6b"), blend(stage.palette.light, EMBER, 0.4)],
        )


def _near_people(stage: Stage) -> None:
    """Busts: one off centre looking across the frame, two facing, or one over a dark shoulder."""
    people, side = stage.brief.people, stage.side
    close = stage.brief.size is Size.CLOSE
    upright = stage.width < stage.height * 1.05
    if upright:
        head, y = stage.width * (0.52 if close else 0.38), stage.height * 0.40
    else:
        head, y = stage.base * (0.60 if close else 0.36), stage.height * (0.47 if close else 0.44)
    if stage.brief.angle is Angle.LOW:
        y -= stage.base * 0.05
    if stage.brief.angle is Angle.SHOULDER:
        _over_shoulder(stage, (0.5 - side * 0.14) * stage.width, y, head)
    elif len(people) > 1 and not close:
        gap = min(0.17, 0.40 * stage.base / stage.width)
        for look, hand in ((people[1], -side), (people[0], side)):
            spot = (0.5 + hand * gap) * stage.width, y + (hand == side) * stage.base * 0.02
            paint_portrait(stage, look, spot, head=head, facing=-hand)
    else:
        aside = 0.0 if stage.brief.place is Place.BACKDROP or upright else 0.13
        spot = (0.5 + side * aside) * stage.width, y
        paint_portrait(stage, people[0], spot, head=head, facing=-side)


def _over_shoulder(stage: Stage, x: float, y: float, head: float) -> None:
    """Past somebody's dark head at whoever they talk to, or at the place they look at."""
    people, side = stage.brief.people, stage.side
    if len(people) > 1:
        paint_portrait(stage, people[1], (x, y), head=head * 0.92, facing=side)
    near = (0.5 + side * 0.31) * stage.width, stage.height * 0.47
    paint_portrait(stage, people[0], near, head=stage.base * 0.58, facing=-side, back=True)
