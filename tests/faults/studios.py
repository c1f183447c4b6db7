"""Studios of real processes to be killed: one process with SQLite, or several with servers."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.faults.points import CHANCE, NOTED, ORDER
from tests.faults.tollgate import Tollgate
from tests.services.postgres import Postgres
from tests.services.process import ROOT, Process, environment, free_port
from tests.services.redis import Redis
from tests.services.server import Server

HOUSE = Path(__file__).with_name("house.py")
START_S = 120.0
"""A start may take so long on a machine that is busy with other things."""
PROJECT = "film"


class Studio:
    """One data folder and its processes. The embedded mode is one process; see `SharedStudio`."""

    mode = "SQLite + Stub"

    def __init__(self, folder: Path, tolls: Sequence[Tollgate], *, seed: int = 0) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.notes = folder / "notes"
        self.notes.mkdir(parents=True)
        self.tolls = {one.name: one for one in tolls}
        self.port = free_port()
        self._seed = seed
        self._starts = 0
        self.web: Server

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data / 'framewright.db'}"

    @property
    def processes(self) -> list[Process]:
        """All that may be killed."""
        return [self.web.process]

    @property
    def workers(self) -> list[Process]:
        """Those that make media."""
        return [self.web.process]

    def start(self) -> None:
        self._start_web()

    def _start_web(self) -> None:
        self.web = Server(
            self.data, port=self.port, within=START_S, program=HOUSE, env=self._environment()
        )

    def tend(self) -> int:
        """Start again whatever has ended; returns how many."""
        if self.web.process.exit_code is None:
            return 0
        self._start_web()
        return 1

    def close(self) -> None:
        self.web.kill()

    def api(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Ask as the owner; raises httpx's errors where nobody answers."""
        headers = {"Authorization": f"Bearer {self.web.api_token}", **given.pop("headers", {})}
        url = f"http://127.0.0.1:{self.port}/api/v1{path}"
        with httpx.Client(timeout=60, trust_env=False) as client:
            return client.request(method, url, headers=headers, **given)

    def create(self, shots: int, provider: str) -> list[str]:
        """A production of so many shots with one picture each; returns the slots' ids."""
        lines = [f"project: {{id: {PROJECT}, title: A film, providers: {{image: {provider}}}}}"]
        lines.append("blocks:")
        for number in range(shots):
            spec = f"{{type: stable_diffusion, prompt: picture {number}}}"
            media = f"{{media_id: frame, media_role: narrative_im, media_spec: {spec}}}"
            lines += [f"  - id: SH{number:04}", f"    media: [{media}]"]
        answer = self.api("POST", "/projects", content="\n".join(lines), headers=YAML)
        assert answer.status_code == httpx.codes.CREATED, answer.text
        board = self.api("GET", f"/projects/{PROJECT}/board").json()
        return [slot["id"] for shot in board["shots"] for slot in shot["slots"]]

    def stop_at(self, point: str, *, by: str = "kill") -> None:
        """The next process that comes to this point is killed there, or paused."""
        fresh = self.notes / "order"
        fresh.write_text(f"{by} {point}")
        fresh.replace(self.notes / ORDER)

    def stopped(self) -> Counter[str]:
        """Stops at points so far."""
        noted = self.notes / NOTED
        return Counter(noted.read_text().splitlines()) if noted.exists() else Counter()

    def may_stop(self, chance: float) -> None:
        """At any point, with this chance; 0 for no more."""
        (self.notes / CHANCE).write_text(str(chance))

    @contextmanager
    def note(self, name: str, text: str = "") -> Iterator[None]:
        """What the houses go by while it stands: ``full``, ``full-database``, ``clock-serve``."""
        (self.notes / name).write_text(text)
        try:
            yield
        finally:
            (self.notes / name).unlink()

    def _environment(self) -> dict[str, str]:
        self._starts += 1
        tolls = {
            f"TOLL_{name.removeprefix('toll-').upper()}": one.url
            for name, one in self.tolls.items()
        }
        return tolls | {
            "TOLL_NOTES": str(self.notes),
            "TOLL_SEED": str(self._seed * 1000 + self._starts),
            "PYTHONPATH": str(ROOT),
        }


YAML = {"Content-Type": "application/yaml"}


class SharedStudio(Studio):
    """A web process, workers, PostgreSQL and Redis."""

    mode = "PostgreSQL + Redis"

    def __init__(
        self, folder: Path, tolls: Sequence[Tollgate], *, seed: int = 0, workers: int = 2
    ) -> None:
        super().__init__(folder, tolls, seed=seed)
        self._stack = ExitStack()
        self.redis = self._stack.enter_context(Redis())
        self.postgres = self._stack.enter_context(Postgres(durable=True))
        self._database = self._stack.enter_context(self.postgres.database())
        self._count = workers
        self._workers: list[Process] = []

    @property
    def database_url(self) -> str:
        return self._database

    @property
    def processes(self) -> list[Process]:
        return [self.web.process, *self._workers]

    @property
    def workers(self) -> list[Process]:
        return self._workers

    def start(self) -> None:
        super().start()
        self._workers = [self._worker(number) for number in range(self._count)]
        for one in self._workers:
            one.wait_for("Toll house makes", within=START_S)

    def tend(self) -> int:
        ended = [at for at, one in enumerate(self._workers) if one.exit_code is not None]
        for at in ended:
            self._workers[at] = self._worker(at)
        return super().tend() + len(ended)

    def close(self) -> None:
        for one in self._workers:
            one.kill()
        super().close()
        self._stack.close()

    def _worker(self, number: int) -> Process:
        return Process(
            [sys.executable, HOUSE, "make"],
            log=self.folder / f"worker{number}.log",
            env=environment(**self._environment(), FRAMEWRIGHT_DATA=str(self.data)),
        )

    def _environment(self) -> dict[str, str]:
        return super()._environment() | {
            "FRAMEWRIGHT_REDIS_URL": self.redis.url,
            "FRAMEWRIGHT_DATABASE_URL": self._database,
            "FRAMEWRIGHT_SECRET": "known to all of them",
        }
