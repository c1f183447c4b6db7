"""A clip as MP4: H.264 and AAC, its index in front so that it plays before it is all there."""

import io
import struct
import uuid
import wave
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, TypeAlias

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

from jobs.art.provenance import SENTENCE, xmp
from jobs.film.ask import Film, FilmAsk
from jobs.film.camera import Camera
from jobs.film.faststart import faststart
from jobs.serving import Say

RATE = 48_000
BLOCK = 1024
LEAD_S, GAP_S, FADE_S = 0.2, 0.25, 0.05
"""Quiet before the first line, between two, and the fade of one that is cut off."""
_XMP_BOX = uuid.UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes
_VIDEO = {
    "preset": "veryfast",
    "crf": "21",
    "threads": "2",
    # The same bytes for the same pictures, on every processor and every time.
    "x264-params": "cpu-independent=1",
}
_DEMO = f"DEMO: {SENTENCE}, algorithmicMedia"

Sound: TypeAlias = npt.NDArray[np.float32]


def film(say: Say, ask: FilmAsk) -> Film:
    """Frames and sound of a clip; ``say`` gets how many of its frames are done."""
    with Image.open(io.BytesIO(ask.frame)) as picture:
        camera = Camera(picture.convert("RGB"), ask)
    width, height = camera.size
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as box:
        if ask.is_demo:
            box.metadata["comment"] = _DEMO
        picture_track = box.add_stream("libx264", rate=ask.fps, options=dict(_VIDEO))
        picture_track.width, picture_track.height = width, height
        picture_track.pix_fmt = "yuv420p"
        sound_track = box.add_stream("aac", rate=RATE, layout="mono")
        sound_track.bit_rate = 96_000
        sound = mixed(ask.voices, float(camera.count / ask.fps))
        blocks = _blocks(sound)
        heard = 0
        for number, image in enumerate(camera.frames()):
            frame: Any = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = number, 1 / ask.fps
            box.mux(picture_track.encode(frame))
            # Sound beside its pictures: a player need not look far.
            while heard * ask.fps <= (number + 1) * RATE and (block := next(blocks, None)):
                box.mux(sound_track.encode(block))
                heard += BLOCK
            say((number + 1) / camera.count)
        for block in blocks:
            box.mux(sound_track.encode(block))
        box.mux(picture_track.encode(None))
        box.mux(sound_track.encode(None))
    data = faststart(out.getvalue())
    return Film(data + _xmp_box() if ask.is_demo else data, width, height, camera.count)


def mixed(voices: tuple[bytes, ...], seconds: float) -> Sound:
    """The lines one after the other in a sound of that length; what is too long is faded out."""
    sound = np.zeros(round(seconds * RATE), np.float32)
    at = round(LEAD_S * RATE)
    for voice in voices:
        line = _samples(voice)
        room = max(0, len(sound) - at)
        if len(line) > room:
            line = line[:room].copy()
            count = min(len(line), round(FADE_S * RATE))
            if count:
                line[-count:] *= np.linspace(1, 0, count, dtype=np.float32)
        sound[at : at + len(line)] += line
        at += len(line) + round(GAP_S * RATE)
    out: Sound = np.clip(sound, -1, 1)
    return out


def _samples(wav: bytes) -> Sound:
    with wave.open(io.BytesIO(wav)) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return pcm.astype(np.float32) / np.float32(32_768)


def _blocks(sound: Sound) -> Iterator[Any]:
    for start in range(0, len(sound), BLOCK):
        block = av.AudioFrame.from_ndarray(
            sound[None, start : start + BLOCK], format="fltp", layout="mono"
        )
        block.sample_rate = RATE
        block.pts, block.time_base = start, Fraction(1, RATE)
        yield block


def _xmp_box() -> bytes:
    """XMP in an MP4 is a box of its own at the top level (XMP specification, part 3)."""
    packet = xmp()
    return struct.pack(">I4s", 8 + 16 + len(packet), b"uuid") + _XMP_BOX + packet
