from fractions import Fraction

import pytest

from domain.story.durations import frame_rate, frames
from tests.domain.story.scripts import good


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("24", Fraction(24)),
        ("12.5", Fraction(25, 2)),
        ("24000/1001", Fraction(24000, 1001)),
        ("23.976", Fraction(24000, 1001)),
        ("29.97", Fraction(30000, 1001)),
    ],
)
def test_a_frame_rate_is_a_number_or_a_fraction(written: str, rate: Fraction) -> None:
    assert frame_rate(written) == rate


@pytest.mark.parametrize("written", ["", "fast", "0", "-24", "1/0", "241", "24/", "nan", "1e3"])
def test_another_frame_rate_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="frame"):
        frame_rate(written)


@pytest.mark.parametrize(
    ("written", "fps", "expected"),
    [
        ("4.5s", "24", 108),
        ("4500ms", "24", 108),
        ("4.5 s", "24000/1001", 108),
        ("1.5min", "24", 2160),
        ("1ms", "24", 1),
        (".5s", "25", 13),
    ],
)
def test_a_duration_is_kept_in_frames(written: str, fps: str, expected: int) -> None:
    assert frames(written, frame_rate(fps)) == expected


def test_frames_are_taken_as_they_are_at_any_rate() -> None:
    script = "{project: {fps: 24000/1001}, blocks: [{id: A, frames: 108}, {id: B, duration: 4.5s}]}"
    assert [shot.duration for shot in good(script).shots] == [108, 108]
