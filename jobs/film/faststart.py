"""An MP4 with its index in front, so that it plays before it is all there.

FFmpeg does this only for a file that it can open a second time by name; a child that is killed
would leave such a file behind. Boxes as in ISO/IEC 14496-12.
"""

import struct
from collections.abc import Iterator

_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_OFFSETS = {b"stco": ">I", b"co64": ">Q"}


def faststart(mp4: bytes) -> bytes:
    """The same clip with ``moov`` before ``mdat``, its chunk offsets moved along."""
    boxes = {name: (start, end) for name, start, end in _boxes(mp4, 0, len(mp4))}
    begin, end = boxes[b"moov"]
    first = boxes[b"mdat"][0]
    if begin < first:
        return mp4
    moov = bytearray(mp4[begin:end])
    _shift(moov, 8, len(moov), len(moov))
    return mp4[:first] + bytes(moov) + mp4[first:begin] + mp4[end:]


def _boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, start)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, start + 8)
        size = size or end - start
        yield name, start, start + size
        start += size


def _shift(moov: bytearray, start: int, end: int, by: int) -> None:
    for name, begin, stop in _boxes(moov, start, end):
        if name in _HOLDERS:
            _shift(moov, begin + 8, stop, by)
        elif name in _OFFSETS:
            form = _OFFSETS[name]
            (count,) = struct.unpack_from(">I", moov, begin + 12)
            for number in range(count):
                place = begin + 16 + number * struct.calcsize(form)
                (offset,) = struct.unpack_from(form, moov, place)
                struct.pack_into(form, moov, place, offset + by)
