"""Clips as a player gets them: decoded again, and looked at."""

import io
import wave
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from jobs.art.ask import PictureAsk
from jobs.art.plain import plain
from jobs.film.ask import Film, FilmAsk
from jobs.film.camera import Camera, size_of
from jobs.film.encode import RATE, film, mixed
from jobs.film.faststart import faststart

AMBER = (245, 166, 35)


def a_picture(width: int = 640, height: int = 360) -> bytes:
    """Colour that runs from the left to the right and from the top to the bottom."""
    across = np.linspace(0, 255, width, dtype=np.float32)[None, :].repeat(height, 0)
    down = np.linspace(0, 255, height, dtype=np.float32)[:, None].repeat(width, 1)
    pixels = np.stack([across, down, np.full_like(across, 90)], axis=-1).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "WEBP", lossless=True)
    return out.getvalue()


def a_line(seconds: float = 0.5) -> bytes:
    """A tone of 440 Hz."""
    along = np.arange(round(seconds * RATE)) / RATE
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.sin(along * 2 * np.pi * 440) * 16_000).astype("<i2").tobytes())
    return out.getvalue()


def an_ask(**changes: Any) -> FilmAsk:
    given: dict[str, Any] = {
        "frame": a_picture(),
        "movement": "pan right",
        "seconds": 1.0,
        "fps": Fraction(24),
        "aspect": Fraction(16, 9),
        "seed": 7,
    }
    return FilmAsk(**given | changes)


def shot(**changes: Any) -> Film:
    return film(lambda _: None, an_ask(**changes))


def opened(mp4: bytes) -> Any:
    return av.open(io.BytesIO(mp4))


def frames_of(mp4: bytes) -> list[Image.Image]:
    with opened(mp4) as box:
        return [frame.to_image() for frame in box.decode(video=0)]


def heard_in(mp4: bytes) -> Any:
    with opened(mp4) as box:
        return np.concatenate([frame.to_ndarray()[0] for frame in box.decode(audio=0)])


def mean(image: Image.Image, channel: int) -> float:
    return float(np.asarray(image)[:, :, channel].mean())


@pytest.mark.parametrize(
    ("fps", "seconds", "frames"),
    [(Fraction(24), 1.5, 36), (Fraction(24000, 1001), 1.0, 24), (Fraction(12), 0.5, 6)],
)
def test_a_clip_has_the_pace_and_the_length_that_were_asked(
    fps: Fraction, seconds: float, frames: int
) -> None:
    made = shot(fps=fps, seconds=seconds)
    with opened(made.mp4) as box:
        picture, sound = box.streams.video[0], box.streams.audio[0]
        assert picture.average_rate == fps
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert picture.codec_context.pix_fmt == "yuv420p"
        assert abs(box.duration / 1_000_000 - frames / fps) < 0.15
    assert len(frames_of(made.mp4)) == made.frames == frames


def test_the_camera_moves_over_the_picture() -> None:
    right = frames_of(shot(movement="pan right").mp4)
    assert mean(right[-1], 0) - mean(right[0], 0) > 20
    assert abs(mean(right[-1], 1) - mean(right[0], 1)) < 4
    up = frames_of(shot(movement="tilt up").mp4)
    assert mean(up[0], 1) - mean(up[-1], 1) > 20
    nearer = frames_of(shot(movement="push in").mp4)
    spread = [float(np.asarray(one)[:, :, 0].std()) for one in (nearer[0], nearer[-1])]
    assert spread[0] > spread[1] * 1.1
    still = frames_of(shot(movement="static").mp4)
    assert np.abs(np.asarray(still[0], float) - np.asarray(still[-1], float)).max() < 12


def test_the_movement_is_smooth_and_finer_than_a_pixel() -> None:
    ask = an_ask(movement="slow pan right", seconds=4.0)
    picture = Image.open(io.BytesIO(ask.frame)).convert("RGB")
    steps = np.diff([mean(one, 0) for one in Camera(picture, ask).frames()])
    assert (steps[1:-1] > 0).all()
    assert np.abs(np.diff(steps)).max() < max(steps) / 5
    assert steps[0] < max(steps) / 5


@pytest.mark.parametrize("movement", ["slow roll", "handheld", "pan left", "crane up", "pull out"])
def test_no_movement_looks_past_the_edge(movement: str) -> None:
    for image in frames_of(shot(movement=movement).mp4)[::6]:
        pixels = np.asarray(image, int)
        corners = pixels[[1, 1, -2, -2], [1, -2, 1, -2]]
        assert (abs(corners[:, 2] - 90) < 30).all(), corners


@pytest.mark.parametrize(
    ("picture", "aspect", "size"),
    [
        ((1280, 720), Fraction(16, 9), (1280, 720)),
        ((640, 360), Fraction(16, 9), (640, 360)),
        ((4000, 3000), Fraction(16, 9), (1280, 720)),
        ((1280, 720), Fraction(1), (720, 720)),
        ((1280, 720), Fraction(9, 16), (404, 720)),
        ((1280, 720), Fraction(239, 100), (1280, 536)),
        ((30, 20), Fraction(3, 2), (96, 64)),
    ],
)
def test_a_clip_has_the_projects_shape_and_is_no_larger_than_its_picture(
    picture: tuple[int, int], aspect: Fraction, size: tuple[int, int]
) -> None:
    assert size_of(picture, aspect) == size


def test_the_same_ask_gives_the_same_bytes_in_any_shape() -> None:
    for aspect in (Fraction(16, 9), Fraction(9, 16)):
        assert shot(aspect=aspect).mp4 == shot(aspect=aspect).mp4


def test_a_line_is_heard_in_it_and_without_one_there_is_quiet() -> None:
    sound = heard_in(shot(voices=(a_line(),), seconds=2.0).mp4)
    assert np.abs(sound[: round(0.1 * RATE)]).max() < 0.05
    assert np.abs(sound[round(0.3 * RATE) : round(0.6 * RATE)]).max() > 0.3
    assert np.abs(sound[round(1.2 * RATE) :]).max() < 0.05
    assert np.abs(heard_in(shot().mp4)).max() < 0.01


def test_lines_follow_each_other_and_one_that_is_too_long_is_faded_out() -> None:
    two = mixed((a_line(0.4), a_line(0.4)), 2.0)
    loud = np.abs(two).reshape(-1, RATE // 20).max(axis=1) > 0.3
    assert (np.diff(loud.astype(int)) == 1).sum() == 2
    cut = mixed((a_line(5.0),), 1.0)
    assert len(cut) == RATE
    assert np.abs(cut[-40:]).max() < 0.05


def test_a_demo_clip_says_so_in_its_pixels_and_its_metadata_p7() -> None:
    frame = plain(PictureAsk("a lamp", 1, 640, 360))
    made = shot(frame=frame, is_demo=True, is_demo_frame=True, movement="pan right")
    assert b"digitalsourcetype/algorithmicMedia" in made.mp4
    with opened(made.mp4) as box:
        assert box.metadata["comment"].startswith("DEMO")
    for image in frames_of(made.mp4):
        foot = np.asarray(image, float)[-40:, :140]
        amber = (np.abs(foot - AMBER).max(axis=-1) < 40).sum()
        assert amber > 300


def test_a_demo_clip_of_a_picture_without_the_mark_gets_it_whole_p7() -> None:
    bare, marked = (
        frames_of(shot(is_demo=demo, movement="static").mp4)[0] for demo in (False, True)
    )
    assert b"algorithmicMedia" not in shot().mp4
    middle = (slice(140, 220), slice(120, 520))
    change = np.abs(np.asarray(bare, float)[middle] - np.asarray(marked, float)[middle])
    assert change.max() > 6


def test_its_index_comes_first_and_every_frame_is_still_found() -> None:
    made = shot(seconds=2.0, voices=(a_line(),))
    assert made.mp4.find(b"moov") < made.mp4.find(b"mdat")
    assert faststart(made.mp4) == made.mp4
    with opened(made.mp4) as box:
        assert sum(frame.samples for frame in box.decode(audio=0)) >= 2 * RATE - 2048


def test_progress_goes_from_the_first_frame_to_the_last() -> None:
    told: list[float] = []
    film(told.append, an_ask(seconds=0.5))
    assert told == [step / 12 for step in range(1, 13)]
