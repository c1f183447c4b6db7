"""The sounds of a story: each starts with its shot, music that goes on is not begun again."""

from collections.abc import Callable, Sequence
from typing import Any

from ui.components.node import Node, boundary
from ui.components.showing import Sound

DUCKED = 0.25
"""What is left of a music's volume under a voice."""


class Sounds:
    """Silent until `play` of the page runs them: a browser lets sound begin after a press alone."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._now: dict[str, Sound] = {}
        self._speaking: set[str] = set()
        self._scene = ""
        with boundary():
            self.element = Node("div", "sounds")

    def cue(self, coming: Sequence[Sound]) -> None:
        """Fetch what comes next; what neither sounds now nor comes is let go."""
        wanted = {one.address: one for one in (*self._now.values(), *coming)}
        for address in [one for one in self._nodes if one not in wanted]:
            self._nodes.pop(address).delete()
        for address, sound in wanted.items():
            if address not in self._nodes:
                self._nodes[address] = self._build(sound)

    def change(self, sounds: Sequence[Sound], scene: str) -> None:
        """A shot begins: these are heard now, and what goes on in its scene."""
        roles = {one.role for one in sounds}
        on = [one for one in self._now.values() if one.goes_on and one.role not in roles]
        still = on if scene == self._scene else []
        before, self._now = self._now, {one.address: one for one in (*still, *sounds)}
        self._scene = scene
        for address in before:
            if address in self._now and not self._now[address].loop:
                self._nodes.pop(address).delete()  # said once, it is said again from the start
        self.cue(())
        for address, node in self._nodes.items():
            node.patch(data_now="" if address in self._now else None)
        self._speaking = {one.address for one in sounds if one.is_voice}
        self._level()

    def _build(self, sound: Sound) -> Node:
        with self.element:
            node = Node("audio", src=sound.address, preload="auto", loop=sound.loop)
        node.patch(volume=sound.volume, data_voice="" if sound.is_voice else None)
        if sound.is_voice:
            node.on("ended", self._said(sound.address), args=[])
        return node

    def _said(self, address: str) -> Callable[[], Any]:
        def done() -> None:
            self._speaking.discard(address)
            self._level()

        return done

    def _level(self) -> None:
        """Music is lowered while somebody speaks."""
        for address, sound in self._now.items():
            share = DUCKED if sound.ducks and self._speaking else 1.0
            self._nodes[address].patch(volume=round(sound.volume * share, 3))
