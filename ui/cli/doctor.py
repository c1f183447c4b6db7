"""``doctor``: what is set up and what is out of reach; changes nothing, tells no secret."""

import argparse
import os
import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.access import OWNER
from domain.errors import StudioError
from ui.cli.commands import Compose, is_there
from ui.version import own_version

PACKAGES = ("dramatiq", "nicegui", "fastapi", "sqlmodel", "pydantic", "pillow", "numpy", "av")
LEAST_FREE = 200_000_000
"""Bytes on the disk: less is a problem."""


def run(_parsed: argparse.Namespace, compose: Compose) -> int:
    examination = Examination()
    data = compose.settings.data.absolute()
    _versions(examination)
    _folder(examination, data)
    with TemporaryDirectory(prefix="framewright-") as empty:
        kept = is_there(compose)
        try:
            house = compose(worker=False, data=None if kept else Path(empty), looks_only=kept)
        except StudioError as error:
            part = "database" if error.code == "older_schema" else "house"
            examination.problem(part, error.message)
        else:
            try:
                _house(examination, house, kept=kept)
            finally:
                house.close()
    return 1 if examination.problems else 0


class Examination:
    """Prints a line for each part, and counts the problems."""

    def __init__(self) -> None:
        self.problems = 0

    def fine(self, part: str, what: str) -> None:
        print(f"ok       {part:10} {what}")

    def note(self, part: str, what: str) -> None:
        print(f"note     {part:10} {what}")

    def problem(self, part: str, what: str) -> None:
        self.problems += 1
        print(f"problem  {part:10} {' '.join(what.split())}")


def _versions(examination: Examination) -> None:
    version, python = own_version(), platform.python_version()
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    examination.fine("version", f"Framewright {version}, Python {python}, {system}")
    try:
        found = [f"{name} {metadata.version(name)}" for name in PACKAGES]
    except metadata.PackageNotFoundError as error:
        examination.problem("packages", f"{error.name} is not installed; run make install")
    else:
        examination.fine("packages", ", ".join(found))


def _folder(examination: Examination, data: Path) -> None:
    there = next(one for one in (data, *data.parents) if one.exists())
    if data.exists() and not data.is_dir():
        examination.problem("data", f"{data} is no folder")
    elif not os.access(there, os.W_OK | os.X_OK):
        examination.problem("data", f"{there} can't be written")
    elif data.exists():
        examination.fine("data", f"{data}, {_holder(data)}")
    else:
        examination.note("data", f"{data} is not there yet; serve makes it")
    free = shutil.disk_usage(there).free
    tell = examination.fine if free >= LEAST_FREE else examination.problem
    tell("disk", f"{free / 1_000_000_000:.1f} GB free")


def _holder(data: Path) -> str:
    """The process that said it works here, as long as it lives."""
    try:
        text = (data / "lock").read_text(encoding="utf-8")
        number = int(text.removeprefix("process "))
    except (OSError, ValueError):
        return "in use by nobody"
    try:
        os.kill(number, 0)
    except PermissionError:
        pass  # it lives, and is somebody else's
    except OSError:
        return "in use by nobody"
    return f"in use by process {number}"


def _house(examination: Examination, house: Any, *, kept: bool) -> None:
    for part, check in house.checks.items():
        try:
            check()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is wrong here
            examination.problem(part, f"{house.parts[part]}: {error}")
        else:
            tell = examination.fine if kept else examination.note
            tell(part, house.parts[part] if kept else "nothing is kept yet")
    for one in house.studio.providers.listing(OWNER):
        if one.state == "ready":
            examination.fine(one.name, f"{one.kind}, ready: {', '.join(one.makes)}")
        else:
            examination.note(one.name, f"{one.kind}, blocked: {one.reason}. {one.detail}")
    sys.stdout.flush()
