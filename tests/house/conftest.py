"""A file that grows long is named at the end of a run: a nudge, not a failure."""

import pytest

from tests.house.tree import name, text, tracked

LONG = 250


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lengths = {name(path): text(path).count("\n") for path in tracked("*.py")}
    if long := {path: lines for path, lines in lengths.items() if lines > LONG}:
        terminalreporter.section(f"files over {LONG} lines")
        for path, lines in sorted(long.items()):
            terminalreporter.line(f"{lines:5} {path}")
