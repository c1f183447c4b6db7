"""Inputs: other slots' media that a clip is made from, and what follows from them.

A clip stands on the frame that its ``from`` names and, where its provider lays voices under it,
on the spoken lines of the same shot. Their content hashes are part of its basis and of its reuse
key; a fake one makes it fake.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.media import hashing
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import MediaTag
from domain.story.board import Board, Slot
from domain.work.provider import Input, Provider
from domain.work.take import Take, shown


def source_of(slot: Slot) -> str | None:
    """The media_id that a slot's spec is made from."""
    return (slot.adapted or {}).get("from")


def contents(inputs: Iterable[Input]) -> dict[str, str]:
    """Content hash by input name: what a basis and a reuse key hold."""
    return {one.name: one.sha256 for one in inputs}


def tainted(kind: ProviderKind, inputs: Iterable[Input]) -> ProviderKind:
    """The kind of what a provider of ``kind`` makes from these."""
    fake = any(one.kind is ProviderKind.FAKE for one in inputs)
    return ProviderKind.FAKE if fake else kind


def basis_with(slot: Slot, inputs: Mapping[str, str]) -> str:
    """What a slot asks for with these inputs; a slot that takes none keeps its own basis."""
    if source_of(slot) is None:
        return slot.basis
    return hashing.with_inputs(hashing.spec_basis(slot.adapted or {}), inputs)


@dataclass(frozen=True, slots=True)
class Beside:
    """The live slots of one board, by owner and name, with their takes and those takes' tags."""

    gate: str
    """``selected`` or ``newest``: which take of its frame a clip is made from."""
    slots: Mapping[str, Mapping[str, Slot]]
    takes: Mapping[str, Sequence[Take]]
    tags: Mapping[str, MediaTag]

    def inputs(self, clip: Slot, provider: Provider | None) -> tuple[Input, ...]:
        """What a clip would be made from now: its frame first; nothing without a frame."""
        frame = self.frame(clip, provider)
        return () if frame is None else (frame, *self._lines(clip, provider))

    def frame(self, clip: Slot, provider: Provider | None) -> Input | None:
        """By the project's gate; for a live provider a fake one counts as none."""
        frame = self._beside(clip).get(source_of(clip) or "")
        if frame is None:
            return None
        takes = self.takes.get(frame.id, ())
        if self.gate == "selected":
            take = next((one for one in takes if one.id == frame.selected), None)
        else:
            take = shown(takes, picked=frame.picked, basis=frame.basis)
        found = self._input(frame, take)
        if found is not None and _is_live(provider) and found.kind is ProviderKind.FAKE:
            return None
        return found

    def today(self, clip: Slot, provider: Provider | None) -> dict[str, str]:
        """Content hashes by which the clip's takes are judged.

        While there is no frame to make it from, each is judged by the one it was made from: the
        hash given is that of the take which then is shown.
        """
        lines = contents(self._lines(clip, provider))
        frame = self.frame(clip, provider)
        if frame is not None:
            return {frame.name: frame.sha256, **lines}
        name = source_of(clip) or ""
        takes = self.takes.get(clip.id, ())
        judged = [
            one.evolve(basis="today" if one.is_for(basis_with(clip, own)) else "", asked=())
            for one in takes
            for own in [{**_only(one, name), **lines}]
        ]
        take = shown(judged, picked=clip.picked, basis="today")
        return lines if take is None else {**_only(take, name), **lines}

    def lines(self, clip: Slot, provider: Provider | None) -> tuple[Slot, ...]:
        """The spoken lines of the shot that a provider lays under its clip, as authored."""
        if provider is None or not provider.capabilities.mixes_voice:
            return ()
        voices = [one for one in self._beside(clip).values() if one.media_type is MediaType.VOICE]
        return tuple(sorted(voices, key=lambda one: one.position))

    def _lines(self, clip: Slot, provider: Provider | None) -> tuple[Input, ...]:
        """What is there of them."""
        found = (self._shown(one) for one in self.lines(clip, provider))
        return tuple(one for one in found if one is not None)

    def _beside(self, clip: Slot) -> Mapping[str, Slot]:
        return self.slots.get(clip.owner_id, {})

    def _shown(self, slot: Slot) -> Input | None:
        takes = self.takes.get(slot.id, ())
        return self._input(slot, shown(takes, picked=slot.picked, basis=slot.basis))

    def _input(self, slot: Slot, take: Take | None) -> Input | None:
        tag = None if take is None else self.tags.get(take.tag_id)
        if take is None or tag is None:
            return None
        return Input(name=slot.media_id, file=tag.file, media_type=tag.media_type, kind=take.kind)


def beside(
    board: Board, takes: Mapping[str, Sequence[Take]], tags: Mapping[str, MediaTag]
) -> Beside:
    """Only owners with a clip are in it."""
    owners = {slot.owner_id for slot in board.slots if source_of(slot) is not None}
    slots: dict[str, dict[str, Slot]] = {}
    for slot in board.slots:
        if slot.owner_id in owners and not slot.removed:
            slots.setdefault(slot.owner_id, {})[slot.media_id] = slot
    return Beside(gate=board.project.header.gates.video, slots=slots, takes=takes, tags=tags)


def _only(take: Take, name: str) -> dict[str, str]:
    return {name: take.inputs[name]} if name in take.inputs else {}


def _is_live(provider: Provider | None) -> bool:
    return provider is not None and provider.capabilities.kind is ProviderKind.LIVE
