"""What the tests of commands share: how one is run, and what it left behind."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from domain.studio import Studio
from domain.usecases.base import Tools
from domain.usecases.signing_in import Tokens
from jobs.forge import Registry
from jobs.pool import Pool
from jobs.providers.fake import FakeProvider
from storage.blobs import FileStore
from storage.bus import LocalBus
from storage.clock import SystemClock
from storage.database import open_engine
from storage.demo import script
from storage.inspector import Inspector
from storage.migration import prepare
from storage.unit_of_work import SqlWorks
from tests.fakes import Diary, RecordingDispatcher
from tests.services.process import environment
from tests.services.server import MAIN

AT_ONCE = {"FRAMEWRIGHT_FAKE_ART": "plain", "FRAMEWRIGHT_FAKE_SPEED": "0"}
"""Plain cards without delays: what is made is not the matter here."""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """What the ``run`` fixture gives."""

    def __call__(
        self, *arguments: str | Path, env: Mapping[str, str] = {}, within: float = 60
    ) -> Ran: ...


def run_command(
    *arguments: str | Path, data: Path, env: Mapping[str, str] = {}, within: float = 60
) -> Ran:
    """Run ``main.py`` to its end, in the folder that holds the data folder."""
    ended = subprocess.run(  # noqa: S603 -- our own program, no shell
        [sys.executable, str(MAIN), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=within,
        stdin=subprocess.DEVNULL,
        cwd=data.parent,
        env=environment(**{"FRAMEWRIGHT_DATA": str(data), **AT_ONCE, **env}),
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return Ran(ended.returncode, ended.stdout, ended.stderr)


@contextmanager
def opened(data: Path) -> Iterator[Studio]:
    """The use cases over what commands left in a folder, or over a new one; nothing is made."""
    data.mkdir(parents=True, exist_ok=True)
    engine = open_engine(f"sqlite:///{data / 'framewright.db'}")
    bus, pool, inspector, clock = LocalBus(), Pool(1), Inspector(), SystemClock()
    try:
        prepare(engine, backup_dir=data)
        tools = Tools(
            works=SqlWorks(engine, clock=clock, dispatcher=RecordingDispatcher(Diary()), bus=bus),
            forge=Registry([FakeProvider(pool, clock, speed=0, art="plain")]),
            store=FileStore(data / "media"),
            inspector=inspector,
            bus=bus,
            clock=clock,
            new_id=lambda: uuid4().hex,
            key=b"k" * 32,
        )
        yield Studio.over(tools, Tokens(owner="owner", door="door"), demo=script())
    finally:
        inspector.close()
        pool.close()
        bus.close()
        engine.dispose()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    files = (one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): one.read_bytes() for one in files}
