"""One provider: what it is, whether it can be asked, what it took; its key and its test."""

from collections.abc import Callable
from typing import Any

from domain.usecases.providers import ProviderView
from domain.work.blocking import WORDS
from domain.work.budget import amount
from ui.components.node import Node

SEND_AND_FORGET = """(e) => {
  e.preventDefault();
  const field = e.target.elements.key;
  emit(field.value);
  field.value = '';
}"""
"""The key is in no attribute of the page and in none of ours."""
ORIGINS = {
    "pasted": "pasted here",
    "environment": "from the environment",
    "file": "from the file that {variable}_FILE names",
}


class Maker:
    """What may not be done is None; ``on_key`` gets the key."""

    def __init__(
        self,
        one: ProviderView,
        *,
        on_test: Callable[[], Any] | None = None,
        on_pause: Callable[[], Any] | None = None,
        on_key: Callable[[str], Any] | None = None,
        on_forget: Callable[[], Any] | None = None,
    ) -> None:
        self._one = one
        with Node("article", "production maker", data_provider=one.name, aria_label=one.name):
            Node("b", text=one.name)
            Node("span", text=f"{one.kind} · makes {', '.join(one.makes)}")
            self._build_state()
            self._build_facts()
            if on_key is not None and one.credentials.variable is not None:
                self._build_key(on_key)
            with Node("div", "acts"):
                if on_test is not None and one.address:
                    self._button("Test connection", on_test)
                if on_pause is not None:
                    self._button("Resume" if one.paused else "Pause", on_pause)
                if on_forget is not None and one.credentials.origin == "pasted":
                    self._button("Forget key", on_forget)

    def _build_state(self) -> None:
        one = self._one
        is_ready = one.state == "ready"
        with Node("div", "minis"):
            flag = "done" if is_ready else "blocked"
            Node("span", "mini", text="Ready" if is_ready else "Blocked", data_flag=flag)
            if one.paused:
                Node("span", "mini", text="Paused", data_flag="paused")
        if not is_ready:
            words = f"{WORDS[one.reason]}. {one.detail}" if one.reason else one.detail
            Node("p", "why", text=words)

    def _build_facts(self) -> None:
        with Node("dl", "facts"):
            for name, told in facts(self._one):
                Node("dt", text=name)
                Node("dd", text=told)

    def _build_key(self, on_key: Callable[[str], Any]) -> None:
        variable = self._one.credentials.variable
        with Node("form", "key", autocomplete="off") as form:
            field = Node("input", type="password", name="key", autocomplete="off", required=True)
            field.patch(aria_label=f"Key of {self._one.name}", placeholder=variable)
            Node("button", "btn", text="Keep key", type="submit")
        form.on("submit", lambda told: on_key(str(told.args)), js_handler=SEND_AND_FORGET)

    def _button(self, words: str, act: Callable[[], Any]) -> None:
        button = Node("button", "btn", text=words, type="button")
        button.patch(aria_label=f"{words} {self._one.name}")

        def press() -> Any:
            if button.get("aria-busy"):
                return None
            button.patch(aria_busy="true")
            return act()

        button.on("click", press, args=[])


def facts(one: ProviderView) -> list[tuple[str, str]]:
    """What there is to know of a provider, as name and words."""
    found = [("At a time", str(one.concurrency))]
    if one.address:
        found.insert(0, ("Server", one.address))
    if one.models:
        told = ", ".join(f"{model} ({made})" for made, model in one.models.items())
        found.append(("Models", told))
    if one.credentials.variable is not None:
        found.append(("Key", _key(one)))
    if one.probe is not None:
        told = "Ready" if one.probe.reason is None else WORDS[one.probe.reason]
        found.append(("Last test", f"{told}, {one.probe.at:%d %B %H:%M} UTC"))
    if one.address:
        found.append(("Spent", _spent(one)))
    if one.bill.uncertain:
        found.append(("May have been charged", f"{one.currency} {amount(one.bill.uncertain)}"))
    return found


def _key(one: ProviderView) -> str:
    variable, origin = one.credentials.variable or "", one.credentials.origin
    if origin is None:
        return f"{variable} is not set"
    return f"{variable}, {ORIGINS[origin].format(variable=variable)}"


def _spent(one: ProviderView) -> str:
    if one.bill.unknown:
        count = one.bill.unknown
        known = f"{one.currency} {amount(one.bill.spent)} and " if one.bill.spent else ""
        return f"{known}{count} making{'' if count == 1 else 's'} without a known price"
    return f"{one.currency} {amount(one.bill.spent)}"
