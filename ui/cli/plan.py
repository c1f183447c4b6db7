"""``plan``: what building would do; nothing is written, not even a data folder."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.access import OWNER
from domain.errors import NotFound
from domain.usecases.building import Plan
from domain.work.planning import Decision
from ui.cli.commands import Compose, is_there
from ui.cli.scripts import ScriptOnDisk, report

SUFFIXES = (".yaml", ".yml")


def run(parsed: argparse.Namespace, compose: Compose) -> int:
    path = Path(parsed.project)
    if path.is_file() or path.suffix in SUFFIXES or len(path.parts) > 1:
        script = ScriptOnDisk(path)
        compiled = script.compile()
        report(path, compiled.diagnostics, to=sys.stderr)
        if compiled.refused:
            return 1
        with _house(compose) as house:
            plan = house.studio.building.plan_script(OWNER, compiled, script.files(compiled))
    elif not is_there(compose):
        raise NotFound(f"There is no production {parsed.project!r}, and no such file.")
    else:
        with _house(compose) as house:
            plan = house.studio.building.plan(OWNER, parsed.project)
    print(json.dumps(as_json(plan), ensure_ascii=False, indent=2) if parsed.json else text(plan))
    return 0


def as_json(plan: Plan) -> dict[str, Any]:
    """The API's answer, with ``owner/media_id`` where that has slot ids."""
    receipt, name = plan.receipt, plan.slots
    lists = {
        verb: [name[one] for one in getattr(receipt, verb)]
        for verb in ("reuse", "attach", "create", "regenerate", "unresolved_hard", "waived_soft")
    }
    unmet = {
        verb: [_unmet(one, name[one.slot_id]) for one in getattr(receipt, verb)]
        for verb in ("wait", "blocked")
    }
    price = receipt.price_micros
    told = "unknown" if price is None else price / 1_000_000
    return {"project": plan.project, "phases": receipt.phases, **lists, **unmet, "price": told}


def text(plan: Plan) -> str:
    receipt, price = plan.receipt, plan.receipt.price_micros
    counts = {
        "reuse": len(receipt.reuse),
        "attach": len(receipt.attach),
        "create": len(receipt.create),
        "regenerate": len(receipt.regenerate),
        "wait for your choice": len(receipt.wait),
        "blocked": len(receipt.blocked),
    }
    lines = [f"{plan.title} ({plan.project})"]
    lines += [f"{count:6}  {what}" for what, count in counts.items()]
    told = "unknown" if price is None else f"{price / 1_000_000:.2f}" if price else "free"
    lines.append(f" price  {told}")
    for what, unmet in (("waits", receipt.wait), ("blocked", receipt.blocked)):
        lines += [f"{plan.slots[one.slot_id]}: {what}: {one.detail}" for one in unmet]
    return "\n".join(lines)


def _unmet(decision: Decision, name: str) -> dict[str, Any]:
    facts = decision.model_dump(include={"reason", "detail", "provider"}, mode="json")
    return {"slot": name, **facts}


@contextmanager
def _house(compose: Compose) -> Iterator[Any]:
    """On the data folder where there is one, else on an empty one that goes again."""
    with TemporaryDirectory(prefix="framewright-") as empty:
        kept = is_there(compose)
        house = compose(worker=False, data=None if kept else Path(empty), looks_only=kept)
        try:
            yield house
        finally:
            house.close()
