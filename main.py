"""Framewright: settings, composition, commands.

The only file that knows both a port and its adapter, and the only one that reads the
environment. The children of the making pool import this file again; they need none of it.
"""

from __future__ import annotations

import gc
import os
import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, Self
from uuid import uuid4

if __name__ == "__main__":
    # Modules and boards are tens of thousands of small objects that live: the default looks at
    # them all, again and again.
    gc.set_threshold(50_000, 20, 100)

if __name__ != "__mp_main__":
    import sqlalchemy as sa
    from dramatiq import Broker

    from domain.errors import Misconfigured, StudioError
    from domain.ports import Clock, EventBus, MediaStore, Works
    from domain.studio import Studio
    from domain.usecases.base import Tools
    from domain.usecases.fulfilment import Fulfilment
    from domain.usecases.restoring import hold_what_may_be_paid
    from domain.usecases.signing_in import Tokens
    from jobs.broker import make_broker, reach
    from jobs.dispatcher import DramatiqDispatcher
    from jobs.forge import Registry
    from jobs.pool import Pool
    from jobs.providers.bed import BedProvider
    from jobs.providers.camera_move import CameraMoveProvider
    from jobs.providers.configuration import Configuration
    from jobs.providers.configuration import read as read_configuration
    from jobs.providers.espeak import EspeakProvider
    from jobs.providers.fake import FakeProvider
    from jobs.providers.live import connect
    from jobs.providers.paperdoll import PaperdollProvider
    from jobs.providers.wire.redaction import Redactor, guard_logs
    from jobs.worker import JobWorker
    from storage import backup
    from storage.backup import DATABASE, Kept
    from storage.blobs import FileStore
    from storage.bus import LocalBus, RedisBus
    from storage.clock import SystemClock
    from storage.database import open_engine
    from storage.demo import script as demo_script
    from storage.events import EventTable
    from storage.folder import DataFolder
    from storage.inspector import Inspector
    from storage.keyring import Keyring
    from storage.migration import prepare
    from storage.tables import SCHEMA
    from storage.unit_of_work import SqlWorks
    from ui.cli import commands

THREADS = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """CONTRACT.md section 3; an empty value means unset."""

    data: Path
    database_url: str | None = None
    durability: Literal["full", "relaxed"] = "full"
    redis_url: str | None = None
    secret: str | None = field(default=None, repr=False)
    media_url: str | None = None
    public_url: str | None = None
    providers: Path | None = None
    fake_speed: float = 1.0
    fake_art: str = "scene"
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str], *, data: Path | None = None) -> Self:
        """Raises Misconfigured, with what to write instead."""
        given = {name: value for name, value in environment.items() if value.strip()}

        def one(name: str, default: str | None = None) -> str | None:
            return given.get(f"FRAMEWRIGHT_{name}", default)

        durability, art = one("DURABILITY", "full"), one("FAKE_ART", "scene")
        if durability not in ("full", "relaxed"):
            raise Misconfigured(f"FRAMEWRIGHT_DURABILITY is {durability!r}: full or relaxed.")
        if art not in ("scene", "plain"):
            raise Misconfigured(f"FRAMEWRIGHT_FAKE_ART is {art!r}: scene or plain.")
        try:
            speed = float(one("FAKE_SPEED", "1") or 1)
        except ValueError:
            raise Misconfigured("FRAMEWRIGHT_FAKE_SPEED must be a number, 0 for none.") from None
        secret = one("SECRET")
        if secret is None and (secret_file := one("SECRET_FILE")):
            try:
                secret = Path(secret_file).read_text(encoding="utf-8").strip()
            except OSError as error:
                message = f"FRAMEWRIGHT_SECRET_FILE can't be read: {error.strerror}."
                raise Misconfigured(message) from error
        settings = cls(
            data=data or Path(one("DATA", "data") or "data"),
            database_url=one("DATABASE_URL"),
            durability="relaxed" if durability == "relaxed" else "full",
            redis_url=one("REDIS_URL"),
            secret=secret,
            media_url=one("MEDIA_URL"),
            public_url=one("PUBLIC_URL"),
            providers=Path(file) if (file := one("PROVIDERS")) else None,
            fake_speed=speed,
            fake_art=art,
            environment=given,
        )
        settings.check()
        return settings

    def check(self) -> None:

        if self.redis_url is None:
            return
        if not (self.database_url or "").startswith("postgresql+psycopg://"):
            raise Misconfigured(
                "FRAMEWRIGHT_REDIS_URL needs FRAMEWRIGHT_DATABASE_URL=postgresql+psycopg://… "
                "as well: several processes share one database."
            )
        if self.secret is None:
            raise Misconfigured(
                "FRAMEWRIGHT_REDIS_URL needs FRAMEWRIGHT_SECRET (or …_FILE), "
                "the same for all processes."
            )


@dataclass(slots=True)
class House:
    """Everything composed; ``close`` ends it in the right order."""

    studio: Studio
    tools: Tools
    door: str = field(repr=False)
    worker: JobWorker | None
    checks: Mapping[str, Callable[[], None]]
    parts: Mapping[str, str]
    """What each part of the house is, for ``doctor``; without secrets."""
    closing: ExitStack

    def close(self) -> None:
        self.closing.close()


def compose(
    settings: Settings, *, worker: bool, threads: int = THREADS, looks_only: bool = False
) -> House:
    """Put the adapters behind the ports; with ``worker`` this process also makes media.

    ``looks_only``: a database of an older schema is refused instead of migrated.
    Raises Misconfigured where another process holds the data folder, or a setting is wrong.
    """
    with ExitStack() as closing:
        folder = DataFolder(settings.data)
        if worker and settings.redis_url is None:
            folder.lock()
            closing.callback(folder.release)
        folder.prepare()
        engine = open_engine(
            settings.database_url or folder.database_url, durability=settings.durability
        )
        closing.callback(engine.dispose)
        try:
            prepare(engine, backup_dir=folder.path, changes=not looks_only)
        except sa.exc.DBAPIError as error:
            raise Misconfigured(f"The database can't be used: {_first_line(error)}.") from error
        clock = SystemClock()
        broker = make_broker(settings.redis_url)
        closing.callback(broker.close)
        dispatcher = DramatiqDispatcher(broker)
        closing.callback(dispatcher.close)
        bus = _bus(settings, engine)
        closing.callback(bus.close)
        store = _store(settings, folder)
        inspector = Inspector()
        closing.callback(inspector.close)
        keyring = Keyring(folder.path / "keys", settings.environment)
        redactor = Redactor(keyring.secrets)
        closing.callback(guard_logs(redactor))
        pool, forge = _forge(settings, clock, keyring, redactor)
        closing.callback(pool.close)
        closing.callback(forge.close)
        works = SqlWorks(engine, clock=clock, dispatcher=dispatcher, bus=bus)
        key = settings.secret.encode() if settings.secret else folder.secret()
        tools = Tools(
            works=works,
            forge=forge,
            store=store,
            inspector=inspector,
            bus=bus,
            clock=clock,
            new_id=lambda: uuid4().hex,
            key=key,
            base_url=settings.public_url or "",
        )
        tokens = Tokens(owner=folder.owner_token(), door=secrets.token_urlsafe(24))
        job_worker = None
        if worker:
            job_worker = _worker(tools, broker, threads=threads, warm=(inspector.warm, pool.warm))
            closing.callback(job_worker.stop)
        return House(
            studio=Studio.over(tools, tokens, demo=demo_script()),
            tools=tools,
            door=tokens.door,
            worker=job_worker,
            checks={
                "database": lambda: _reach(works),
                "broker": lambda: reach(broker),
                "store": store.check,
            },
            parts={
                "database": f"{_public(str(engine.url))}, schema {SCHEMA}",
                "broker": _public(settings.redis_url or "") or "in process",
                "store": _public(settings.media_url or f"file://{folder.media}"),
            },
            closing=closing.pop_all(),
        )


def _bus(settings: Settings, engine: sa.Engine) -> EventBus:

    table = EventTable(engine)
    last = table.last_seq()
    if settings.redis_url is None:
        return LocalBus(replay=table.after, last_seq=last)
    return RedisBus(settings.redis_url, replay=table.after, last_seq=last, channel="framewright")


def _store(settings: Settings, folder: DataFolder) -> MediaStore:

    url = settings.media_url or f"file://{folder.media}"
    if url.startswith("s3://"):
        from storage.s3 import S3Store  # noqa: PLC0415 - its library is not part of every start

        return S3Store(url, settings.environment)
    if url.startswith("file://"):
        store = FileStore(Path(url.removeprefix("file://")))
        store.sweep()
        return store
    raise Misconfigured(f"FRAMEWRIGHT_MEDIA_URL is {url!r}: write file://… or s3://bucket/prefix.")


def _forge(
    settings: Settings, clock: Clock, keyring: Keyring, redactor: Redactor
) -> tuple[Pool, Registry]:

    pool = Pool(min(4, os.cpu_count() or 2))
    fake = FakeProvider(pool, clock, speed=settings.fake_speed, art=settings.fake_art)
    local = PaperdollProvider(), EspeakProvider(), CameraMoveProvider(), BedProvider()
    names = [fake.name, *(one.name for one in local)]
    configuration = _configuration(settings, names, keyring)
    live = [connect(one, keyring.find, redactor) for one in configuration.live]
    return pool, Registry([fake, *local, *live], first=configuration.order, keyring=keyring)


def _configuration(settings: Settings, local: Sequence[str], keyring: Keyring) -> Configuration:

    if settings.providers is None:
        return Configuration()
    try:
        text = settings.providers.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"FRAMEWRIGHT_PROVIDERS: {settings.providers} can't be read."
        raise Misconfigured(message) from error
    return read_configuration(text, local=local, secrets=list(keyring.secrets()))


def _worker(
    tools: Tools, broker: Broker, *, threads: int, warm: Sequence[Callable[[], None]]
) -> JobWorker:

    fulfilment = Fulfilment(tools, owner=f"{os.getpid()}-{secrets.token_hex(4)}")
    return JobWorker(broker, fulfilment, threads=threads, warm=warm)


def _reach(works: Works) -> None:
    with works(reading=True) as work:
        work.events.last_seq()


def _public(address: str) -> str:
    """An address without what is secret in it."""
    return sa.make_url(address).render_as_string() if "://" in address else address


def _first_line(error: sa.exc.DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0].rstrip(".")


@dataclass(frozen=True, slots=True)
class Composing:
    """``compose`` with its settings: what a command is given."""

    settings: Settings

    def __call__(
        self,
        *,
        worker: bool,
        data: Path | None = None,
        threads: int = THREADS,
        looks_only: bool = False,
    ) -> House:
        """``data``: another folder than the settings'."""
        settings = self.settings if data is None else replace(self.settings, data=data)
        return compose(settings, worker=worker, threads=threads, looks_only=looks_only)

    def backup(self, target: Path) -> Kept:
        """The data folder as one file; raises Misconfigured where its database is elsewhere."""
        self._is_embedded("backup")
        with closing(self(worker=False)) as house:
            made_at = house.tools.clock.now().isoformat(timespec="seconds")
            database = self.settings.data / DATABASE
            return backup.write(database, house.tools.store, target, made_at=made_at)

    def restore(self, source: Path) -> tuple[Kept, int]:
        """What the backup held, and how many jobs were blocked: they may have been paid since."""
        self._is_embedded("restore")
        folder = DataFolder(self.settings.data)
        folder.lock()
        try:
            kept = backup.restore(
                source, folder.path, lambda: _store(self.settings, folder), ignoring={"lock"}
            )
            with closing(self(worker=False)) as house:
                made_at = datetime.fromisoformat(kept.made_at)
                return kept, hold_what_may_be_paid(house.tools, made_at)
        finally:
            folder.release()

    def _is_embedded(self, command: str) -> None:
        if self.settings.database_url is not None:
            raise Misconfigured(
                f"{command} is for the embedded mode. In the shared mode the database has tools of "
                "its own: see docs/deployment.md."
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; a user's mistake is one line on stderr."""
    try:
        parsed = commands.parse(sys.argv[1:] if arguments is None else arguments)
        settings = Settings.read(os.environ, data=parsed.data)
        return commands.run(parsed, Composing(settings))
    except StudioError as error:
        print(f"framewright: {' '.join(error.message.split())}", file=sys.stderr)
        return 2
    except sa.exc.DBAPIError as error:
        print(f"framewright: The database refuses: {_first_line(error)}.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
