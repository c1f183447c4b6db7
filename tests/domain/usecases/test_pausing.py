"""Pausing a production or a provider: what has begun ends, what waits stays, and says why."""

from datetime import timedelta
from typing import Any

import pytest

from domain.access import OWNER, Role, User
from domain.errors import Forbidden, NotFound
from domain.story.board import Board
from domain.usecases.generation import Further
from domain.usecases.pausing import Pausing
from domain.work.job import JobState
from domain.work.limits import BATCH, CLICK
from domain.work.provider import Update
from tests.builders import a_board
from tests.domain.usecases.conftest import OpenWorkshop
from tests.domain.usecases.workshop import Workshop

WORKING = Update(phase="running")
MINUTE = timedelta(minutes=1)


def named(shots: int, key: str = "p") -> Board:
    board = a_board(shots)
    return board.evolve(project=board.project.evolve(key=key))


def pause(workshop: Workshop, what: str, *, paused: bool) -> None:
    pausing = Pausing(workshop.tools)
    if what == "production":
        pausing.production(OWNER, "p", paused=paused)
    else:
        pausing.provider(OWNER, "fake", paused=paused)


def held(workshop: Workshop) -> list[Any]:
    board = workshop.viewing.board(OWNER, "p")
    return [slot.job.held for shot in board.shots for slot in shot.slots if slot.job]


@pytest.mark.parametrize("what", ["production", "provider"])
def test_what_waits_stays_queued_and_says_why_until_it_is_resumed(
    workshop: Workshop, what: str
) -> None:
    board = workshop.keep(named(2))
    jobs = workshop.generate(board)
    pause(workshop, what, paused=True)
    for job_id in jobs:
        workshop.step(job_id)
    workshop.clock.forward(MINUTE)
    workshop.database.diary.clear()
    workshop.worker.sweep()
    assert workshop.states() == [JobState.QUEUED] * 2
    assert held(workshop) == [what] * 2
    assert not workshop.database.diary.hints  # nobody is sent for what may not begin
    pause(workshop, what, paused=False)
    assert {job_id for job_id, _ in workshop.database.diary.hints} == set(jobs)
    assert held(workshop) == [None] * 2
    workshop.settle()
    assert workshop.states() == [JobState.SUCCEEDED] * 2


@pytest.mark.parametrize("what", ["production", "provider"])
def test_what_has_begun_is_seen_through_a_pause(open_workshop: OpenWorkshop, what: str) -> None:
    workshop = open_workshop()
    workshop.provider.on_poll.append(WORKING)
    board = workshop.keep(named(2))
    first, second = workshop.generate(board)
    workshop.step(first)
    pause(workshop, what, paused=True)
    workshop.clock.forward(MINUTE)
    workshop.step(first)
    workshop.step(second)
    assert workshop.states() == [JobState.SUCCEEDED, JobState.QUEUED]


def test_what_is_asked_for_in_a_pause_waits_too(workshop: Workshop) -> None:
    board = workshop.keep(named(1))
    pause(workshop, "production", paused=True)
    [job] = workshop.generate(board)
    workshop.step(job)
    assert held(workshop) == ["production"]


def test_a_pause_is_told_once_and_by_whom(workshop: Workshop) -> None:
    workshop.generate(workshop.keep(named(1)))
    workshop.database.diary.clear()
    for _ in range(2):
        pause(workshop, "production", paused=True)
        pause(workshop, "provider", paused=True)
    told = [(one.type, one.action, one.actor) for one in workshop.database.diary.events]
    assert told == [("project", "paused", "owner"), ("project", "provider_paused", "owner")]


def test_only_who_may_make_pauses_a_production_and_only_an_owner_a_provider(
    workshop: Workshop,
) -> None:
    workshop.keep(named(1))
    pausing = Pausing(workshop.tools)
    with pytest.raises(Forbidden):
        pausing.production(User(name="guest", role=Role.VIEWER), "p", paused=True)
    with pytest.raises(Forbidden):
        pausing.provider(User(name="artist", role=Role.ARTIST), "fake", paused=True)
    with pytest.raises(NotFound):
        pausing.provider(OWNER, "nobody", paused=True)


def test_what_one_person_asked_for_by_hand_goes_before_a_batch(workshop: Workshop) -> None:
    board = workshop.keep(named(3))
    batch = workshop.generate(board)
    one = workshop.generation.generate_slot(OWNER, board.slots[2].id, Further(prompt="other"))[0]
    priorities = {job.id: job.priority for job in workshop.jobs()}
    assert priorities == dict.fromkeys(batch, BATCH) | {one.id: CLICK}
    places = [
        slot.job.position
        for shot in workshop.viewing.board(OWNER, "p").shots
        for slot in shot.slots
        if slot.job
    ]
    assert places == [2, 3, 1]


def test_a_button_on_one_card_is_a_click_and_one_for_all_is_a_batch(workshop: Workshop) -> None:
    board = workshop.keep(named(2))
    workshop.generation.generate(OWNER, "p", slots=[board.slots[0].id])
    workshop.generate(board)
    assert [job.priority for job in workshop.jobs()] == [CLICK, BATCH]


def test_how_long_it_usually_takes_is_told_from_this_productions_own_past_alone(
    open_workshop: OpenWorkshop,
) -> None:
    workshop = open_workshop()
    workshop.provider.on_poll.append(WORKING)
    board = workshop.keep(named(2))
    other = workshop.keep(named(1, "other"))
    first, second = workshop.generate(board)
    [elsewhere] = workshop.generate(other)

    def usual(key: str) -> list[Any]:
        shots = workshop.viewing.board(OWNER, key).shots
        return [slot.job.usual_s for shot in shots for slot in shot.slots if slot.job]

    workshop.step(first)
    assert usual("p") == [None, None]
    workshop.clock.forward(MINUTE)
    workshop.step(first)
    workshop.provider.on_poll += [WORKING, WORKING]
    workshop.step(second)
    workshop.step(elsewhere)
    assert usual("p") == [None, 60.0]
    assert usual("other") == [None]
