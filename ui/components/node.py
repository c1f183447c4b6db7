"""Plain HTML elements that know how to change in place, and the boundary that isolates them."""

from collections.abc import Mapping
from functools import cache

from nicegui import ui

from ui.components.lean import Lean, classes_of

Value = str | int | float | bool | None


class Node(Lean):
    """One HTML element: a tag, classes, a text, attributes. ``_`` in a name is written ``-``.

    ``patch`` sends one update at most, and none where nothing changed. ``toggle`` changes classes
    and ``dress`` the style.
    """

    def __init__(
        self, tag: str, classes: str = "", *, text: str | None = None, **attributes: Value
    ) -> None:
        super().__init__(tag, classes)
        self._text = text
        for name, value in attributes.items():
            if value is not None:
                self._props[_attribute(name)] = value

    def patch(self, text: str | None = None, **attributes: Value) -> bool:
        """Set what differs; an attribute of None is removed, a text of None is left alone."""
        return self.wear({_attribute(name): value for name, value in attributes.items()}, text)

    def wear(self, attributes: Mapping[str, Value], text: str | None = None) -> bool:
        """As ``patch``, of names as they are written."""
        changed = False
        if text is not None and text != self._text:
            self._text = text
            changed = True
        props = self._props
        for name, value in attributes.items():
            if props.get(name) == value:
                continue
            if value is None:
                del props[name]
            else:
                props[name] = value
            changed = True
        if changed:
            self.update()
        return changed

    def dress(self, variables: Mapping[str, str | float | None]) -> None:
        """Set style variables, without their two dashes; None removes one."""
        style = self._style
        told = {f"--{name}": _told(value) for name, value in variables.items()}
        if any(style.get(name) != value for name, value in told.items()):
            now = {**style, **told}
            self._style = {name: value for name, value in now.items() if value is not None}
            self.update()

    def toggle(self, name: str, *, on: bool) -> None:
        """Add or remove one class."""
        if on != (name in self._classes):
            others = [one for one in self._classes if one != name]
            self._classes = classes_of(" ".join([*others, name] if on else others))
            self.update()

    def get(self, name: str) -> Value:
        """An attribute as it is now, by its written name."""
        value: Value = self._props.get(name)
        return value

    @property
    def text(self) -> str:
        return self._text or ""

    def _displayed_contents(self, *, only_visible: bool) -> list[object]:
        """Let NiceGUI's ``User`` of the tests see the text."""
        return [*super()._displayed_contents(only_visible=only_visible), self._text]


def boundary() -> ui.element:
    """A Vue component that draws nothing: what changes inside re-renders nothing outside.

    Children of native elements are rendered by the nearest component above, all of them together;
    at a thousand cards one change took 2.4 s without this and 7 ms with it (LIVE.md).
    """
    return _Boundary()


class _Boundary(Node):
    def __init__(self) -> None:
        super().__init__("q-card", "boundary")


def _told(value: str | float | None) -> str | None:
    return None if value is None else str(value)


@cache
def _attribute(name: str) -> str:
    return name.replace("_", "-")
