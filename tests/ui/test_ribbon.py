"""The ribbon is one gradient cut to one skyline; width is time, height is urgency."""

from ui.components.flag import FlagName
from ui.components.ribbon import FINE, draw

DONE, FAILED = FlagName.DONE, FlagName.FAILED


def test_width_is_time_and_height_is_urgency() -> None:
    stops, skyline = draw([("s1", 30), ("s1", 10)], [DONE, FAILED])
    assert stops == "var(--cut-done) 0.00% 75.00%, var(--cut-failed) 75.00% 100.00%"
    assert skyline.startswith("0% 100%, 0.07% 100%, 0.07% 70%, 74.93% 70%, 74.93% 100%")
    assert "75.07% 0%, 99.93% 0%" in skyline


def test_a_blocked_shot_slopes_so_that_hue_is_not_all() -> None:
    _, skyline = draw([("s1", 24)], [FlagName.BLOCKED])
    assert "0.07% 40%, 99.93% 0%" in skyline


def test_a_shot_without_a_length_is_still_there() -> None:
    stops, _ = draw([("s1", 0), ("s1", 1)], [DONE, FAILED])
    assert "var(--cut-done) 0.00% 50.00%" in stops


def test_a_thousand_shots_are_drawn_as_runs_within_their_scenes() -> None:
    pieces = [(f"s{index // 500}", 24) for index in range(1000)]
    stops, _ = draw(pieces, [DONE] * 1000)
    assert stops.count("var(") == 2
    stops, _ = draw(pieces[:FINE], [DONE] * FINE)
    assert stops.count("var(") == FINE
