"""The commands: their words, and which function each one calls."""

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, Protocol

HIGHEST_PORT = 65_535
MOST_PROCESSES = 256
DATABASE = "framewright.db"


class Settings(Protocol):
    """What commands look at of main's settings."""

    @property
    def data(self) -> Path: ...

    @property
    def database_url(self) -> str | None: ...

    @property
    def redis_url(self) -> str | None: ...


class Compose(Protocol):
    """main.compose with its settings."""

    @property
    def settings(self) -> Settings: ...

    def __call__(
        self,
        *,
        worker: bool,
        data: Path | None = None,
        threads: int = ...,
        looks_only: bool = False,
    ) -> Any:
        """A House; with ``worker`` it also makes media. ``data``: another folder.

        ``looks_only``: raises Misconfigured where the database would have to be migrated first.
        """


class Keeping(Compose, Protocol):
    """The same with what the data folder can be kept as."""

    def backup(self, target: Path) -> Any:
        """What is in it."""

    def restore(self, source: Path) -> Any:
        """What was in it, and how many jobs were blocked."""


DESCRIPTION = "Framewright: a build system for storyboards."


def is_there(compose: Compose) -> bool:
    """Whether anything was kept yet, so that a look at it makes nothing."""
    settings = compose.settings
    return settings.database_url is not None or (settings.data / DATABASE).exists()


class OneLine(argparse.ArgumentParser):
    """What is wrong with the words, in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}; --help tells more\n")


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; name a folder")
    return Path(text)


def _port(text: str) -> int:
    return _number(text, 0, HIGHEST_PORT)


def _count(text: str) -> int:
    return _number(text, 1, MOST_PROCESSES)


def _number(text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number from {least} to {most}")
    return int(text)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Exits 2 with one line where the words are off; ``serve`` where none is given."""
    parser = OneLine(prog="framewright", description=DESCRIPTION)
    parser.set_defaults(data=None)
    several = parser.add_subparsers(dest="command", metavar="COMMAND")
    data = OneLine(add_help=False)
    data.add_argument("--data", type=_folder, help="the data folder (FRAMEWRIGHT_DATA, ./data)")

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        return several.add_parser(name, help=summary, description=summary, parents=[data])

    serve = add("serve", "Serve the page and the API; makes media too, unless Redis is set.")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=None, help="8080, or the next free one")
    serve.add_argument("--open", action=argparse.BooleanOptionalAction, default=False)

    worker = add("worker", "Make media in processes of their own (shared mode).")
    worker.add_argument("--processes", type=_count, default=1)
    worker.add_argument("--threads", type=_count, default=8)
    worker.add_argument("--child", action="store_true", help=argparse.SUPPRESS)

    check = add("check", "Say what is wrong with a script; exit 1 if anything is.")
    check.add_argument("script", type=Path)

    plan = add("plan", "Say what would be reused, made or blocked; changes nothing.")
    plan.add_argument("project", metavar="SCRIPT_OR_PROJECT")
    plan.add_argument("--json", action="store_true")

    build = add("build", "Compile, plan, make and wait.")
    build.add_argument("script", type=Path)
    build.add_argument("--gates", choices=["open"], help="do not wait for approvals")
    build.add_argument("--json", action="store_true")

    demo = add("demo", "Load the demo production, and ask once for its media.")
    demo.add_argument(
        "--reset",
        action="store_true",
        help="put a fresh one in its place; the older one is kept under another id",
    )

    backup = add(
        "backup", "Write the embedded data folder as one file; a server may run beside it."
    )
    backup.add_argument("file", type=Path)
    restore = add("restore", "Put a backup into an empty data folder.")
    restore.add_argument("file", type=Path)

    add("doctor", "Say what is set up and what is out of reach; no secret is shown.")
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments = ["serve", *arguments]
    return parser.parse_args(arguments)


def run(parsed: argparse.Namespace, compose: Compose) -> int:
    """Call the command's ``run(parsed, compose)``; returns the exit code."""
    module = import_module(f"ui.cli.{parsed.command}")
    code: int = module.run(parsed, compose)
    return code
