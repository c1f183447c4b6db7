"""``python -m tests.e2e.load DATA SCRIPT…``: put scripts into a data folder, as an import does."""

import os
import sys
from pathlib import Path

from domain.access import OWNER
from main import Settings, compose


def load(data: Path, scripts: list[Path]) -> None:
    """Make a production of each; the folder's server need not run."""
    house = compose(Settings.read(os.environ, data=data), worker=False)
    try:
        for path in scripts:
            house.studio.productions.create(OWNER, path.read_bytes(), name=path.name)
    finally:
        house.close()


if __name__ == "__main__":
    load(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
