"""What a reader of the story gets: one step of it, its media handed over. Computed, never stored.

The API serialises these as they are, and the Play page shows them.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from domain.entity import Entity
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.treatment import Treatment
from domain.story.board import SlotState
from domain.story.fragments import ChoiceFragment, ConceptFragment, ProseFragment


def _is_none(value: object) -> bool:
    return value is None


Way = Annotated[str | None, Field(exclude_if=_is_none)]
"""One of the ways media is handed over; absent where it is not the one."""


class Delivered(Entity):
    """A media fragment as a client gets it, with just one of url, data, path and xml."""

    fragment_type: Literal["media"] = "media"
    media_id: str
    media_role: str
    media_type: MediaType
    mime_type: str
    width: int | None
    height: int | None
    duration: Annotated[float | None, Field(description="Seconds; null for stills.")]
    staging_hints: Annotated[
        dict[str, Any], Field(description="As the script has them, nothing added to a shot's.")
    ]
    treatment: Annotated[Treatment, Field(description="What the role asks of a client.")]
    source_id: Annotated[str, Field(description="The shot's code or the concept's id.")]
    source_label: str
    provider_kind: ProviderKind
    is_current: Annotated[bool, Field(description="It is what the script asks for today.")]
    url: Annotated[Way, Field(description="Signed; good for a day at least.")] = None
    data: Annotated[Way, Field(description="The bytes in base64; mobile, below 100 000.")] = None
    path: Annotated[Way, Field(description="Absolute, on this machine; desktop.")] = None
    xml: Annotated[Way, Field(description="SVG markup, with `inline=svg`.")] = None


class Absent(Entity):
    """A slot that has nothing to hand over: it is not among the fragments, and this is why."""

    media_id: str
    media_role: str
    source_id: str
    source_label: str
    state: Annotated[
        SlotState | Literal["unavailable"],
        Field(description="The slot's state; `unavailable`: made, but its bytes can't be read."),
    ]


class ShotStep(Entity):
    """The shot that a state is about."""

    code: str
    title: str
    scene: Annotated[str, Field(description="The scene's id; empty at top level.")]
    seconds: Annotated[float | None, Field(description="How long it lasts, if the script says.")]
    viable: bool
    reason: Annotated[str | None, Field(description="What hard media it lacks, in words.")]


AnyDelivered = Annotated[
    ProseFragment | Delivered | ConceptFragment | ChoiceFragment,
    Field(discriminator="fragment_type"),
]


class State(Entity):
    """One step of a story. Codes of shots are null where there is none."""

    cursor: Annotated[str | None, Field(description="The shot's code: where the reader stands.")]
    shot: ShotStep | None
    fragments: Annotated[
        tuple[AnyDelivered, ...],
        Field(description="Prose; the shot's media; each concept with its media; choices."),
    ]
    choices: Annotated[
        tuple[ChoiceFragment, ...], Field(description="The choices among them, for themselves.")
    ]
    missing: Annotated[tuple[Absent, ...], Field(description="Media that are not there (yet).")]
    previous: Annotated[str | None, Field(description="The shot before, in script order.")]
    next: Annotated[str | None, Field(description="The shot after, in script order.")]
