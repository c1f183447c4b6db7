"""``python -m tests.faults --seconds 60 --seed 1``: both modes at once, each with both tolls.

Exit 1 where a job was lost, bought twice or got stuck, or where bill and ledger differ in
anything the house does not list itself as *may have been charged*.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.run import Run, Story

STORM = 0.5
"""Of a run; then what the last killed worker held is taken back after a lease, and all ends."""


def play(folder: Path, *, shared: bool, seed: int, seconds: float) -> Story:
    run = Run(folder, shared=shared, seed=seed)
    try:
        return run.play(seconds=seconds * STORM, jobs_a_fault=5, pace=0.3)
    finally:
        run.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", choices=["embedded", "shared", "both"], default="both")
    parsed = parser.parse_args()
    modes = {"embedded": [False], "shared": [True], "both": [False, True]}[parsed.mode]
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="framewright-faults-") as name,
        ThreadPoolExecutor(len(modes)) as pool,
    ):
        futures = [
            pool.submit(
                play,
                Path(name) / ("shared" if shared else "embedded"),
                shared=shared,
                seed=parsed.seed,
                seconds=parsed.seconds,
            )
            for shared in modes
        ]
        stories = [future.result() for future in futures]
    for story in stories:
        print(story)
    good = all(story.is_good for story in stories)
    took = time.monotonic() - begun
    print(f"seed {parsed.seed}, {took:.0f} s: {'nothing lost' if good else 'NOT GOOD'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
