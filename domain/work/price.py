"""What a provider charges, as its operator wrote it; nothing is known but what is written."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Any

from pydantic import Field

from domain.entity import Entity
from domain.media.staging import MediaType

MICROS = 1_000_000
PER = 1_000
"""Characters that ``voice_1k`` is the price of."""

Amount = Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class Prices(Entity):
    """In units of ``currency``; None is unknown."""

    currency: str = "USD"
    image: Amount | None = None
    """A picture."""
    voice_1k: Amount | None = None
    """A thousand characters of text."""
    video_s: Amount | None = None
    music_s: Amount | None = None
    """A second."""

    def of(self, media_type: MediaType, spec: Mapping[str, Any]) -> int | None:
        """Micro-units for one of these, never rounded down; None where it can't be known."""
        match media_type:
            case MediaType.IMAGE | MediaType.VECTOR:
                return _micros(self.image, Decimal(1))
            case MediaType.VOICE:
                return _micros(self.voice_1k, Decimal(len(str(spec.get("text") or ""))) / PER)
            case MediaType.VIDEO:
                return _micros(self.video_s, _seconds(spec))
            case MediaType.MUSIC:
                return _micros(self.music_s, _seconds(spec))
            case MediaType.DATA:
                return None


def _seconds(spec: Mapping[str, Any]) -> Decimal | None:
    seconds = spec.get("seconds")
    return None if seconds is None else Decimal(str(seconds))


def _micros(price: Decimal | None, amount: Decimal | None) -> int | None:
    if price is None or amount is None:
        return None
    return int((price * amount * MICROS).to_integral_value(ROUND_CEILING))
