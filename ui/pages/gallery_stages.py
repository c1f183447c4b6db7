"""The gallery's stages: a film in each of its states, from fixtures."""

from domain.story.fragments import ChoiceFragment
from ui.components.captions import Captions
from ui.components.flag_name import FlagName
from ui.components.node import Node, boundary
from ui.components.screen import Screen
from ui.components.showing import Caption, Showing
from ui.components.titles import EndCard, TitleCard
from ui.components.ways import Ways

CODE = "sc010_SH0010"
WORDS = (
    Caption(text="Half way across the bay the beam stops."),
    Caption(text="Nineteen. Twenty. Twenty-one.", speaker="Mira"),
)
WAYS = tuple(
    ChoiceFragment(
        text=text, to=to, disabled=bool(why), reason=why, source_id=CODE, source_label=CODE
    )
    for text, to, why in (("Take the key", "A", None), ("Go by the map", "B", "Needs map."))
)
LACKS = (None, FlagName.PENDING, FlagName.RUNNING, FlagName.BLOCKED, FlagName.FAILED)


def stages() -> None:
    """Before, without a picture for each reason, with words and ways, and after."""
    with Node("div", "pair"):
        with _house("title"):
            TitleCard(on_begin=_nothing).paint("The Last Keeper", 24, "1:34")
        for lacks in LACKS:
            with _house("playing"):
                _screen(Showing(code=CODE, seconds=4, captions=WORDS, lacks=lacks))
        for phase in ("playing", "choosing"):
            with _house(phase), Node("div", "foot"):
                Captions().paint(WORDS)
                Ways(on_choose=_nothing).paint(WAYS)
        with _house("over"):
            end = EndCard(on_again=_nothing, strip="/gallery")
            end.paint(24, "1:34", 19)
            end.show(on=True)


def _house(phase: str) -> Node:
    with boundary():
        house = Node("div", "theatre is-shown", data_phase=phase, data_captions="on")
    with house:
        return Node("div", "hall")


def _screen(showing: Showing) -> None:
    with Node("div", "picture"):
        screen = Screen()
        screen.load(showing)
        screen.turn(on=True)


def _nothing(*_: object) -> None:
    """A fixture answers to nobody."""
