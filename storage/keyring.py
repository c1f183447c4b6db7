"""Keys of providers: from the environment, from a file it names, or pasted by the owner.

A pasted key is a private file of the data folder. It is written and never shown again.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from domain.errors import Invalid

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
SECRET_NAME = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD|AUTH)$", re.IGNORECASE)
LONGEST = 4096

Origin = Literal["pasted", "environment", "file"]


class Keyring:
    """`domain.ports.Keyring` over one folder and one environment. Looked at anew each time."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = environment

    def find(self, name: str) -> str | None:
        """A pasted one goes before the environment's: it was given last, and by hand."""
        found = self._look(name)
        return None if found is None else found[1]

    def origin(self, name: str) -> Origin | None:
        found = self._look(name)
        return None if found is None else found[0]

    def put(self, name: str, key: str) -> None:
        """Raises Invalid for what can be no key."""
        key = key.strip()
        if not NAME.fullmatch(name):
            raise Invalid("This provider names no variable for its key.")
        if not key or len(key) > LONGEST or not key.isascii() or not key.isprintable():
            raise Invalid("This is no key: one line of letters, digits and signs.")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._folder / f".{name}.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(key)
        fresh.replace(self._folder / name)

    def forget(self, name: str) -> None:
        """Remove a pasted one; the environment's serves again, where there is one."""
        if NAME.fullmatch(name):
            (self._folder / name).unlink(missing_ok=True)

    def secrets(self) -> Iterator[str]:
        """Everything that must be in no message: all keys, and what the environment calls so."""
        for name, value in self._environment.items():
            if SECRET_NAME.search(name):
                yield value
            elif name.endswith("_FILE") and SECRET_NAME.search(name.removesuffix("_FILE")):
                yield from _read(Path(value))
        with suppress(OSError):
            for path in self._folder.iterdir():
                yield from _read(path)

    def _look(self, name: str) -> tuple[Origin, str] | None:
        if not NAME.fullmatch(name):
            return None
        for key in _read(self._folder / name):
            return "pasted", key
        if key := self._environment.get(name, "").strip():
            return "environment", key
        if path := self._environment.get(f"{name}_FILE", "").strip():
            for key in _read(Path(path)):
                return "file", key
        return None


def _read(path: Path) -> Iterator[str]:
    """The key in a file; none where there is no file, or nothing in it."""
    with suppress(OSError, UnicodeDecodeError):
        if key := path.read_text(encoding="utf-8")[: LONGEST + 1].strip():
            yield key
