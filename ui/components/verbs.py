"""The verbs: buttons with one accessible name each, the same on card, inspector and keyboard."""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from ui.components.node import Node, boundary


class Verb(StrEnum):
    """What a person can do; the values of a slot's ``actions``."""

    GENERATE = "generate"
    RETRY = "retry"
    CANCEL = "cancel"
    USE = "use"
    RELEASE = "release"
    APPROVE = "approve"
    RETAKE = "retake"
    SELECT = "select"
    UNSELECT = "unselect"
    DELETE = "delete"
    UNDO = "undo"

    @property
    def words(self) -> str:
        """The accessible name of its button (CONTRACT.md section 6)."""
        return _WORDS[self]

    @property
    def key(self) -> str | None:
        """The key that does it where a strip or an inspector has the focus."""
        return _KEYS.get(self)


_WORDS = {
    Verb.GENERATE: "Generate",
    Verb.RETRY: "Retry",
    Verb.CANCEL: "Cancel",
    Verb.USE: "Use this",
    Verb.RELEASE: "Release",
    Verb.APPROVE: "Approve",
    Verb.RETAKE: "Retake",
    Verb.SELECT: "Select for video",
    Verb.UNSELECT: "Not for video",
    Verb.DELETE: "Delete",
    Verb.UNDO: "Undo",
}
_KEYS = {
    Verb.GENERATE: "G",
    Verb.RETRY: "Y",
    Verb.CANCEL: "X",
    Verb.USE: "U",
    Verb.APPROVE: "A",
    Verb.RETAKE: "R",
    Verb.SELECT: "S",
    Verb.UNSELECT: "S",
}
_ICONS = {Verb.DELETE: "trash", Verb.UNDO: "undo"}

BESIDE_THE_FLAG = (Verb.GENERATE, Verb.RETRY, Verb.CANCEL, Verb.USE)
UNDER_THE_FRAME = (
    Verb.APPROVE,
    Verb.RETAKE,
    Verb.SELECT,
    Verb.UNSELECT,
    Verb.RELEASE,
    Verb.DELETE,
)


ALWAYS_THERE = (Verb.APPROVE, Verb.RETAKE)
"""Under the frame these keep their places, off where they aren't allowed."""


class Verbs:
    """A row of buttons. It shows what is allowed; a pressed one is busy until the next paint."""

    def __init__(
        self,
        verbs: Sequence[Verb],
        *,
        on_verb: Callable[[Verb], Any],
        classes: str = "verbs",
        keeps: Collection[Verb] = (),
    ) -> None:
        """``keeps``: those that are switched off instead of hidden."""
        self._on_verb = on_verb
        self._keeps = keeps
        with boundary(), Node("div", classes, role="toolbar", aria_label="Actions") as self.element:
            self.buttons = {verb: self._button(verb) for verb in verbs}

    def paint(
        self,
        actions: Collection[str],
        *,
        lead: Verb | None = None,
        words: Mapping[Verb, str] | None = None,
    ) -> None:
        """``actions`` are the verbs allowed now; ``lead`` gets the yellow where it is here.

        ``words``: what a button says instead of its verb's own name.
        """
        for verb, button in self.buttons.items():
            allows = verb in actions
            name = (words or {}).get(verb, verb.words)
            button.patch(
                text=name,
                aria_label=name,
                hidden=None if allows or verb in self._keeps else True,
                disabled=None if allows else True,
                aria_busy=None,
            )
            button.toggle("primary", on=allows and verb is lead)

    def press(self, verb: Verb) -> Any:
        """Do it as if its button had been pressed; nothing where it isn't allowed or is busy."""
        button = self.buttons.get(verb)
        if button is None or button.get("disabled") or button.get("aria-busy"):
            return None
        button.patch(aria_busy="true")
        return self._on_verb(verb)

    def _button(self, verb: Verb) -> Node:
        quiet = " plain push" if verb is Verb.DELETE else ""
        button = Node(
            "button",
            f"btn{quiet}",
            text=verb.words,
            type="button",
            aria_label=verb.words,
            aria_keyshortcuts=verb.key,
            data_verb=verb,
            data_key=verb.key,
            data_icon=_ICONS.get(verb),
        )
        return button.on("click", lambda: self.press(verb), args=[])
