"""``build``: bring a script in, ask for what it lacks, wait, and say how it ended."""

import argparse
import json
import signal
import sys
import threading
from typing import Any

from domain.access import OWNER
from domain.studio import Studio
from domain.usecases.generation import Scope
from ui.cli.commands import Compose
from ui.cli.outcome import as_json, outcome_of, text
from ui.cli.progress import Progress
from ui.cli.scripts import ScriptOnDisk, report

LOOK_S = 1.0
"""A doorbell may be lost; so often it is looked at anyway."""
BREATH_S = 0.2
"""Between two looks: many doorbells are one."""


def run(parsed: argparse.Namespace, compose: Compose) -> int:
    script = ScriptOnDisk(parsed.script)
    compiled = script.compile()
    report(parsed.script, compiled.diagnostics, to=sys.stderr)
    if compiled.refused:
        return 1
    files = script.files(compiled)
    shared = compose.settings.redis_url is not None
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    house: Any = compose(worker=not shared)
    try:
        studio: Studio = house.studio
        key = studio.building.bring(OWNER, script.source, compiled, files).key
        before = studio.viewing.structure(OWNER, key)
        if house.worker is not None:
            house.worker.start()
        _make(studio, key, Progress(sys.stderr, before), open_gates=parsed.gates == "open")
        takes = sum(slot.takes for slot in before.slots)
        outcome = outcome_of(studio, key, takes_before=takes)
    finally:
        house.close()
    print(
        json.dumps(as_json(outcome), ensure_ascii=False, indent=2) if parsed.json else text(outcome)
    )
    return outcome.exit_code


def _make(studio: Studio, key: str, progress: Progress, *, open_gates: bool) -> None:
    """Ask and wait, and again where what has come serves others: an item may name another's."""
    scopes: tuple[Scope, ...] = ("all", "missing", "missing")
    with progress:
        for scope in scopes:
            asked = studio.generation.generate(OWNER, key, scope, open_gates=open_gates)
            _wait(studio, key, progress)
            if not (asked.jobs or asked.attached or asked.reused):
                return


def _wait(studio: Studio, key: str, progress: Progress) -> None:
    """Until nothing of the production is being made any more."""
    rung = threading.Event()
    end_listening = studio.following.listen(lambda _events: rung.set())
    end_attending = studio.demonstration.attend()
    try:
        while True:
            rung.clear()
            board = studio.viewing.structure(OWNER, key)
            progress.show(board)
            # A look that came last frees others only once it is approved.
            if not progress.active and not studio.demonstration.approve():
                break
            rung.wait(LOOK_S)
            threading.Event().wait(BREATH_S)
    finally:
        end_attending()
        end_listening()
