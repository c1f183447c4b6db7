"""Files written whole or not at all, also through a power cut."""

import errno
import hashlib
import os
import secrets
import sys
from pathlib import Path

from domain.errors import Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Writer:
    """Writes below one root by way of its ``tmp`` folder, so that a rename never crosses disks."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._tmp = root / "tmp"

    def write(self, target: Path, data: bytes) -> None:
        """Written aside, forced to disk, renamed, the rename forced to disk.

        Raises Unavailable, and leaves nothing behind, where that can't be done.
        """
        name: Path | None = None
        try:
            fresh = not target.parent.exists()
            _folder(target.parent)
            handle, name = self._temporary()
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            name.replace(target)
            _sync(target.parent)
            if fresh:
                _sync(target.parent.parent)
        except OSError as error:
            if name is not None:
                name.unlink(missing_ok=True)
            raise unavailable(error, len(data)) from error

    def check(self) -> None:
        """Raise Unavailable where nothing can be written."""
        try:
            handle, name = self._temporary()
            os.close(handle)
            name.unlink(missing_ok=True)
        except OSError as error:
            raise unavailable(error) from error

    def sweep(self) -> int:
        """Remove what dead processes left half written; returns how many files."""
        orphans = [path for path in self._tmp.glob("*.part") if _is_orphan(path.name)]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)

    def _temporary(self) -> tuple[int, Path]:
        _folder(self._tmp)
        name = self._tmp / f"{_host()}-{os.getpid()}-{secrets.token_hex(8)}.part"
        return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), name


def unavailable(error: OSError, size: int = 0) -> Unavailable:
    """Say it plainly, without a path."""
    if error.errno in _FULL:
        need = f" {size / 1e6:.1f} MB do not fit." if size else ""
        return Unavailable(f"The disk of the media folder is full.{need}", code="disk_full")
    return Unavailable(f"The media folder can't be used: {error.strerror}.")


def _folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    if path.resolve() != path:
        raise Unavailable("The media folder has a link inside that leads out; remove it.")


def _sync(folder: Path) -> None:
    if sys.platform == "win32":  # a folder can't be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_orphan(name: str) -> bool:
    """Whether the process that began this file is dead; another machine's are left alone."""
    host, _, rest = name.partition("-")
    pid = rest.partition("-")[0]
    if host != _host() or not pid.isdigit() or sys.platform == "win32":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # alive, somebody else's
    return False


def _host() -> str:
    return hashlib.sha256(os.uname().nodename.encode()).hexdigest()[:8]
