"""The repository as the architecture tests see it."""

import ast
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "jobs", "storage", "ui")
OUTSIDE = {".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", "data"}


@cache
def everything() -> list[str]:
    """List what git knows or would take; in a copy without git, what is there."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(  # noqa: S603 -- git, with our own words
        command, cwd=ROOT, check=False, capture_output=True, text=True
    )
    if answer.returncode == 0:
        return [path for path in answer.stdout.split("\0") if path]
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return [
        p.as_posix() for p in paths if p.parts[0] not in OUTSIDE and "__pycache__" not in p.parts
    ]


def tracked(*patterns: str) -> list[Path]:
    """List the repository's files, those matching any of ``patterns`` where given."""
    names = everything()
    if patterns:
        names = [each for each in names if any(fnmatch(each, pattern) for pattern in patterns)]
    return [ROOT / each for each in sorted(names) if (ROOT / each).is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    """Read a text file; a picture has no lines."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode()


def names_and_strings(source: str) -> Iterator[tuple[int, str]]:
    """Yield what code says with its line: identifiers and strings, but no docstring or comment."""
    tree = ast.parse(source)
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(said)) if id(node) not in prose:
                yield node.lineno, said
            case ast.Name(id=said) | ast.arg(arg=said) | ast.Attribute(attr=said):
                yield node.lineno, said
            case ast.FunctionDef(name=said) | ast.AsyncFunctionDef(name=said):
                yield node.lineno, said
            case ast.ImportFrom() | ast.Import():
                yield from ((node.lineno, alias.name) for alias in node.names)
            case _:
                pass
