"""The first paint: the beginning of a page as plain HTML in its first answer.

The browser shows it while NiceGUI's scripts are still being read; mounting the page then puts the
same elements in its place at once, so that nothing moves (tests/e2e/test_first_paint.py).
"""

from collections.abc import Iterator
from html import escape

from nicegui import Client, ui
from nicegui.element import Element

MOST = 400
"""Elements, in the order of the page: what is left out lies below any window."""
COMPONENTS = {
    "q-layout": ("div", "q-layout"),
    "q-page-container": ("div", "q-page-container"),
    "q-page": ("main", "q-page"),
    "q-card": ("div", "q-card"),
    "q-intersection": ("div", "q-intersection"),
}
"""Quasar's components that a first screen is made of: their tag and class once they are mounted."""
SUB_PAGES = "nicegui-sub-pages"
VOID = frozenset({"img", "input", "br", "hr"})


def add_first_paint(client: Client) -> None:
    """Call it when the page is built.

    Vue clears what it mounts on, and mounts on the first element of this id: its own one follows.
    Until then nothing in it can be pressed.
    """
    drawn = "".join(_drawn(client.layout, iter(range(MOST))))
    ui.add_body_html(f'<div id="app"><div inert>{drawn}</div></div>')


def _drawn(element: Element, room: Iterator[int]) -> Iterator[str]:
    tag, known = _mounted(element)
    if not tag or next(room, None) is None:
        return
    props = element._props if known is None else {}  # noqa: SLF001
    yield f"<{tag}{''.join(_attributes(element, known, props))}>"
    if tag in VOID:
        return
    yield escape(element._text or "", quote=False)  # noqa: SLF001
    for child in element:
        yield from _drawn(child, room)
    yield f"</{tag}>"


def _mounted(element: Element) -> tuple[str, str | None]:
    """Its tag, and where it is a component the class that has: its props are no attributes then.

    No tag for what draws nothing of a first screen.
    """
    if element.tag in COMPONENTS:
        return COMPONENTS[element.tag]
    if SUB_PAGES in element._classes:  # noqa: SLF001
        return "div", SUB_PAGES
    return ("" if "-" in element.tag else element.tag), None


def _attributes(element: Element, known: str | None, props: dict[str, object]) -> Iterator[str]:
    if names := " ".join(dict.fromkeys(filter(None, (known, *element._classes)))):  # noqa: SLF001
        yield f' class="{escape(names)}"'
    if style := ";".join(f"{name}:{value}" for name, value in element._style.items()):  # noqa: SLF001
        yield f' style="{escape(style)}"'
    for name, value in props.items():
        if value is True:
            yield f" {name}"
        elif value is not False and isinstance(value, str | int | float):
            yield f' {name}="{escape(str(value))}"'
