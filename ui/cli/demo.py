"""``demo``: the demo production, loaded once; whoever serves it makes its media."""

import argparse
from typing import Any

from domain.access import OWNER
from ui.cli.commands import Compose


def run(parsed: argparse.Namespace, compose: Compose) -> int:
    house: Any = compose(worker=False)
    try:
        loaded = house.studio.demonstration.load(OWNER, reset=parsed.reset)
    finally:
        house.close()
    if loaded.kept:
        print(f"The older one is kept as {loaded.kept}.")
    asked = loaded.asked
    if loaded.created or asked.jobs:
        news = f"{len(asked.jobs)} media asked for, {len(asked.waiting)} wait for a look."
        print(f"{loaded.project.header.title} is loaded: {news}")
    else:
        print(f"{loaded.project.header.title} is there already; --reset replaces it.")
    return 0
