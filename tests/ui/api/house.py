"""The whole house over a folder, with the API in front: real use cases, real SQLite, real jobs.

Only the page is missing: where NiceGUI takes what nobody else took stands one HTML answer.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx
from fastapi import FastAPI
from starlette.responses import HTMLResponse
from starlette.types import Message

from domain.studio import Studio
from domain.usecases.base import Tools
from domain.usecases.fulfilment import Fulfilment
from domain.usecases.signing_in import Tokens
from domain.work.provider import Provider
from jobs.broker import make_broker
from jobs.dispatcher import DramatiqDispatcher
from jobs.forge import Registry
from jobs.pool import Pool
from jobs.providers.fake import FakeProvider
from jobs.worker import JobWorker
from storage.blobs import FileStore
from storage.bus import LocalBus
from storage.clock import SystemClock
from storage.database import open_engine
from storage.inspector import Inspector
from storage.migration import prepare
from storage.unit_of_work import SqlWorks
from ui.api.media import media_router
from ui.api.mounting import mount
from ui.session import Hosts, guard, mount_login

HOST = "127.0.0.1:8080"
SHEET = "/theme/sheet.css"
OWNER_TOKEN = "owner-token-of-a-test"
SCRIPT = """\
project: {id: lighthouse, title: The Last Keeper, fps: 24, providers: {image: fake, voice: fake}}
concepts:
  - {id: mira, type: character, content: The keeper's daughter.}
scenes:
  - id: sc010
    title: INT. LAMP ROOM - NIGHT
    shots:
      - id: SH0010
        content: Mira climbs the last steps.
        duration: 4.5s
        cast: [mira]
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: Mira on iron stairs, width: 64, height: 64}
      - id: SH0020
        content: The lamp burns.
        duration: 3s
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: The lamp, width: 64, height: 64}
"""


class House:
    """One server over ``folder``; opened again over the same folder it is the same house."""

    def __init__(
        self,
        folder: Path,
        *,
        pool: Pool,
        inspector: Inspector,
        worker: bool = False,
        public_url: str | None = None,
        bound: str = "127.0.0.1",
        database: str | None = None,
        providers: Sequence[Provider] = (),
    ) -> None:
        """``providers`` beside the fake one."""
        self._closing = ExitStack()
        self.checks: dict[str, Callable[[], None]] = {}
        sqlite = f"sqlite:///{folder / 'framewright.db'}"
        engine = open_engine(database or sqlite, durability="relaxed")
        self._closing.callback(engine.dispose)
        self.engine = engine
        prepare(engine, backup_dir=folder)
        broker = make_broker(None)
        self._closing.callback(broker.close)
        dispatcher = DramatiqDispatcher(broker)
        self._closing.callback(dispatcher.close)
        self.bus = LocalBus()
        self._closing.callback(self.bus.close)
        clock = SystemClock()
        self.works = SqlWorks(engine, clock=clock, dispatcher=dispatcher, bus=self.bus)
        self.tools = Tools(
            works=self.works,
            forge=Registry([FakeProvider(pool, clock, speed=0, art="plain"), *providers]),
            store=FileStore(folder / "media"),
            inspector=inspector,
            bus=self.bus,
            clock=clock,
            new_id=lambda: uuid4().hex,
            key=b"k" * 32,
        )
        self.door_token = secrets.token_urlsafe(24)
        tokens = Tokens(owner=OWNER_TOKEN, door=self.door_token)
        self.studio = Studio.over(self.tools, tokens, demo=b"")
        if worker:
            self._work(broker)
        self.app = FastAPI(openapi_url=None)
        hosts = Hosts(bound=bound, public_url=public_url)
        mount_login(self.app, self.studio, hosts=hosts, stylesheet=SHEET)
        self.app.mount("/", HTMLResponse("<!doctype html><p>the page"))
        media = media_router(
            store=self.tools.store,
            inspector=inspector,
            key=self.tools.key,
            clock=clock,
            tag_of=self.studio.takes.tag,
        )
        self.streams = mount(self.app, self.studio, checks=self.checks, media=media)
        guard(self.app, self.studio, hosts=hosts, open_paths={SHEET})

    def _work(self, broker: Any) -> None:
        tools = self.tools
        fulfilment = Fulfilment(tools, owner=uuid4().hex)
        worker = JobWorker(broker, fulfilment, threads=4)
        worker.start()
        self._closing.callback(worker.stop)

    def client(self, *, token: str | None = OWNER_TOKEN, **options: Any) -> httpx.AsyncClient:
        """A client of this server, the owner by default; it follows no redirect."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = options.pop("client", ("127.0.0.1", 50_000))
        transport = httpx.ASGITransport(self.app, client=address)
        base_url = options.pop("base_url", f"http://{HOST}")
        return httpx.AsyncClient(
            transport=transport, base_url=base_url, headers=headers | options.pop("headers", {})
        )

    def stream(self, path: str, **headers: str | None) -> "Listening":
        return Listening(self.app, path, headers)

    def close(self) -> None:
        self.streams.close()
        self._closing.close()


class Listening:
    """Reads a stream of server-sent events over ASGI, one by one."""

    def __init__(self, app: FastAPI, path: str, headers: dict[str, str | None]) -> None:
        given: dict[str, str | None] = {
            "host": HOST,
            "authorization": f"Bearer {OWNER_TOKEN}",
            **headers,
        }
        self._scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(k.encode(), v.encode()) for k, v in given.items() if v is not None],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8080),
            "state": {},
        }
        self._app = app
        self._sent: asyncio.Queue[Message] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._text = ""
        self.heard = ""
        self.status = 0
        self.ended = False

    async def __aenter__(self) -> Self:
        self._task = asyncio.ensure_future(self._app(self._scope, self._receive, self._sent.put))
        start = await asyncio.wait_for(self._sent.get(), 5)
        self.status = start["status"]
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._gone.set()
        await asyncio.wait_for(self._task, 5)

    async def _receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def events(self, count: int, *, within: float = 8.0) -> list[dict[str, Any]]:
        """The next ones: ``{id, event, data}`` each."""
        found: list[dict[str, Any]] = []
        if not count:
            return found
        async with asyncio.timeout(within):
            async for one in self._events():
                found.append(one)
                if len(found) >= count:
                    break
        return found

    async def end(self, *, within: float = 8.0) -> list[dict[str, Any]]:
        """All that comes until the answer ends."""
        async with asyncio.timeout(within):
            return [one async for one in self._events()]

    async def _events(self) -> AsyncIterator[dict[str, Any]]:
        while not self.ended:
            while "\n\n" in self._text:
                block, _, self._text = self._text.partition("\n\n")
                one = _parsed(block)
                if one is not None:
                    yield one
            await self.more()

    async def more(self) -> None:
        """Wait for the next part of the answer."""
        message = await self._sent.get()
        part = message.get("body", b"").decode()
        self._text += part
        self.heard += part
        self.ended = not message.get("more_body", False)


def _parsed(block: str) -> dict[str, Any] | None:
    fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
    if "data" not in fields:
        return None
    return {
        "id": int(fields["id"]) if "id" in fields else None,
        "event": fields.get("event"),
        "data": json.loads(fields["data"]),
    }


API = "/api/v1"
LIGHTHOUSE = f"{API}/projects/lighthouse"
YAML = {"Content-Type": "application/yaml"}


def told(answer: httpx.Response) -> Any:
    """What a good answer says."""
    assert answer.is_success, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int) -> str:
    """The code of a problem, which is one in every respect."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return str(problem["code"])


async def create(client: httpx.AsyncClient, script: str | bytes = SCRIPT, **query: str) -> Any:
    """A production from a script."""
    return told(await client.post(f"{API}/projects", content=script, headers=YAML, params=query))


async def slots_of(client: httpx.AsyncClient, project: str = "lighthouse") -> dict[str, Any]:
    """The slots of a board by ``owner/media_id``."""
    board = told(await client.get(f"{API}/projects/{project}/board"))
    owners = [*board["shots"], *board["concepts"]]
    return {f"{s['owner']}/{s['media_id']}": s for one in owners for s in one["slots"]}


async def settled(client: httpx.AsyncClient, project: str = "lighthouse") -> dict[str, Any]:
    """The slots once nothing is being made any more."""
    async with asyncio.timeout(15):
        while True:
            slots = await slots_of(client, project)
            if not any(one["state"] in ("pending", "running") for one in slots.values()):
                return slots
            await asyncio.sleep(0.02)


def script_of(*demos: str, key: str = "lighthouse", header: str = "") -> str:
    """A script with one picture a shot, each made as its theatre says; ``A``, ``B``, …."""
    shots = "\n".join(
        f"  - {{id: {chr(65 + at)}, content: x, media: [{{media_id: frame, "
        f"media_role: narrative_im, media_spec: {{type: stable_diffusion, prompt: p{at}, "
        f"width: 64, height: 64, demo: '{demo}'}}}}]}}"
        for at, demo in enumerate(demos)
    )
    return f"project: {{id: {key}, providers: {{image: fake}}{header}}}\nblocks:\n{shots}\n"
