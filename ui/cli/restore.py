"""``restore``: a backup into an empty data folder."""

import argparse

from ui.cli.commands import Keeping


def run(parsed: argparse.Namespace, compose: Keeping) -> int:
    kept, held = compose.restore(parsed.file)
    print(f"{compose.settings.data}: the database and {kept.media} media of {kept.made_at}.")
    if held:
        print(f"{held} jobs are blocked: they may have been paid for since. Look at each first.")
    print("A new owner's token was made; provider keys are to be set again.")
    return 0
