"""The data folder of the embedded mode: what it keeps, and the lock of who works on it."""

import fcntl
import os
import secrets
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from domain.errors import Misconfigured


class DataFolder:
    """``framewright.db``, ``media/``, ``secret``, ``owner.token``; secrets are 0600."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._lock: TextIOWrapper | None = None

    def prepare(self) -> None:
        """Make it; raises Misconfigured where that is impossible."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            message = f"The data folder {self.path} can't be made: {error.strerror}."
            raise Misconfigured(message) from error

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.path / 'framewright.db'}"

    @property
    def media(self) -> Path:
        return self.path / "media"

    def secret(self) -> bytes:
        """Signs addresses and sessions; made at the first start."""
        return self._kept("secret").encode()

    def owner_token(self) -> str:
        """The owner's API token; made at the first start."""
        return self._kept("owner.token")

    def lock(self) -> None:
        """Hold the folder for this process's worker; released when the process ends, however.

        Raises Misconfigured where another process holds it.
        """
        self.prepare()
        path = self.path / "lock"
        try:
            file = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise Misconfigured(f"{path} can't be written: {error.strerror}.") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "another process"
            file.close()
            message = (
                f"{self.path} is in use by {holder}. Stop that one first, "
                "or give this one another folder with --data."
            )
            raise Misconfigured(message, code="folder_in_use") from error
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        self._lock = file

    def release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _kept(self, name: str) -> str:
        self.prepare()
        path = self.path / name
        try:
            if not path.exists():
                self._make(path)
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            message = f"{path} can't be read or written: {error.strerror}."
            raise Misconfigured(message) from error

    def _make(self, path: Path) -> None:
        """Made whole under another name first: two starters end with the same one."""
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
