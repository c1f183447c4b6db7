"""A text area for YAML: line numbers, colours, folding, search; NiceGUI's CodeMirror, dressed."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.errors import Unavailable
from ui.components.node import Node, boundary

GO = """
const view = getElement({id}).editor;
const line = view.state.doc.line(Math.min({line}, view.state.doc.lines));
const at = Math.min(line.from + {column} - 1, line.to);
view.dispatch({{selection: {{anchor: at}}, scrollIntoView: true}});
view.focus();
"""
READ = """
const text = getElement({id}).editor.state.doc.toString();
return text.length > {most} ? text.length : text;
"""
MOST = 200_000
"""Characters that are sent back as a whole: a message on the socket may have a megabyte."""
LABEL = """
const area = getElement({id}).editor.contentDOM;
area.setAttribute('aria-label', 'Script');
area.setAttribute('aria-description', '{hint}');
"""
HINT = "Esc, then Tab, leaves the text. Ctrl F searches."


class Editor:
    """``text`` is what stands in it, with the line breaks it came with."""

    def __init__(
        self, text: str, *, on_change: Callable[[], Any], on_save: Callable[[], Any], locked: bool
    ) -> None:
        """``on_save``: Ctrl+S was pressed in it; what was typed before is in ``text`` by then."""
        self._has_cr = "\r\n" in text
        with boundary(), Node("div", "editor") as self.element:
            self._code = ui.codemirror(
                _plain(text),
                language="YAML",
                theme="githubLight",
                indent="  ",
                line_wrapping=True,
                keymap={"Mod-s": on_save},
            )
            Node("p", "hint", text=HINT, aria_hidden="true")
        if locked:
            self._code.disable()
        self._code.on_value_change(on_change)

    @property
    def text(self) -> str:
        return self._whole(self._code.value or "")

    def fill(self, text: str) -> None:
        """Put another text there; what a person typed can be undone to."""
        self._has_cr = "\r\n" in text
        self._code.set_value(_plain(text))

    async def read(self) -> str:
        """What the browser shows: after a cut line it is surer than what was told bit by bit.

        Raises Unavailable where the two differ and it is too long to be sent, TimeoutError where
        nobody answers.
        """
        shown = await ui.run_javascript(READ.format(id=self._code.id, most=MOST), timeout=20)
        if isinstance(shown, str):
            return self._whole(shown)
        if shown != len((self._code.value or "").encode("utf-16-le")) // 2:
            raise Unavailable("Not all you wrote has arrived here; copy it and reload the page.")
        return self.text

    def go(self, line: int, column: int) -> None:
        """Put the cursor there, from 1."""
        ui.run_javascript(GO.format(id=self._code.id, line=line, column=column))

    def label(self) -> None:
        """Name the area for those who don't see it, once it is there."""
        ui.run_javascript(LABEL.format(id=self._code.id, hint=HINT))

    def _whole(self, text: str) -> str:
        return text.replace("\n", "\r\n") if self._has_cr else text


def _plain(text: str) -> str:
    """As a browser counts lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
