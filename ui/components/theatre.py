"""The theatre: all that a page shows of a story that is played. It decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.work.views import BoardView
from ui.components.captions import Captions
from ui.components.node import Node, boundary
from ui.components.reel import Reel
from ui.components.screen import Screen
from ui.components.showing import Showing
from ui.components.sounds import Sounds
from ui.components.timecode import running_time
from ui.components.titles import EndCard, TitleCard
from ui.components.ways import Ways

KEYS = (" ", "ArrowLeft", "ArrowRight", "Home", "Escape", "c", "C", *"123456789")
PRESSED = f"""(e) => {{
  const on = e.target.closest("button, a");
  if (e.ctrlKey || e.metaKey || e.altKey || (on && [" ", "Enter"].includes(e.key))) return;
  if (!{list(KEYS)}.includes(e.key)) return;
  e.preventDefault();
  emit(e.key);
}}"""
BACK_TO_THE_KEYS = "(e) => { if (e.detail) e.currentTarget.focus({preventScroll: true}); }"
"""After a press of the mouse the keys are the theatre's again, and not the button's."""
SOUND = """requestAnimationFrame(() => {
  for (const one of getHtmlElement(%d).querySelectorAll("audio, video"))
    if (%s && one.closest("[data-now]") && !one.ended) one.play().catch(() => {});
    else one.pause();
});"""


class Phase(StrEnum):
    """What goes on; ``data-phase``."""

    TITLE = "title"
    PLAYING = "playing"
    PAUSED = "paused"
    CHOOSING = "choosing"
    """The shot's time is up, and a person says where it goes on."""
    OVER = "over"


@dataclass(frozen=True, kw_only=True, slots=True)
class TheatreCalls:
    """What people and the reel do; each may be a coroutine function."""

    on_key: Callable[[str], Any]
    on_toggle: Callable[[], Any]
    on_again: Callable[[], Any]
    on_step: Callable[[int], Any]
    on_choose: Callable[[int], Any]
    on_jump: Callable[[str], Any]
    on_end: Callable[[int], Any]
    """A shot's time is up, with the number of its run."""


class Theatre:
    """Two screens that take turns, words under them, sounds, the reel."""

    def __init__(self, calls: TheatreCalls, *, strip: str, ratio: str) -> None:
        """``strip``: the address to go back to; ``ratio``: the frame's, as CSS divides by it."""
        self.phase = Phase.TITLE
        with Node("section", "theatre", tabindex=-1, data_captions="on") as self.element:
            self._build_top(strip)
            with Node("div", "hall"):
                with Node("div", "picture") as picture:
                    self.front, self.back = Screen(), Screen()
                with boundary(), Node("div", "foot"):
                    self._captions = Captions()
                    self._ways = Ways(on_choose=calls.on_choose)
                Node("b", "leader", text="DEMO")
                self._title = TitleCard(on_begin=calls.on_toggle)
                self._end = EndCard(on_again=calls.on_again, strip=strip)
            self._sounds = Sounds()
            self._build_foot(calls)
        picture.on("click", calls.on_toggle, args=[])
        self.element.dress({"ratio": ratio})
        self.element.patch(data_phase=self.phase)
        self.element.on("keydown", lambda event: calls.on_key(event.args), js_handler=PRESSED)
        self.element.on("click", js_handler=BACK_TO_THE_KEYS)

    @property
    def run(self) -> int:
        """The number of the run that the reel is in."""
        return self._reel.run

    def arrange(self, board: BoardView) -> None:
        """The film as the script has it."""
        self._board = board
        length = running_time(sum(one.duration for one in board.shots), board.fps)
        pictured = sum(any(slot.thumb for slot in one.slots) for one in board.shots)
        self._reel.arrange(board.shots, board.fps)
        self._title.paint(board.title, len(board.shots), length)
        self._end.paint(len(board.shots), length, pictured)
        self.element.patch(aria_label=f"{board.title}, played", data_play=board.project)

    def focus(self) -> None:
        """Let it hear the keys."""
        self.element.run_method("focus")

    def open(self, showing: Showing) -> None:
        """Stand before this shot."""
        self.front.load(showing)
        self.front.turn(on=True)
        self._mark(showing)

    def show(self, showing: Showing) -> None:
        """Begin a shot; its screen is the other one, which may have it already."""
        if self.phase is not Phase.TITLE or self.front.showing != showing:
            self.back.load(showing)
            self.front, self.back = self.back, self.front
        self.front.turn(on=True)
        self.back.turn(on=False)
        self._captions.paint(() if showing.is_bare else showing.captions)
        self._ways.paint(showing.choices)
        self._sounds.change(showing.sounds, showing.scene)
        self._reel.start(showing.code, showing.seconds)
        self._tell(showing)
        self._mark(showing)

    def cue(self, coming: Showing) -> None:
        """Let the browser fetch what comes next, out of sight."""
        self.back.load(coming)
        self._sounds.cue(coming.sounds)

    def turn_to(self, phase: Phase) -> None:
        self.phase = phase
        runs = phase is Phase.PLAYING
        self.element.patch(data_phase=phase)
        self._play.patch(aria_label="Pause" if runs else "Play")
        self._play.patch(data_icon="pause" if runs else "play")
        self._title.show(on=phase is Phase.TITLE)
        self._end.show(on=phase is Phase.OVER)
        heard = "true" if phase in (Phase.PLAYING, Phase.CHOOSING) else "false"
        self.element.client.run_javascript(SOUND % (self.element.id, heard))

    def flip_captions(self) -> None:
        on = self.element.get("data-captions") != "on"
        self.element.patch(data_captions="on" if on else "off")
        self._switch.patch(aria_pressed="true" if on else "false")

    def _build_top(self, strip: str) -> None:
        with boundary(), Node("header", "house-top"):
            Node("a", "btn", text="Strip", data_icon="left", href=strip)
            self._where = Node("p", "where")
            self._note = Node("p", "note", hidden=True)

    def _build_foot(self, calls: TheatreCalls) -> None:
        with boundary(), Node("footer", "house-foot"):
            self._reel = Reel(on_jump=calls.on_jump, on_end=calls.on_end)
            with Node("div", "controls"):
                _tool("Previous shot", "left", lambda: calls.on_step(-1))
                self._play = _tool("Play", "play", calls.on_toggle)
                _tool("Next shot", "right", lambda: calls.on_step(1))
                self._time = Node("span", "num")
                self._switch = Node("button", "btn plain", text="Captions", type="button")
                self._switch.patch(aria_pressed="true", data_key="C")
                self._switch.on("click", self.flip_captions, args=[])

    def _mark(self, showing: Showing) -> None:
        """What is fake says so over all else, and keeps the words off its own mark."""
        self.element.patch(data_kind="fake" if showing.is_fake else None)

    def _tell(self, showing: Showing) -> None:
        board = self._board
        scene = next((one.scene for one in board.shots if one.code == showing.code), None)
        title = next((one.title for one in board.scenes if one.id == scene), "")
        self._where.patch(text=showing.code, data_scene=title or None)
        self._time.patch(text=self._reel.place(showing.code))
        over = f"Voice {showing.over:.1f} s longer than the shot"
        self._note.patch(text=over, hidden=None if showing.over else True)


def _tool(name: str, icon: str, action: Callable[[], Any]) -> Node:
    tool = Node("button", "btn sq plain", type="button", aria_label=name, data_icon=icon)
    tool.on("click", action, args=[])
    return tool
