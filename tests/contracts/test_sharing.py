"""Slots that ask for just the same share one job, whoever asks first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from domain.access import OWNER
from domain.usecases.base import Tools
from domain.usecases.generation import Generation
from jobs.forge import Registry
from storage.unit_of_work import SqlWorks
from tests.builders import a_board, a_spec, new_id
from tests.contracts.databases import Database
from tests.fakes import MemoryStore, RecordingBus, ScriptedProvider, TrustingInspector

SLOTS = 12


def a_process(database: Database, works: SqlWorks) -> Generation:
    return Generation(
        Tools(
            works=works,
            forge=Registry([ScriptedProvider()]),
            store=MemoryStore(),
            inspector=TrustingInspector(),
            bus=RecordingBus(database.diary),
            clock=database.clock,
            new_id=new_id,
            key=b"key",
        )
    )


def test_two_processes_that_ask_for_the_same_at_once_share_one_job_r38(
    database: Database,
) -> None:
    board = database.keep(a_board(SLOTS, spec=a_spec(), basis="5a3e5a3e"))
    processes = [a_process(database, database.another_process()) for _ in range(2)]
    together = Barrier(SLOTS)

    def ask(at: int) -> tuple[str, ...]:
        together.wait()
        generation = processes[at % 2]
        return generation.generate(OWNER, board.project.key, slots=[board.slots[at].id]).jobs

    with ThreadPoolExecutor(SLOTS) as pool:
        asked = list(pool.map(ask, range(SLOTS)))
    [only] = {job for jobs in asked for job in jobs}
    with database.works(reading=True) as work:
        assert set(work.jobs.slots_of(only)) == {slot.id for slot in board.slots}
