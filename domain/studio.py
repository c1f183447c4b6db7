"""The use cases in one frozen object: all that ui/ and jobs/ ever receive."""

from dataclasses import dataclass
from typing import Self

from domain.usecases.base import Tools
from domain.usecases.building import Building
from domain.usecases.control import Control
from domain.usecases.demonstration import Demonstration
from domain.usecases.following import Following
from domain.usecases.generation import Generation
from domain.usecases.idempotency import Idempotency
from domain.usecases.library import Library
from domain.usecases.measuring import Measuring
from domain.usecases.overview import Overview
from domain.usecases.pausing import Pausing
from domain.usecases.playback import Playback
from domain.usecases.productions import Productions
from domain.usecases.providers import ProviderListing
from domain.usecases.review import Reviewing
from domain.usecases.scripts import Scripts
from domain.usecases.signing_in import SigningIn, Tokens
from domain.usecases.takes import TakeHistory
from domain.usecases.trashing import Trashing
from domain.usecases.viewing import Viewing


@dataclass(frozen=True, slots=True)
class Studio:
    """What people do here."""

    productions: Productions
    scripts: Scripts
    generation: Generation
    control: Control
    pausing: Pausing
    reviewing: Reviewing
    viewing: Viewing
    playback: Playback
    takes: TakeHistory
    signing_in: SigningIn
    overview: Overview
    following: Following
    providers: ProviderListing
    idempotency: Idempotency
    building: Building
    demonstration: Demonstration
    library: Library
    trashing: Trashing
    measuring: Measuring

    @classmethod
    def over(cls, tools: Tools, tokens: Tokens, *, demo: bytes) -> Self:
        """``demo``: the script of the demo production."""
        return cls(
            productions=Productions(tools),
            scripts=Scripts(tools),
            generation=Generation(tools),
            control=Control(tools),
            pausing=Pausing(tools),
            reviewing=Reviewing(tools),
            viewing=Viewing(tools),
            playback=Playback(tools),
            takes=TakeHistory(tools),
            signing_in=SigningIn(tools.works, tokens),
            overview=Overview(tools),
            following=Following(tools),
            providers=ProviderListing(tools),
            idempotency=Idempotency(tools.works),
            building=Building(tools),
            demonstration=Demonstration(tools, demo),
            library=Library(tools),
            trashing=Trashing(tools),
            measuring=Measuring(tools),
        )
