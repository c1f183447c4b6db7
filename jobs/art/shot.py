"""What a shot is made of, as words: place, time, size, angle, finish."""

from enum import StrEnum, auto


class Place(StrEnum):
    HEADLAND = auto()
    CLIFF = auto()
    HARBOUR = auto()
    BOAT = auto()
    DECK = auto()
    SHORE = auto()
    LAMP_ROOM = auto()
    FLIGHT = auto()
    """The iron stairs from the side."""
    WELL = auto()
    """The stairs straight up or down."""
    KITCHEN = auto()
    ROOM = auto()
    STREET = auto()
    SKYLINE = auto()
    FOREST = auto()
    MOUNTAIN = auto()
    DESERT = auto()
    LENS = auto()
    LANTERN = auto()
    PAGE = auto()
    BACKDROP = auto()
    """A painted studio cloth, behind a character look."""

    @property
    def indoors(self) -> bool:
        return self in _INDOORS

    @property
    def insert(self) -> bool:
        """A thing fills the frame; nobody stands in it."""
        return self in {Place.LENS, Place.LANTERN, Place.PAGE}


_INDOORS = {
    Place.LAMP_ROOM,
    Place.FLIGHT,
    Place.WELL,
    Place.KITCHEN,
    Place.ROOM,
    Place.BACKDROP,
}


class Time(StrEnum):
    DAWN = auto()
    DAY = auto()
    GOLDEN = auto()
    DUSK = auto()
    NIGHT = auto()
    STORM = auto()


class Size(StrEnum):
    VAST = auto()
    WIDE = auto()
    MEDIUM = auto()
    CLOSE = auto()


class Angle(StrEnum):
    EYE = auto()
    LOW = auto()
    HIGH = auto()
    SHOULDER = auto()
    TILTED = auto()


class Finish(StrEnum):
    COLOUR = auto()
    MONO = auto()
    SEPIA = auto()
