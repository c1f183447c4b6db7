"""Untrusted sound written anew as plain WAV. Runs in a child of `storage.sandbox`, nowhere else."""

import io
import wave

import av

from domain.errors import Invalid

RATE = 48_000
LONGEST_S = 120
_WIDTH = 2


def sound(data: bytes | bytearray, decoder: str) -> bytes:
    """One channel of 16 bits at ``RATE``, cut off at ``LONGEST_S``."""
    pcm = bytearray()
    most = LONGEST_S * RATE * _WIDTH
    with av.open(io.BytesIO(data), mode="r", format=decoder) as box:
        if not box.streams.audio:
            raise Invalid("The file has no sound.")
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in box.decode(box.streams.audio[0]):
            for part in resampler.resample(frame):
                pcm += bytes(part.planes[0])[: part.samples * _WIDTH]
            if len(pcm) >= most:
                break
        else:
            for part in resampler.resample(None):
                pcm += bytes(part.planes[0])[: part.samples * _WIDTH]
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_WIDTH)
        file.setframerate(RATE)
        file.writeframes(pcm[:most])
    return out.getvalue()
