"""A look: what one person wears and is, so that they are known again from shot to shot."""

from dataclasses import dataclass
from enum import StrEnum, auto

from jobs.art.colour import Colour


class Kind(StrEnum):
    MAN = auto()
    WOMAN = auto()
    BOY = auto()
    GIRL = auto()


class Hat(StrEnum):
    NONE = auto()
    CAP = auto()
    BRIM = auto()
    BEANIE = auto()
    SOUWESTER = auto()


@dataclass(frozen=True, slots=True)
class Look:
    kind: Kind
    coat: Colour
    hair: Colour
    skin: Colour
    scarf: Colour | None
    hat: Hat
    hat_colour: Colour
    beard: bool
    old: bool
    lantern: bool
    walks: bool

    @property
    def child(self) -> bool:
        return self.kind in {Kind.BOY, Kind.GIRL}

    @property
    def long_hair(self) -> bool:
        return self.kind in {Kind.WOMAN, Kind.GIRL}
