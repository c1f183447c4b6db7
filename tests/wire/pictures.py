"""Small media that decode, for wire-fakes to answer with."""

import io
import wave

from PIL import Image, PngImagePlugin


def png(
    colour: str = "#b8402f", *, seed: int | None = None, size: tuple[int, int] = (64, 48)
) -> bytes:
    """With a seed: its text says so, as stable-diffusion.cpp writes it."""
    info = PngImagePlugin.PngInfo()
    if seed is not None:
        info.add_text("parameters", f"a lamp\nSteps: 2, CFG scale: 1.0, Seed: {seed}, Size: 64x48")
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def wav(seconds: float = 0.5) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\1" * int(8000 * seconds))
    return file.getvalue()
