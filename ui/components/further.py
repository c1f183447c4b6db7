"""The form for further takes: prompt, provider, seed, count. A draft outlives every repaint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from ui.components.inspector_model import Asked, Offer
from ui.components.node import Node, boundary

MOST = 8
"""Takes in one request (CONTRACT.md section 5)."""


@dataclass(slots=True)
class _Draft:
    prompt: str
    provider: str | None
    seed: str = ""
    count: int = 1


class Further:
    """``on_generate`` gets what is asked for takes; ``on_script``, where given, for the script."""

    def __init__(
        self,
        *,
        on_generate: Callable[[Asked], Any],
        on_script: Callable[[Asked], Any] | None = None,
    ) -> None:
        self._on_generate = on_generate
        self._slot = ""
        self._offer = Offer()
        self._drafts: dict[str, _Draft] = {}
        with boundary(), Node("section", "sec", aria_label="Further takes") as self.element:
            Node("h3", text="Further takes")
            with Node("div", "form"):
                with Node("div", "wide"):
                    Node("span", "lab", text="Prompt")
                    self._prompt = ui.textarea(on_change=self._edit).props(
                        'outlined dense rows=3 aria-label="Prompt"'
                    )
                with Node("div"):
                    Node("span", "lab", text="Provider")
                    self._provider = ui.select([], on_change=self._edit).props(
                        'outlined dense options-dense aria-label="Provider"'
                    )
                with Node("div"):
                    Node("span", "lab", text="Seed")
                    self._seed = ui.input(
                        placeholder="new each time", on_change=self._edit, validation=_seed_error
                    ).props('outlined dense hide-bottom-space inputmode=numeric aria-label="Seed"')
                with Node("div"):
                    Node("span", "lab", text="Count")
                    self._count = ui.number(
                        value=1, min=1, max=MOST, precision=0, on_change=self._edit
                    ).props('outlined dense aria-label="Count"')
            with Node("div", "made"):
                self._go = Node("button", "btn primary", text="Make another", type="button")
                if on_script is not None:
                    put = Node("button", "btn", text="Put into script", type="button")
                    put.patch(data_icon="script")
                    put.on("click", lambda: on_script(self._asked()), args=[])
                self._note = Node("span", "note")
        self._go.on("click", self._generate, args=[])

    @property
    def _draft(self) -> _Draft:
        return self._drafts.setdefault(self._slot, _Draft("", None))

    def paint(self, slot_id: str, offer: Offer, *, primary: bool = True) -> None:
        """Show the draft of this slot; one that a person has begun is left as it is."""
        self._go.toggle("primary", on=primary)
        untouched = self._drafts.get(slot_id)
        if untouched is None or (slot_id == self._slot and untouched.prompt == self._offer.prompt):
            kept = untouched or _Draft("", None)
            fresh = _Draft(offer.prompt, kept.provider or offer.provider, kept.seed, kept.count)
            self._drafts[slot_id] = fresh
        turned = slot_id != self._slot
        if tuple(self._provider.options) != offer.providers:
            self._slot = ""  # a choice that is gone is news of the field, not of the draft
            self._provider.set_options(list(offer.providers))
        self._slot, self._offer = slot_id, offer
        draft = self._draft
        if draft.provider not in offer.providers:
            draft.provider = offer.provider if offer.provider in offer.providers else None
        if turned or self._prompt.value != draft.prompt:
            self._fill(draft)
        self._note.patch(text=offer.note)
        self._go.patch(aria_busy=None, disabled=None if offer.is_open else True)
        self._name_button()

    def focus(self) -> None:
        """Go to the prompt: what is asked must be changed."""
        self._prompt.run_method("focus")

    def _fill(self, draft: _Draft) -> None:
        slot, self._slot = self._slot, ""  # the fields' own news must not reach the draft
        self._prompt.set_value(draft.prompt)
        self._provider.set_value(draft.provider)
        self._seed.set_value(draft.seed)
        self._count.set_value(draft.count)
        self._slot = slot

    def _edit(self) -> None:
        if not self._slot:
            return
        draft = self._draft
        draft.prompt = self._prompt.value or ""
        draft.provider = self._provider.value
        draft.seed = self._seed.value or ""
        draft.count = max(1, min(MOST, int(self._count.value or 1)))
        self._name_button()

    def _name_button(self) -> None:
        """Not *Generate*: that is the slot's first take, beside the flag."""
        count, price = self._draft.count, self._offer.price
        words = "Make another" if count == 1 else f"Make {count} more"
        each = "" if count == 1 else " each"
        self._go.patch(text=f"{words} · {price}{each}" if price else words)

    def _generate(self) -> Any:
        draft = self._draft
        if self._go.get("aria-busy") or _seed_error(draft.seed):
            return None
        self._go.patch(aria_busy="true")
        return self._on_generate(self._asked())

    def _asked(self) -> Asked:
        draft = self._draft
        seed = "" if _seed_error(draft.seed) else draft.seed.strip()
        return Asked(
            prompt=None if draft.prompt == self._offer.prompt else draft.prompt,
            provider=draft.provider,
            seed=int(seed) if seed else None,
            count=draft.count,
        )


def _seed_error(value: str | None) -> str | None:
    words = (value or "").strip()
    if not words or (words.isdigit() and int(words) < 2**53):
        return None
    return "A whole number, or nothing"
