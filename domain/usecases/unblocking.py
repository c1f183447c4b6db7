"""Asking again for what was blocked by its provider's settings, once they are mended."""

from domain.usecases.base import Tools
from domain.work.blocking import ENDED_BY_CONFIGURATION, GATES, Reason
from domain.work.job import Job, JobState
from domain.work.planning import clips_last, in_script_order
from domain.work.standing import STOPS_ALL

MENDED = frozenset((ENDED_BY_CONFIGURATION - GATES - {Reason.SOURCE_MISSING}) | STOPS_ALL)
"""What a setting ends."""
MOST = 500
"""Blocked jobs that are looked at: a person who has more presses the button again."""


class Unblocking:
    """At the start, after a key came and after a probe passed; asks no network."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def ask_again(self) -> tuple[str, ...]:
        """Ids of the new jobs; what still can't be made stays as it is."""
        with self._tools.works(reading=True) as work:
            blocked = work.jobs.listing(
                project_id=None, state=JobState.BLOCKED, before=None, limit=MOST
            )
        projects = dict.fromkeys(one.project_id for one in blocked if _is_mendable(one))
        return tuple(job for project_id in projects for job in self._ask_again(project_id))

    def _ask_again(self, project_id: str) -> tuple[str, ...]:
        with self._tools.works() as work:
            board = work.boards.load(project_id)
            asking = self._tools.asking(work)
            inventory = asking.inventory(board)
            planner = asking.planner(inventory)
            slots = [
                slot
                for slot in in_script_order(board)
                if (job := inventory.ended.get(slot.id)) is not None
                and _is_mendable(job)
                and not inventory.active.get(slot.id)
            ]
            decisions = [planner.decide(slot) for slot in clips_last(slots)]
            asked = asking.apply(board, [one for one in decisions if one.verb != "blocked"])
            work.commit()
            return asked.jobs


def _is_mendable(job: Job) -> bool:
    return job.state is JobState.BLOCKED and job.reason in MENDED
