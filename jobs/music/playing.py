"""The door of a playing child: light to import, since whoever asks imports it too."""

from jobs.serving import Say


def play(_say: Say, prompt: str, seed: int, seconds: float) -> bytes:
    """A bed as WAV."""
    from jobs.music.bed import bed  # noqa: PLC0415 - numpy, for children alone

    return bed(prompt, seed, seconds)
