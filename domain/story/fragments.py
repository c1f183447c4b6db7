"""The journal: one step of the story as the fragments a client reads, in a fixed order.

Prose; the shot's media as authored; each concept, followed by its media; choices. Pure: what a
step needs is given, media are named by their tags, and nothing here knows how they are fetched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from domain.entity import Entity
from domain.media.staging import MediaRole, StagingHints
from domain.media.tag import MediaTag
from domain.story.board import Concept, ConceptType, Shot, Slot

LOOK = {"orientation": "square", "placement": "inline"}
"""How a concept's picture is shown, in each of these where the script says nothing."""


class ProseFragment(Entity):
    """Words: what happens, or what somebody says."""

    fragment_type: Literal["prose"] = "prose"
    content: str
    speaker: str | None = None
    """Who says it: a concept's title, or as written; None for what happens."""
    source_id: str
    source_label: str


class MediaFragment(Entity):
    """A slot with the tag it is bound to, not yet handed over to anybody."""

    fragment_type: Literal["media"] = "media"
    content: MediaTag
    content_format: Literal["rit"] = "rit"
    content_type: str
    """MIME."""
    slot_id: str
    media_role: str
    staging_hints: StagingHints
    source_id: str
    """The shot's code or the concept's key."""
    source_label: str


class ConceptFragment(Entity):
    """Somebody or something that is in the shot; its media follow."""

    fragment_type: Literal["concept"] = "concept"
    content: str
    concept_type: ConceptType
    source_id: str
    source_label: str


class ChoiceFragment(Entity):
    """A way on. ``to`` is a shot's code; None: the story ends here."""

    fragment_type: Literal["choice"] = "choice"
    text: str
    to: str | None
    disabled: bool = False
    reason: str | None = None
    """Why it is disabled, in words."""
    source_id: str
    source_label: str


Fragment = ProseFragment | MediaFragment | ConceptFragment | ChoiceFragment


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Where a reader stands, with everything the journal needs of it."""

    shot: Shot | None
    """None: a script of concepts alone."""
    concepts: Sequence[Concept] = ()
    """Those that are in the shot: its cast, then its place."""
    slots: Mapping[str, Sequence[Slot]] = field(default_factory=dict)
    """Live slots by owner id, as authored."""
    bound: Mapping[str, MediaTag] = field(default_factory=dict)
    """The tag of what each slot shows, by slot id; a slot without one is not in it."""
    closed: Mapping[str, str] = field(default_factory=dict)
    """Why a shot can't be gone to, by its code."""
    following: str | None = None
    """Code of the next shot: where a choice without a target leads."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Titles of concepts by key, for those who speak."""


def journal(step: Step) -> tuple[Fragment, ...]:
    """The fragments of a step, in order.

    A slot without media gives its fallback text as prose, or nothing.
    """
    return (*_of_shot(step), *_of_concepts(step), *_of_choices(step))


def _of_shot(step: Step) -> Iterator[Fragment]:
    shot = step.shot
    if shot is None:
        return
    label = shot.title or shot.code
    if shot.content:
        yield ProseFragment(content=shot.content, source_id=shot.code, source_label=label)
    for line in shot.dialogue:
        speaker = step.names.get(line.speaker or "", line.speaker)
        yield ProseFragment(
            content=line.text, speaker=speaker, source_id=shot.code, source_label=label
        )
    for slot in step.slots.get(shot.id, ()):
        yield from _of_slot(slot, step, shot.code, label)


def _of_concepts(step: Step) -> Iterator[Fragment]:
    for concept in step.concepts:
        label = concept.title or concept.key
        yield ConceptFragment(
            content=concept.content,
            concept_type=concept.type,
            source_id=concept.key,
            source_label=label,
        )
        for slot in step.slots.get(concept.id, ()):
            yield from _of_slot(slot, step, concept.key, label, look=True)


def _of_slot(
    slot: Slot, step: Step, source_id: str, source_label: str, *, look: bool = False
) -> Iterable[Fragment]:
    tag = step.bound.get(slot.id)
    if tag is None:
        return fallback(slot.fallback_text, source_id, source_label)
    fragment = MediaFragment(
        content=tag,
        content_type=tag.mime,
        slot_id=slot.id,
        media_role=slot.role,
        staging_hints=_of_look(slot) if look else slot.hints,
        source_id=source_id,
        source_label=source_label,
    )
    return (fragment,)


def fallback(text: str | None, source_id: str, source_label: str) -> tuple[ProseFragment, ...]:
    """What stands where media is missing."""
    if not text:
        return ()
    return (ProseFragment(content=text, source_id=source_id, source_label=source_label),)


def _of_look(slot: Slot) -> StagingHints:
    if slot.role != MediaRole.CONCEPT_IMAGE:
        return slot.hints
    return StagingHints(**{**LOOK, **slot.hints.model_dump(exclude_none=True)})


def _of_choices(step: Step) -> Iterator[ChoiceFragment]:
    shot = step.shot
    if shot is None:
        return
    for choice in shot.choices:
        to = choice.to or step.following
        reason = step.closed.get(to or "")
        yield ChoiceFragment(
            text=choice.text,
            to=to,
            disabled=reason is not None,
            reason=reason,
            source_id=shot.code,
            source_label=shot.title or shot.code,
        )
