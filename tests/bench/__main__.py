"""``python -m tests.bench [name …] [--quick]``: figures beside their baselines and budgets.

It never judges by its exit code: times are read by people, on a machine they know to be quiet.
"""

import argparse
import os
import sys
import time
from importlib import import_module

from tests.bench.figures import table

NAMES = ("painting", "opening", "clicking", "crowd", "starting", "planning", "making", "scale")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[*NAMES, []], metavar="name", help=", ".join(NAMES)
    )
    parser.add_argument("--quick", action="store_true", help="small, only to see that it runs")
    given = parser.parse_args()
    figures = []
    for name in given.names or NAMES:
        begin = time.monotonic()
        found = import_module(f"tests.bench.{name}").bench(quick=given.quick)
        figures += found
        load = os.getloadavg()[0]
        print(
            f"\n{name}: {time.monotonic() - begin:.0f} s, load {load:.1f} of {os.cpu_count()} cores"
        )
        print(table(found), flush=True)
    if len(given.names) != 1:
        print(f"\n{table(figures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
