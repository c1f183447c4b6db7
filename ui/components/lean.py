"""NiceGUI's element without what only few elements need; all that this takes of its inside is here.

A viewer has hundreds of elements. NiceGUI gives each its own observed lists and dictionaries, a
slot, and an entry among the bindable ones: 3 kB and 60 µs, most of it never used.
tests/ui/test_lean.py compares with NiceGUI's own, so that a new version of it can't differ unseen.
"""

from collections.abc import Callable, Iterator
from functools import cache
from types import MappingProxyType
from typing import Any, Self
from weakref import ref

from nicegui.context import context
from nicegui.element import Element
from nicegui.slot import Slot


class Attributes(dict[str, Any]):
    """An element's props, unobserved: whoever changes them tells by ``update``."""

    __slots__ = ()
    _suspend_count = 0


@cache
def classes_of(names: str) -> tuple[str, ...]:
    """Shared by all elements of these classes."""
    return tuple(names.split())


class Lean(Element):
    """Begins like any element where it is made; no bindings, no ``classes()``, no ``style()``."""

    _style: Any = MappingProxyType({})
    _markers: Any = ()
    _event_listeners: Any = MappingProxyType({})
    _slots: dict[str, Slot] | None = None
    _update_method = None
    _deleted = False
    ignores_events_when_hidden = True

    def __init__(self, tag: str, classes: str) -> None:
        # Not super().__init__(): leaving its work out is what this class is for.
        slot = context.slot
        parent = slot.parent
        client = parent.client
        self._client = ref(client)
        self.id = client.next_element_id
        client.next_element_id += 1
        self.tag = tag
        self._text = None
        self._classes: Any = classes_of(classes)
        self._props: Any = Attributes()
        self._parent_slot = ref(slot)
        client.elements[self.id] = self
        slot.children.append(self)
        if client._response_built:  # noqa: SLF001 -- until then all of the page is still to be sent
            client.outbox.enqueue_update(self)
            client.outbox.enqueue_update(parent)

    @property
    def slots(self) -> dict[str, Slot]:  # type: ignore[override]
        """Made with the first child."""
        if self._slots is None:
            self._slots = {"default": Slot(self, "default")}
        return self._slots

    @property
    def default_slot(self) -> Slot:  # type: ignore[override]
        return self.slots["default"]

    def on(self, type: str, handler: Callable[..., Any] | None = None, **how: Any) -> Self:  # type: ignore[override] # noqa: A002
        """As NiceGUI's own, in a dictionary of this element's."""
        if "_event_listeners" not in self.__dict__:
            self._event_listeners = {}
        return super().on(type, handler, **how)

    def __iter__(self) -> Iterator[Element]:
        return iter(()) if self._slots is None else super().__iter__()

    def _to_dict(self) -> dict[str, Any]:
        slots = self._slots
        if slots is not None and len(slots) > 1:
            return super()._to_dict()
        told: dict[str, Any] = {"tag": self.tag}
        if self._text is not None:
            told["text"] = self._text
        if self._classes:
            told["class"] = self._classes
        if self._style:
            told["style"] = self._style
        if self._props:
            told["props"] = self._props
        if slots is not None and (children := slots["default"].children):
            told["children"] = [child.id for child in children]
        if self._event_listeners:
            told["events"] = [one.to_dict() for one in self._event_listeners.values()]
        return told

    def _handle_delete(self) -> None:
        if self._slots is not None:
            for slot in self._slots.values():
                slot.children.clear()
        self._event_listeners = {}


setattr(Lean, "___visible", True)  # what NiceGUI's bindable property reads before it is set
