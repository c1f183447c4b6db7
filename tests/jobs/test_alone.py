"""Making in a process of its own: fresh, watched, and never outliving its job."""

import os
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

import pytest

from domain.work.blocking import Reason
from domain.work.provider import ProviderError, Stopped
from jobs.alone import run_alone
from tests.jobs import children


def nobody(_progress: float | None) -> None: ...


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_makes_what_its_function_gives_and_tells_how_far_it_is() -> None:
    told: list[float | None] = []
    assert run_alone(told.append, 60, children.double, 21) == 42
    assert [one for one in told if one is not None] == [0, 0.2, 0.4, 0.6, 0.8]


def test_each_is_a_fresh_child_of_ours() -> None:
    first, second = (run_alone(nobody, 60, children.whose) for _ in range(2))
    assert first[0] != second[0]
    assert {first[1], second[1]} == {os.getpid()}


def test_a_child_ends_with_whoever_leaves_off_p36(tmp_path: Path) -> None:
    file, before = tmp_path / "pid", set(active_children())

    def leave_off(progress: float | None) -> None:
        if progress:
            raise Stopped

    with pytest.raises(Stopped):
        run_alone(leave_off, 60, children.hang, str(file))
    assert not is_alive(int(file.read_text()))
    assert set(active_children()) <= before


def test_a_child_that_hangs_is_ended_at_its_limit_p35(tmp_path: Path) -> None:
    file, before = tmp_path / "pid", set(active_children())

    with pytest.raises(ProviderError) as refusal:
        run_alone(nobody, 3, children.hang, str(file))
    assert refusal.value.reason is Reason.TIMEOUT
    assert refusal.value.reason.is_passing
    assert set(active_children()) <= before
    assert not file.exists() or not is_alive(int(file.read_text()))


@pytest.mark.parametrize(
    ("function", "reason", "words"),
    [
        (children.die, Reason.TRANSIENT, "was stopped"),
        (children.break_down, Reason.PROVIDER_FAILED, "ValueError: no such luck"),
        (children.refuse, Reason.MISSING_VOICE, "There is no such voice."),
    ],
)
def test_a_child_that_ends_otherwise_says_why(
    function: Callable[[object], None], reason: Reason, words: str
) -> None:
    with pytest.raises(ProviderError, match=words) as refusal:
        run_alone(nobody, 60, function)
    assert refusal.value.reason is reason
