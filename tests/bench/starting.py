"""Start of ``main.py`` to its first answer, against a NiceGUI app with nothing in it."""

import sys
import time
from pathlib import Path

import httpx

from tests.bench.figures import Budget, Figure
from tests.bench.sides import folder
from tests.services.process import ROOT, Process, environment, free_port

EMPTY = """
from nicegui import ui
@ui.page("/")
def page():
    ui.label("nothing")
ui.run(host="127.0.0.1", port={port}, show=False, reload=False)
"""
NOTE = "start: from the spawn of the process to its first answer over HTTP; a data folder exists"


def bench(*, quick: bool) -> list[Figure]:
    rounds = 2 if quick else 7
    mine, base = [], []
    with folder() as at:
        _start_main(at)  # makes the data folder and the byte code
        _start_empty(at)
        for _ in range(rounds):
            mine.append(_start_main(at))
            base.append(_start_empty(at))
    return [
        Figure(
            name="start to accepting connections",
            unit="s",
            runs=mine,
            baseline=base,
            against="empty NiceGUI",
            budget=Budget(limit=2, of="ratio"),
            note=NOTE,
        )
    ]


def _start_main(at: Path) -> float:
    port = free_port()
    options = ["--port", str(port), "--data", str(at / "data"), "--no-open"]
    return _answered([sys.executable, ROOT / "main.py", "serve", *options], port, at)


def _start_empty(at: Path) -> float:
    port = free_port()
    program = at / "empty.py"
    program.write_text(EMPTY.format(port=port))
    return _answered([sys.executable, program], port, at)


def _answered(command: list[str | Path], port: int, at: Path) -> float:
    begin = time.perf_counter()
    with Process(command, log=at / "log", cwd=at, env=environment()) as process:
        with httpx.Client(timeout=30) as client:
            while True:
                try:
                    client.get(f"http://127.0.0.1:{port}/healthz")
                    break
                except httpx.TransportError:
                    assert process.exit_code is None, process.text
                    time.sleep(0.005)
        took = time.perf_counter() - begin
        process.stop()
    return took
