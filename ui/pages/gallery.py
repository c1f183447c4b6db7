"""The gallery: every state of every component, from fixtures; nothing here does anything."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from domain.work.views import ShotView
from ui.components.card import Card
from ui.components.confirm import Confirm
from ui.components.deck import Deck
from ui.components.flag import FlagName, flag_of_shot
from ui.components.frame import Frame, Picture
from ui.components.inspector import Inspector, InspectorCalls
from ui.components.node import Node, boundary
from ui.components.notice import Notice
from ui.components.ribbon import Ribbon
from ui.components.scene import Scene
from ui.components.sheet import Sheet
from ui.components.takes import Takes
from ui.components.tally import Tally
from ui.components.verbs import Verb, Verbs
from ui.pages.deleting import TO_TRASH
from ui.pages.gallery_fixtures import FPS, SCENE, picture
from ui.pages.gallery_models import BATCH, TAKES, bare_inspector, inspector
from ui.pages.gallery_shots import every_flag
from ui.pages.gallery_stages import stages

SURFACES = ("wall", "rail", "card", "raise", "well", "line", "line-2", "ink", "ink-2", "ink-3")
FLAG_COLOURS = tuple(f"s-{name}" for name in FlagName if name is not FlagName.CHANGED)


def gallery() -> None:
    """Build it all inside whatever is around."""
    shots = every_flag(time.time())
    with Node("div", "gal"):
        Node("p", "sub", text="Every state of every component, from fixtures")
        Node("h1", text="Gallery")
        _flags(shots)
        _cards(shots)
        _far(shots)
        _head(shots)
        _controls()
        _frames(shots)
        _inspectors(shots)
        _sheet()
        with _section("Play", "before, each reason for no picture, words and ways, after"):
            stages()
        _colours()


def _flags(shots: list[ShotView]) -> None:
    first = {flag_of_shot(shot).name: flag_of_shot(shot) for shot in reversed(shots)}
    with _section("Flags", "pole, tile, word, detail"), Node("div", "flags"):
        for name in FlagName:
            with Node("div", "one", data_flag=name):
                Node("div", "state", text=name.word, data_detail=first[name].detail)


def _cards(shots: list[ShotView]) -> None:
    with _section("Cards", "picture, code, marks, title, flag; at most one fix"), _strip():
        scene = Scene(SCENE, shots, fps=FPS, on_open=_nothing, on_verb=_nothing, now=True)
    cards = list(scene.cards.values())
    cards[0].reachable(on=True)
    cards[3].mark(on=True)
    cards[9].mark(on=True)
    cards[4].current(on=True)
    with _section("Several at once, open, focused"), _strip(), _scene():
        for index, card in enumerate(_deck(shots[9:12])):
            card.mark(on=index == 0)
            card.current(on=index == 1)
            card.element.toggle("is-focus", on=index == 2)  # noqa: PLR2004


def _far(shots: list[ShotView]) -> None:
    with (
        _section("At two metres", "the same cards at 25 %"),
        Node("div", "far"),
        _strip(),
        _scene(),
    ):
        _deck(shots[:13])


def _head(shots: list[ShotView]) -> None:
    with _section("Ribbon and tally", "width is time, height is urgency; counts are filters"):
        ribbon = Ribbon(on_jump=ui.notify)
        ribbon.paint([SCENE], shots)
        tally = Tally(on_filter=_nothing)
        tally.paint(Counter(flag_of_shot(shot).name for shot in shots))
        tally.press({FlagName.FAILED})


def _controls() -> None:
    with _section("Verbs", "yellow is the next step; a pressed one is busy until it is answered"):
        allowed = Verbs(list(Verb), on_verb=_nothing, classes="line")
        allowed.paint(list(Verb), lead=Verb.GENERATE)
        Node("br")
        busy = Verbs([Verb.GENERATE, Verb.APPROVE, Verb.DELETE], on_verb=_nothing, classes="line")
        busy.paint(list(Verb), lead=Verb.GENERATE)
        for verb in busy.buttons:
            busy.press(verb)
    with _section("Controls"), Node("div", "line"):
        Node("button", "btn primary is-focus", text="Focused")
        Node("button", "btn", text="Next problem", data_icon="jump", data_key="N")
        Node("button", "btn", text="Off", disabled=True)
        Node("button", "btn big", text="Play", data_icon="play")
        Node("span", "mini", text="Paused", data_flag="paused")
        with Node("span", "seg", role="group", aria_label="View"):
            for icon in ("film", "grid", "wall"):
                pressed = "true" if icon == "grid" else "false"
                Node("button", "btn sq", data_icon=icon, aria_label=icon, aria_pressed=pressed)
        ui.input(placeholder="Find a shot, a word, a face").props("outlined dense")
        ui.select(["openai", "comfyui"], value="openai").props("outlined dense options-dense")
        Node("span", "tag", text="Shown")
    notice = Notice()
    notice.say("Take 2 deleted.", undo=lambda: None)
    notice.truth("11:42:08")


def _frames(shots: list[ShotView]) -> None:
    with _section("Frame", "one place, one shape; two takes under a slider"), Node("div", "flags"):
        for index in (0, 1, 2, 5, 6, 13, 14):
            slot = shots[index].slots[0]
            Frame().paint(slot, shots[index].content)
        other = Picture(address=picture(60), label="Take 3 · new")
        Frame().paint(shots[4].slots[0], shots[4].content, against=other)
    with _section("Takes", "numbered; none is ever overwritten"), Node("div", "insp"):
        Takes(on_open=_nothing, on_own=_nothing).paint(TAKES, opened="take3")


def _inspectors(shots: list[ShotView]) -> None:
    with _section("Inspector", "the same elements for every shot"), Node("div", "pair"):
        Inspector(_CALLS).paint(inspector(shots[4]))
        Inspector(_CALLS).paint(bare_inspector(shots[5], ("retry", "generate")))
        Inspector(_CALLS).paint(bare_inspector(shots[14], ("cancel",)))
        Inspector(_CALLS).paint(bare_inspector(shots[0], ("generate",)))


def _sheet() -> None:
    with _section("Batch sheet", "the price in the sentence and on the button"):
        Sheet(on_go=_nothing, on_fix=_nothing, boxed=False).paint(BATCH)
    with _section("Confirmation sheet", "what goes with it, before it goes"):
        told = "3 takes · picked in 1 place · 2 others stay"
        Confirm(boxed=False).show("Delete: wind.ogg?", told, note=TO_TRASH, go="Delete")


def _colours() -> None:
    with _section("Colours"), Node("div", "swatches"):
        for name in (*SURFACES, "hand", *FLAG_COLOURS):
            Node("div", "swatch", text=name).dress({"swatch": f"var(--{name})"})


@contextmanager
def _section(title: str, note: str = "") -> Iterator[None]:
    with boundary(), Node("section", "", aria_label=title):
        with Node("div", "slug"):
            Node("h2", text=title)
            Node("span", "meta note", text=note)
        yield


def _strip() -> Node:
    return Node("div", "strip")


def _scene() -> Node:
    return Node("section", "scene")


def _deck(shots: list[ShotView]) -> list[Card]:
    deck = Deck(fps=FPS, on_open=_nothing, on_verb=_nothing)
    deck.add(shots)
    return list(deck.cards.values())


def _nothing(*_: object) -> None:
    """A fixture answers to nobody."""


_CALLS = InspectorCalls(
    on_verb=_nothing,
    on_slot=_nothing,
    on_take=_nothing,
    on_step=_nothing,
    on_close=_nothing,
    on_own=_nothing,
    on_generate=_nothing,
    on_script=_nothing,
)
