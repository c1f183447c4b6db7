"""The use cases over a real SQLite file, with a provider, a store and a clock a test commands."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from domain.access import OWNER
from domain.story.board import Board, Slot
from domain.usecases.base import Tools
from domain.usecases.control import Control
from domain.usecases.fulfilment import Fulfilment
from domain.usecases.generation import Generation, Scope
from domain.usecases.productions import Productions
from domain.usecases.review import Reviewing
from domain.usecases.viewing import Viewing
from domain.work.job import Job, JobState, Submission
from domain.work.take import Take
from jobs.forge import Registry
from tests.builders import new_id
from tests.contracts.databases import Database
from tests.fakes import Killed, MemoryStore, RecordingBus, ScriptedProvider, TrustingInspector


class Workshop:
    """A studio whose workers run when a test says so."""

    def __init__(self, folder: Path, *providers: ScriptedProvider) -> None:
        self.database = Database(f"sqlite:///{folder / 'framewright.db'}")
        self.clock = self.database.clock
        self.store = MemoryStore()
        self.inspector = TrustingInspector()
        self.providers = providers or (ScriptedProvider(),)
        self.tools = Tools(
            works=self.database.works,
            forge=Registry(self.providers),
            store=self.store,
            inspector=self.inspector,
            bus=RecordingBus(self.database.diary),
            clock=self.clock,
            new_id=new_id,
            key=b"key",
        )
        self.productions = Productions(self.tools)
        self.generation = Generation(self.tools)
        self.control = Control(self.tools)
        self.reviewing = Reviewing(self.tools)
        self.viewing = Viewing(self.tools)
        self.worker = self.a_worker()

    @property
    def provider(self) -> ScriptedProvider:
        return self.providers[0]

    def a_worker(self) -> Fulfilment:
        """A worker process that begins alone, as after a start."""
        worker = Fulfilment(self.tools, owner=f"worker {new_id()}")
        worker.begin(alone=True)
        return worker

    def restart(self) -> None:
        """The worker was killed; another begins."""
        self.worker = self.a_worker()
        self.worker.sweep()

    def keep(self, board: Board) -> Board:
        return self.database.keep(board)

    def generate(self, board: Board, scope: Scope = "missing") -> Sequence[str]:
        return self.generation.generate(OWNER, board.project.key, scope).jobs

    def step(self, job_id: str) -> None:
        """One hint; a worker that is killed by it stays dead."""
        try:
            self.worker.fulfil(job_id)
        except Killed:
            self.restart()

    def settle(self, *, hours: float = 12) -> None:
        """Hint at every active job and let time pass until none is left."""
        until = self.clock.now() + timedelta(hours=hours)
        while (active := self.jobs("queued", "running")) and self.clock.now() < until:
            for job in active:
                self.step(job.id)
            self.clock.forward(timedelta(seconds=2))
            self.worker.sweep()

    def jobs(self, *states: str) -> list[Job]:
        """Oldest first."""
        found = self.control.listing(OWNER, limit=500)
        return [job for job in reversed(found) if not states or job.state in states]

    def the_job(self) -> Job:
        [job] = self.jobs()
        return job

    def slot(self, slot: Slot) -> Slot:
        return self.database.slot(slot)

    def takes(self, slot: Slot) -> Sequence[Take]:
        with self.database.works(reading=True) as work:
            return work.takes.of_slots([slot.id])

    def submissions(self, job: Job) -> Sequence[Submission]:
        with self.database.works(reading=True) as work:
            return work.jobs.submissions(job.id)

    def states(self) -> list[JobState]:
        return [job.state for job in self.jobs()]
