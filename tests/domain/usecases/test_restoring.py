"""After a restore nothing that may have been paid for since is bought again by itself."""

import pytest

from domain.access import OWNER
from domain.usecases.restoring import hold_what_may_be_paid
from domain.work.blocking import Reason
from domain.work.job import JobState
from domain.work.provider import Update
from tests.builders import BEGINNING, a_board
from tests.domain.usecases.conftest import OpenWorkshop
from tests.fakes import Killed, ScriptedProvider

WAITS = JobState.QUEUED
HELD = JobState.BLOCKED


@pytest.mark.parametrize(
    ("money", "far", "states"),
    [
        ("paid", "queued", [HELD]),
        ("paid", "sent", [HELD]),
        ("paid", "taken", [WAITS]),
        ("free", "queued", [WAITS]),
        ("free", "sent", [JobState.RUNNING]),
    ],
)
def test_only_what_money_may_have_gone_to_unseen_is_held(
    open_workshop: OpenWorkshop, money: str, far: str, states: list[JobState]
) -> None:
    workshop = open_workshop(ScriptedProvider(billable=money == "paid", idempotent_submit=True))
    [job] = workshop.generate(workshop.keep(a_board()))
    if far == "sent":
        workshop.provider.on_submit.append(Killed())
        with pytest.raises(Killed):
            workshop.worker.fulfil(job)
    elif far == "taken":
        workshop.provider.on_poll.append(Update(phase="running"))
        workshop.step(job)
    held = hold_what_may_be_paid(workshop.tools, BEGINNING)
    assert workshop.states() == states
    assert held == states.count(HELD)
    sent = len(workshop.provider.submitted)
    workshop.restart()
    workshop.settle()
    assert workshop.states() == [HELD if held else JobState.SUCCEEDED]
    if held:
        assert len(workshop.provider.submitted) == sent
        assert workshop.the_job().reason == Reason.OUTCOME_UNKNOWN
        assert "Restored from a backup" in (workshop.the_job().error or "")
        workshop.control.retry(OWNER, job)
        workshop.settle()
        assert workshop.states()[-1] == JobState.SUCCEEDED
