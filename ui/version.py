"""Which Framewright this is."""

import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


@cache
def own_version() -> str:
    """As ``pyproject.toml`` says."""
    own = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return str(own["project"]["version"])
