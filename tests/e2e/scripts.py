"""Scripts for the browser: as many scenes and shots as a test wants, made by the fake provider."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

Fields = Mapping[str, Any]


def a_script(
    shots: int = 8,
    *,
    scenes: int = 2,
    shot: Mapping[int, Fields] = {},
    frame: Mapping[int, Fields] = {},
    concepts: Sequence[Fields] = (),
    **project: Any,
) -> str:
    """Shots numbered through, shared out among scenes; ``shot`` and ``frame`` change some."""
    each = -(-shots // scenes)
    numbers = [range(at, min(at + each, shots)) for at in range(0, shots, each)]
    whole = {
        "project": {"id": "film", "title": "The Film", "providers": {"image": "fake"}, **project},
        "concepts": [*concepts],
        "scenes": [
            {
                "id": f"sc{number:03}",
                "title": f"INT. ROOM {number} - NIGHT",
                "shots": [a_shot(at, shot.get(at, {}), frame.get(at, {})) for at in some],
            }
            for number, some in enumerate(numbers, 1)
        ],
    }
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def a_shot(at: int, fields: Fields, frame: Fields) -> dict[str, Any]:
    spec = {"type": "stable_diffusion", "prompt": f"lamp number {at}", **frame}
    media = [{"media_id": "frame", "media_role": "narrative_im", "media_spec": spec}]
    shot = {"id": f"SH{at:04}", "content": f"Shot number {at}.", "duration": "2s", "media": media}
    return shot | dict(fields)


def a_character(key: str = "mira", prompt: str = "portrait of Mira") -> dict[str, Any]:
    look = {
        "media_id": f"{key}_look",
        "media_role": "concept_image",
        "media_spec": {"type": "stable_diffusion", "prompt": prompt},
    }
    return {"id": key, "type": "character", "content": f"{key.capitalize()}.", "media": [look]}
