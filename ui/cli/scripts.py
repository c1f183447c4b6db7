"""Scripts on disk for the commands: the text, the files beside it, and what is said about it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from domain.errors import Invalid, TooLarge
from domain.story import paths
from domain.story.compiler import Compiled, compile_script
from domain.story.diagnostics import Diagnostic
from domain.story.reader import MAX_BYTES
from domain.usecases.productions import Files

MOST_FILES = 256_000_000
"""Bytes of all files that one script names; as many as a zip may hold."""


class ScriptOnDisk:
    """A script and its folder; answers the compiler's question whether a file is there."""

    def __init__(self, path: Path) -> None:
        """Raises Invalid where it can't be read."""
        self.path = path
        try:
            with path.open("rb") as file:
                self.source = file.read(MAX_BYTES + 1)
            self._folder = path.parent.resolve(strict=True)
        except (OSError, ValueError) as error:
            raise Invalid(f"{path} can't be read: {_reason(error)}.") from error

    def exists(self, path: str) -> bool:
        return self._find(path) is not None

    def compile(self) -> Compiled:
        return compile_script(self.source, name=self.path.name, assets=self)

    def files(self, compiled: Compiled) -> Files:
        """The files it names. Raises TooLarge, or Invalid where one can't be read."""
        script = compiled.script
        items = [item for one in script.concepts for item in one.media]
        items += [item for one in script.shots for item in one.media]
        named = dict.fromkeys(item.path for item in items if item.path)
        found = {name: file for name in named if (file := self._find(name))}
        try:
            if sum(file.stat().st_size for file in found.values()) > MOST_FILES:
                message = f"The files of {self.path} have more than {MOST_FILES // 1_000_000} MB."
                raise TooLarge(message)
            return Files({name: file.read_bytes() for name, file in found.items()})
        except OSError as error:
            raise Invalid(f"{error.filename} can't be read: {_reason(error)}.") from error

    def _find(self, path: str) -> Path | None:
        """A plain file inside the folder; one that is linked in from outside is not there."""
        try:
            file = (self._folder / paths.inside(path)).resolve(strict=True)
            return file if file.is_relative_to(self._folder) and file.is_file() else None
        except (OSError, ValueError):
            return None


def report(path: Path, diagnostics: Sequence[Diagnostic], *, to: TextIO = sys.stdout) -> None:
    """``file:line:column: severity code message``, a line each."""
    for one in diagnostics:
        print(f"{path}:{' '.join(str(one).split())}", file=to)


def _reason(error: OSError | ValueError) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number).lower() if number else str(error)
