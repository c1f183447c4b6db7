"""``backup``: the embedded data folder as one file, also while a server works on it."""

import argparse

from domain.errors import Misconfigured
from ui.cli.commands import Keeping, is_there


def run(parsed: argparse.Namespace, compose: Keeping) -> int:
    if not is_there(compose):
        raise Misconfigured(f"There is nothing in {compose.settings.data} to back up.")
    kept = compose.backup(parsed.file)
    print(f"{parsed.file}: the database and {kept.media} media, {kept.size / 1e6:.1f} MB.")
    if kept.missing:
        print(f"{kept.missing} media were missing in the store already, and are not in the backup.")
    print("Left out: the owner's token, the signing secret, provider keys. Keep those apart.")
    return 0
