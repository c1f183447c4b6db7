"""Our lean element is NiceGUI's in all that is sent and asked for: a new version can't differ."""

from typing import Any

from nicegui import binding, json
from nicegui.element import Element

from ui.components.lean import Lean

OURS = {"_slots", "id"}


def plain(client: Any) -> Element:
    with client.layout:
        return Element("div")


def lean(client: Any) -> Lean:
    with client.layout:
        return Lean("div", "")


def dressed(element: Element, child: Element) -> dict[str, Any]:
    """What is sent of an element with all that ours can have, without what differs by nature."""
    element._text = "hello"  # noqa: SLF001
    element._props["data-shot"] = "SH0010"  # noqa: SLF001
    element.on("click", lambda: None, args=[])
    sent: dict[str, Any] = json.loads(json.dumps(element._to_dict()))  # noqa: SLF001
    assert sent.pop("children") == [child.id]
    for event in sent["events"]:
        del event["listener_id"]
    return sent


async def test_it_has_every_attribute_that_niceguis_own_begins_with(client: Any) -> None:
    own, ours = plain(client), lean(client)
    for name, value in vars(own).items():
        assert hasattr(ours, name), name
        known = getattr(ours, name)
        if isinstance(value, str | bool | None):
            assert known == value, name
        elif name in ("_classes", "_markers"):
            assert list(known) == list(value)
        elif name in ("_style", "_props", "_event_listeners"):
            assert dict(known) == dict(value)
        elif name == "slots":
            assert list(known) == list(value) == ["default"]
    assert own.visible is ours.visible is True
    assert own.is_ignoring_events is ours.is_ignoring_events is False
    assert own.parent_slot is ours.parent_slot
    assert set(vars(ours)) - OURS <= set(vars(own))


async def test_the_same_is_sent_of_it(client: Any) -> None:
    own, ours = plain(client), lean(client)
    own.classes("card wide")
    with client.layout:
        ours = Lean("div", "card wide")
    with own:
        below = Lean("span", "")
    with ours:
        under = Lean("span", "")
    assert dressed(own, below) == dressed(ours, under)
    assert under._to_dict() == {"tag": "span"}  # noqa: SLF001


async def test_it_is_sent_with_the_page_or_after_it(client: Any) -> None:
    first = lean(client)
    assert first.id not in client.outbox.updates
    client._response_built = True  # noqa: SLF001
    with first:
        second = Lean("i", "")
    assert {first.id, second.id} <= set(client.outbox.updates)


async def test_it_is_deleted_with_all_below_and_leaves_nothing(client: Any) -> None:
    known = len(binding.bindable_properties)
    with client.layout:
        top = Lean("div", "")
    with top:
        inner = Lean("p", "")
        inner.on("click", lambda: None)
    assert len(binding.bindable_properties) == known
    assert list(top) == [inner]
    assert list(inner) == []
    top.clear()
    assert inner.is_deleted
    assert not inner._event_listeners  # noqa: SLF001
    assert list(top) == []
    assert inner.id not in client.elements


async def test_listeners_are_its_own(client: Any) -> None:
    one, other = lean(client), lean(client)
    one.on("click", lambda: None)
    assert len(one._event_listeners) == 1  # noqa: SLF001
    assert not other._event_listeners  # noqa: SLF001
