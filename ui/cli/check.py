"""``check``: what is wrong with a script, by line and column; it touches nothing."""

import argparse

from ui.cli.commands import Compose
from ui.cli.scripts import ScriptOnDisk, report


def run(parsed: argparse.Namespace, _compose: Compose) -> int:
    compiled = ScriptOnDisk(parsed.script).compile()
    report(parsed.script, compiled.diagnostics)
    return 1 if compiled.refused else 0
