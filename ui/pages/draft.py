"""What a person writes and has not saved: kept by the server for this tab until it is."""

from nicegui import app


class Draft:
    """The saved text it began from, its revision, and what others saved meanwhile.

    Call its methods where a client is at hand: the tab's storage is the client's.
    """

    def __init__(self, project: str, revision: int, base: str) -> None:
        self.revision = revision
        self.base = base
        self.theirs: tuple[int, str] | None = None
        """A newer revision and its text, while both stand side by side."""
        self._name = f"script of {project}"

    def left(self) -> tuple[int, str] | None:
        """(revision it began from, text) of what was left unsaved here before."""
        kept = app.storage.tab.get(self._name)
        return (int(kept[0]), str(kept[1])) if kept and kept[1] != self.base else None

    def keep(self, text: str) -> None:
        """Each change is kept at once, so that leaving the page loses nothing."""
        if text == self.base:
            app.storage.tab.pop(self._name, None)
        else:
            app.storage.tab[self._name] = [self.revision, text]

    def settle(self, revision: int, base: str) -> None:
        """This is what is saved now."""
        self.revision, self.base, self.theirs = revision, base, None
        app.storage.tab.pop(self._name, None)
