"""Whether the packages of a local provider are there: looked at without importing them."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from domain.work.blocking import Reason
from domain.work.provider import Readiness


@cache
def folder_of(package: str) -> Path | None:
    """Where a package is; None where it is not."""
    spec = find_spec(package)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def readiness(provider: str, *packages: str) -> Readiness:
    """Ready where all are there."""
    lacking = [one for one in packages if folder_of(one) is None]
    if not lacking:
        return Readiness()
    detail = f"{provider} needs {' and '.join(lacking)}: install it beside Framewright."
    return Readiness(reason=Reason.NO_PROVIDER, detail=detail)
