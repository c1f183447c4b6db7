"""The demo production, as it is shipped."""

from pathlib import Path

NAME = "last_keeper.yaml"


def script() -> bytes:
    """The demo's script: 24 shots in four scenes, all made by the fake provider."""
    return (Path(__file__).parent / NAME).read_bytes()
