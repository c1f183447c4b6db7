"""Server-sent events as bytes."""

import json

from domain.events import Event

OPENING = b": framewright\nretry: 1000\n\n"
KEEP_ALIVE = b": still here\n\n"


def written(event: Event) -> bytes:
    """One event on the wire; progress bears no id, since it can't be asked for again."""
    data: dict[str, object] = {
        "type": event.type,
        "slot": event.slot_id,
        "shot": event.shot,
        "job": event.job_id,
        "job_state": event.job_state,
        "state": event.state,
        "version": event.version,
    }
    head = f"id: {event.seq}\n"
    if event.seq is None:
        data["progress"] = event.progress
        head = "event: progress\n"
    return f"{head}data: {json.dumps(data, separators=(',', ':'))}\n\n".encode()
