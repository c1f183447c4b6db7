"""Looking into untrusted sound and clips. Runs in a child of `storage.sandbox`, nowhere else."""

import io
from fractions import Fraction
from typing import Any

import av
from av.error import FFmpegError
from PIL import Image

from domain.errors import Invalid, TooLarge
from storage.formats import SOUND_BYTES, SOUND_SECONDS, VIDEO_SECONDS
from storage.posters import MARK, check_size, fit, poster

_BUDGET = 3_000_000_000
"""Pixels decoded of one clip, about a minute of 1080p; a longer one is read whole, and of its
pictures the key frames are decoded."""

_MARK_WORD = MARK.rpartition("/")[2]
_UPRIGHT = {
    90: Image.Transpose.ROTATE_90,
    -90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    -180: Image.Transpose.ROTATE_180,
}


def clip(data: bytes | bytearray, decoder: str, width: int) -> tuple[dict[str, Any], bytes]:
    """The demuxer is named, never guessed: no playlist or other reference is ever followed."""
    with av.open(io.BytesIO(data), mode="r", format=decoder) as box:
        reading = _Reading(box, decoder, streamed=decoder == "wav" and _is_streamed(data))
        for packet in box.demux(reading.streams):
            reading.take(packet)
        return reading.found(data, width)


class _Reading:
    def __init__(self, box: Any, decoder: str, *, streamed: bool) -> None:
        self._streamed = streamed
        self._box = box
        self._decoder = decoder
        pictures = [one for one in box.streams.video if not _is_cover(one)]
        self._video = pictures[0] if pictures and decoder in {"mp4", "webm"} else None
        self.streams = [one for one in (self._video, *box.streams.audio[:1]) if one is not None]
        if not self.streams:
            raise Invalid("The file has neither sound nor picture.")
        self._most = SOUND_SECONDS if self._video is None else VIDEO_SECONDS
        self._declared = (box.duration or 0) / 1_000_000
        self._ends = dict.fromkeys((one.index for one in self.streams), Fraction(0))
        self._frames = self._packets = self._errors = 0
        self._still: Any = None
        self._check(self._declared)
        if self._video is not None:
            context = self._video.codec_context
            check_size(context.width, context.height)
            context.thread_count = 2
            rate = float(self._video.average_rate or 25)
            if self._declared * rate * context.width * context.height > _BUDGET:
                context.skip_frame = "NONKEY"

    def take(self, packet: Any) -> None:
        self._packets += 1
        if packet.is_corrupt and not self._streamed:
            raise Invalid("The file is cut off.")
        try:
            frames = packet.decode()
        except MemoryError:
            raise
        except FFmpegError as error:
            self._errors += 1
            # An MP3 may begin or end in the middle of a frame; every player skips that.
            if self._decoder != "mp3" or self._errors > 2 + self._packets // 50:
                raise Invalid("The file does not decode: it is damaged or cut off.") from error
            return
        key = packet.stream.index
        if packet.stream is self._video and packet.pts is not None:
            begin = self._video.start_time or 0
            length = packet.duration or 0
            end = (packet.pts - begin + length) * packet.time_base
            self._ends[key] = max(self._ends[key], end)
        for frame in frames:
            self._frames += 1
            if packet.stream is self._video:
                self._picture(frame)
            else:
                self._ends[key] += Fraction(frame.samples, frame.sample_rate)
        self._check(float(self._ends[key]))

    def found(self, data: bytes | bytearray, width: int) -> tuple[dict[str, Any], bytes]:
        duration = float(max(self._ends.values()))
        if not self._frames or not duration or (self._video is not None and self._still is None):
            raise Invalid("The file holds nothing that plays.")
        # WAV and MP3 declare what they like: streamed ones do not know their length.
        if self._decoder not in {"wav", "mp3"} and duration < self._declared * 0.95 - 0.1:
            raise Invalid("The file is cut off.")
        metadata = [self._box.metadata, *(one.metadata for one in self.streams)]
        marked = MARK.encode() in data or any(
            _MARK_WORD in text for one in metadata for text in one.values()
        )
        facts: dict[str, Any] = {"duration": round(duration, 3), "marked_fake": marked}
        if self._video is None:
            return facts | {"width": None, "height": None}, b""
        image, size = self._upright(width)
        return facts | {"width": size[0], "height": size[1]}, poster(image, marked=marked)

    def _picture(self, frame: Any) -> None:
        check_size(frame.width, frame.height)
        if frame.is_corrupt:
            raise Invalid("The file is damaged.")
        # A third into the clip says more of it than its first frame, which is often black.
        if self._still is None or (frame.time or 0) <= self._declared / 3:
            self._still = frame

    def _upright(self, width: int) -> tuple[Image.Image, tuple[int, int]]:
        """The still as it is shown, and the size a clip is shown in."""
        frame = self._still
        sideways = frame.rotation in {90, -90}
        shown = (frame.height, frame.width) if sideways else (frame.width, frame.height)
        small = fit(*shown, width)
        stored = small[::-1] if sideways else small
        image: Image.Image = frame.to_image(width=stored[0], height=stored[1])
        turn = _UPRIGHT.get(frame.rotation)
        return (image if turn is None else image.transpose(turn)), shown

    def _check(self, seconds: float) -> None:
        if seconds > self._most:
            raise TooLarge(f"It may last {self._most / 60:.0f} minutes.")


def _is_streamed(data: bytes | bytearray) -> bool:
    """Whether a WAV was begun before its length was known, as voices over HTTP are."""
    place = 12
    while place + 8 <= len(data):
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        if data[place : place + 4] == b"data":
            return size == 0 or size > SOUND_BYTES
        place += 8 + size + size % 2
    return False


def _is_cover(stream: Any) -> bool:
    return bool(int(stream.disposition) & 0x400)
