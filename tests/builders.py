"""Makes the data of tests: whole entities, of which a test names only what matters to it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from domain.media import hashing
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import MediaTag
from domain.story.board import Board, Concept, ConceptType, Header, Project, Shot, Slot, Source
from domain.work.job import Job, JobState
from domain.work.take import Take

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When everything in tests begins."""

_numbers = count(1)


def new_id() -> str:
    return f"{next(_numbers):06d}"


def a_spec(prompt: str = "a lamp in the dark", **fields: Any) -> dict[str, Any]:
    return {"type": "stable_diffusion", "prompt": prompt, **fields}


def a_slot(owner: Shot | Concept, media_id: str = "frame", **fields: Any) -> Slot:
    spec = fields.pop("spec", a_spec(f"{media_id} of {owner.key}"))
    return Slot(
        **{
            "id": new_id(),
            "project_id": owner.project_id,
            "owner_kind": "shot" if isinstance(owner, Shot) else "concept",
            "owner_id": owner.id,
            "media_id": media_id,
            "role": "narrative_im" if isinstance(owner, Shot) else "concept_image",
            "media_type": MediaType.IMAGE,
            "source": Source(spec=spec),
            "adapted": spec,
            "basis": hashing.digest(f"{media_id} of {owner.key}"),
        }
        | fields
    )


def a_shot(project: Project, position: int = 0, **fields: Any) -> Shot:
    key = fields.pop("key", f"SH{(position + 1) * 10:04d}")
    return Shot(
        **{
            "id": new_id(),
            "project_id": project.id,
            "key": key,
            "code": key,
            "position": position,
            "content": f"What happens in {key}.",
            "duration": 96,
        }
        | fields
    )


def a_concept(project: Project, key: str = "mira", **fields: Any) -> Concept:
    return Concept(
        **{"id": new_id(), "project_id": project.id, "key": key, "type": ConceptType.CHARACTER}
        | fields
    )


def a_board(shots: int = 1, *, header: dict[str, Any] | None = None, **slot: Any) -> Board:
    """A production of shots with one picture each; ``slot`` fields are every slot's."""
    given = {"title": "The Last Keeper", "providers": {"image": "fake"}} | (header or {})
    key = f"production-{new_id()}"
    project = Project(id=new_id(), key=key, header=Header.model_validate(given))
    made = [a_shot(project, at) for at in range(shots)]
    return Board(
        project=project, shots=tuple(made), slots=tuple(a_slot(one, **slot) for one in made)
    )


def a_job(slot: Slot, **fields: Any) -> Job:
    state = fields.get("state", JobState.QUEUED)
    return Job(
        **{
            "id": new_id(),
            "project_id": slot.project_id,
            "media_type": slot.media_type,
            "provider": "fake",
            "spec": slot.adapted or {},
            "reuse_key": f"key of {slot.id}",
            "run_at": BEGINNING,
            "created_at": BEGINNING,
            "ended_at": None if state.is_active else BEGINNING,
        }
        | fields
    )


def a_tag(project_id: str | None, **fields: Any) -> MediaTag:
    number = new_id()
    return MediaTag(
        **{
            "id": number,
            "project_id": project_id,
            "sha256": number.zfill(64),
            "extension": "png",
            "mime": "image/png",
            "media_type": MediaType.IMAGE,
            "size": 100,
            "width": 64,
            "height": 64,
            "kind": ProviderKind.FAKE,
            "created_at": BEGINNING,
        }
        | fields
    )


def a_take(slot: Slot, tag: MediaTag, **fields: Any) -> Take:
    """As a use case hands it over: not numbered yet."""
    return Take(
        **{
            "id": new_id(),
            "slot_id": slot.id,
            "project_id": slot.project_id,
            "number": 0,
            "tag_id": tag.id,
            "kind": tag.kind,
            "origin": "made",
            "basis": slot.basis,
            "slot_version": 0,
            "created_at": BEGINNING,
        }
        | fields
    )


def takes_of(slot: Slot, *changes: dict[str, Any]) -> Sequence[Take]:
    """Takes 1, 2, 3 … of a slot as they are read again, one for each mapping of fields."""
    tag = a_tag(slot.project_id)
    return [
        a_take(slot, tag, id=f"take-{number}", number=number, slot_version=number).evolve(**fields)
        for number, fields in enumerate(changes, 1)
    ]
