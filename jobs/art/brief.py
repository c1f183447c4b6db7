"""A brief: what a prompt asks the camera for. Words only; nothing is painted here."""

import re
from dataclasses import dataclass
from typing import TypeVar

from jobs.art import words
from jobs.art.casting import looks
from jobs.art.look import Look
from jobs.art.shot import Angle, Finish, Place, Size, Time

_Kind = TypeVar("_Kind", Place, Time, Size, Angle, Finish)


@dataclass(frozen=True, slots=True)
class Brief:
    text: str
    place: Place
    time: Time
    size: Size
    angle: Angle
    finish: Finish
    people: tuple[Look, ...]
    lamp_lit: bool
    rain: bool
    snow: bool
    fog: bool

    def says(self, pattern: str) -> bool:
        return _says(pattern, self.text)

    @property
    def near(self) -> bool:
        """Somebody is so near that they are painted as a bust, against a soft ground."""
        near = self.size in {Size.MEDIUM, Size.CLOSE} or self.angle is Angle.SHOULDER
        return near and bool(self.people) and not self.place.insert


def read(prompt: str, seed: int) -> Brief:
    text = prompt.lower()
    people = looks(prompt)
    size = _first(words.SIZES, text) or Size.WIDE
    place = _place(text, size, crowd=len(people), seed=seed)
    studio = place is Place.BACKDROP
    time = _first(words.TIMES, text) or _first(words.WEATHER_TIMES, text) or _habit(seed)
    return Brief(
        text=text,
        place=place,
        # A look is a costume plate: every character under the same studio light.
        time=Time.DAY if studio else time,
        size=size,
        angle=_first(words.ANGLES, text) or Angle.EYE,
        finish=_first(words.FINISHES, text) or Finish.COLOUR,
        people=people,
        lamp_lit=_lamp_lit(text, time),
        rain=_says(words.RAIN, text),
        snow=_says(words.SNOW, text),
        fog=_says(words.FOG, text),
    )


def _place(text: str, size: Size, *, crowd: int, seed: int) -> Place:
    """Inserts first, then rooms, then whichever ground is named first; else the seed's choice."""
    if size is Size.CLOSE:
        thing = _first(words.INSERTS, text)
        if thing and (not crowd or _says(words.HELD, text)):
            return thing
        if crowd and _says(words.STUDIO, text):
            return Place.BACKDROP
    return _room(text, seed) or _ground(text, seed)


def _room(text: str, seed: int) -> Place | None:
    room = _first(words.ROOMS, text)
    lighthouse = _says(words.LIGHTHOUSE, text)
    if room is Place.ROOM and lighthouse:
        room = (Place.LAMP_ROOM, Place.FLIGHT, Place.KITCHEN)[seed % 3]
    elif not room and lighthouse and _says(words.INSIDE, text):
        room = (Place.FLIGHT, Place.LAMP_ROOM)[seed % 2]
    if room is Place.FLIGHT and (_says(words.STRAIGHT, text)):
        room = Place.WELL
    return room


def _ground(text: str, seed: int) -> Place:
    ground = _first(words.GROUNDS, text)
    if ground is Place.HEADLAND and _says(words.LOOKING_UP, text):
        return Place.CLIFF
    if ground is None and _says(words.SEA, text):
        return (Place.BOAT, Place.HEADLAND, Place.SHORE)[seed % 3]
    choices = (Place.MOUNTAIN, Place.HEADLAND, Place.SKYLINE, Place.FOREST, Place.DESERT)
    return ground or choices[seed % len(choices)]


def _first(table: dict[_Kind, str], text: str) -> _Kind | None:
    """The kind whose words come first in the text; an earlier entry wins a tie."""
    hits = {kind: hit.start() for kind, like in table.items() if (hit := re.search(like, text))}
    return min(hits, key=hits.__getitem__) if hits else None


def _says(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def _habit(seed: int) -> Time:
    return (Time.GOLDEN, Time.DUSK, Time.DAWN, Time.NIGHT)[seed % 4]


def _lamp_lit(text: str, time: Time) -> bool:
    """The later of the two kinds of word wins; with neither, lamps burn when it is dark."""
    dark = max((hit.start() for hit in re.finditer(words.DARK_LAMP, text)), default=-1)
    lit = max((hit.start() for hit in re.finditer(words.LIT_LAMP, text)), default=-1)
    if dark == lit:
        return time in {Time.NIGHT, Time.DUSK, Time.STORM}
    return lit > dark
