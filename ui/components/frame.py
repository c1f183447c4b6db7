"""The big frame: one place and one shape for whatever a slot shows, and two of them to compare."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.views import SlotView
from ui.components.card import NOTHING
from ui.components.clock import Clock
from ui.components.flag import SLOT_WORDS, Flag, flag_of
from ui.components.inspector_model import Said
from ui.components.node import Node, boundary
from ui.components.pool import Pool


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """One side of a comparison."""

    address: str
    label: str
    kind: ProviderKind | None = None


class Frame:
    """Pictures, clips and sounds, or the state in big where there is nothing yet."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._players: dict[str, Node] = {}
        with boundary():
            self.element = Node("div", "stage", data_flag="empty")
        with self.element:
            self._picture = Node("img", "frame corners", decoding="async", alt="")
            self._over = Node("img", "over", decoding="async", alt="", hidden=True)
            self._leader = Node("b", "leader", text="DEMO", hidden=True)
            self._left = Node("span", "lab is-left", hidden=True)
            self._right = Node("span", "lab is-right", hidden=True)
            self._wipe = Node(
                "input",
                "wipe",
                type="range",
                min=0,
                max=100,
                value=50,
                hidden=True,
                aria_label="Compare: how much of each",
            )
            self._caption = Node("p", "said", hidden=True)
            self._words: Pool[_Word, Said] = Pool(self._caption, _Word, _Word.paint)
            with Node("div", "why", role="note", hidden=True) as self._why:
                self._reason = Node("b")
                self._error = Node("span")
        self._clock = Clock(self.element, clock)
        self._wipe.on(
            "input",
            js_handler="(e) => e.target.parentElement.style.setProperty('--wipe', e.target.value)",
        )

    def paint(
        self,
        slot: SlotView,
        title: str = "",
        *,
        against: Picture | None = None,
        said: Sequence[Said] = (),
    ) -> None:
        """Show the slot's take; with ``against`` both of them under a slider.

        ``said`` are the words of a sound, each lit while it is heard.
        """
        flag = flag_of(slot)
        compares = against is not None and slot.thumb is not None
        self._show_picture(slot, title)
        self._show_player(slot, title, hidden=compares or flag.name.is_active)
        self._words.fill(said)
        self._caption.patch(hidden=None if said else True)
        self._show_other(slot, against if compares else None)
        self._show_flag(slot, flag, plain=compares)
        self._show_reason(slot, flag)

    def _show_picture(self, slot: SlotView, title: str) -> None:
        address = slot.thumb
        if slot.media is not None and slot.media_type in (MediaType.IMAGE, MediaType.VECTOR):
            address = slot.media.get("url") or address
        self._picture.patch(src=address or NOTHING, alt=title if address else "")
        fake = slot.provider_kind is ProviderKind.FAKE and bool(address)
        self._leader.patch(hidden=None if fake else True)

    def _show_player(self, slot: SlotView, title: str, *, hidden: bool) -> None:
        tag = {
            MediaType.VIDEO: "video",
            MediaType.VOICE: "audio",
            MediaType.MUSIC: "audio",
        }.get(slot.media_type)
        address = slot.media.get("url") if slot.media else None
        for name, player in self._players.items():
            player.patch(hidden=None if name == tag and address and not hidden else True)
        if tag is None or address is None:
            return
        if tag not in self._players:
            with self.element:
                player = self._players[tag] = Node(tag, controls=True, preload="none")
                player.on("timeupdate", js_handler=_LIGHT)
        name = f"{SLOT_WORDS[slot.media_type].capitalize()} of {title}"
        poster = slot.thumb if tag == "video" else None
        self._players[tag].patch(src=address, poster=poster, aria_label=name)

    def _show_other(self, slot: SlotView, against: Picture | None) -> None:
        hidden = None if against else True
        for node in (self._over, self._left, self._right, self._wipe):
            node.patch(hidden=hidden)
        if against is not None:
            self._over.patch(src=against.address, alt=against.label)
            self._left.patch(text=f"Take {slot.take_number} · shown")
            self._right.patch(text=against.label)

    def _show_reason(self, slot: SlotView, flag: Flag) -> None:
        """Over the frame's foot: below it, all the rest would move."""
        told = slot.reason.message if slot.reason and flag.name.is_problem else ""
        error = (slot.job.error or "") if slot.job and flag.name.is_problem else ""
        self._reason.patch(text=told)
        self._error.patch(text="" if error == told else error)
        self._why.patch(hidden=None if told or error else True)

    def _show_flag(self, slot: SlotView, flag: Flag, *, plain: bool) -> None:
        big = None if plain else flag.big
        since = None if plain else flag.since
        filled = slot.thumb is not None or (slot.media is not None and not flag.name.is_active)
        dim = slot.thumb is not None and (big is not None or since is not None)
        self.element.patch(
            data_flag=flag.name,
            data_kind=slot.provider_kind,
            data_frame="dim" if dim else "picture" if filled else "void",
            data_big=big,
            data_clock="" if since is not None else None,
        )
        self._clock.show(since)


class _Word:
    def __init__(self) -> None:
        self.element = Node("span")

    def paint(self, word: Said) -> None:
        self.element.patch(text=f"{word.text} ", data_start=word.start, data_end=word.end)


_LIGHT = """(e) => {
    const now = e.target.currentTime;
    for (const word of e.target.parentElement.querySelectorAll('.said > span'))
        word.toggleAttribute('data-now', word.dataset.start <= now && now < word.dataset.end);
}"""
"""As far as the player's own clock tells; nothing is asked of the server."""
