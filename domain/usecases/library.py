"""The media of a production: what people bring in, what there is, and one's own as a take."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import Forbidden, Invalid, NotFound, Unsupported
from domain.media import hashing
from domain.media.declared import fits
from domain.media.kind import ProviderKind
from domain.media.registry import Registered
from domain.media.staging import MediaType
from domain.media.tag import MediaTag, Scope
from domain.ports import UnitOfWork
from domain.story import paths
from domain.story.board import Slot
from domain.story.names import canonical
from domain.usecases.base import Tools, find_project
from domain.usecases.generation import find_slot
from domain.work.take import Take

LONGEST_ALIAS = 200


class Brought(Entity):
    """A file as it came; its name and type are what the sender says."""

    data: bytes
    name: str = ""
    mime: str = ""


class TagView(Entity):
    """A tag as a reader sees it: what it is and goes by; no address, no use."""

    id: str
    scope: Scope
    hash: str
    """SHA-256 of the bytes."""
    media_type: MediaType
    mime_type: str
    size: int
    width: int | None
    height: int | None
    duration: float | None
    kind: ProviderKind
    origin: str
    aliases: tuple[str, ...]
    available: bool
    """Whether the bytes are there; what is not is never offered."""
    reuse_key: str | None
    adapted: dict[str, Any] | None
    realised: dict[str, Any] | None
    created_at: datetime


class TagRecord(Entity):
    """Every tag of one content that a production sees, and how it came in, oldest first."""

    hash: str
    tags: tuple[TagView, ...]
    audit: tuple[Registered, ...]


class Library:
    """Bytes are looked into and stored before the transaction that makes them count."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def listing(
        self, user: User, key: str, *, scope: Scope | None = None, after: str = "", limit: int = 100
    ) -> Sequence[TagView]:
        """What a production sees, by id, from the first one after ``after``."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            project = find_project(work, key)
            found = work.media.listing(project.id, scope=scope, after=after, limit=limit)
            return self._views(work, found)

    def get(self, user: User, key: str, sha256: str) -> TagRecord:
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            tags = self._of_hash(work, find_project(work, key).id, sha256)
            return TagRecord(
                hash=sha256,
                tags=tuple(self._views(work, tags)),
                audit=tuple(work.media.audit(sha256)),
            )

    def upload(
        self,
        user: User,
        key: str,
        brought: Brought,
        *,
        alias: str | None = None,
        scope: Scope = Scope.PROJECT,
    ) -> TagView:
        """Raises Unsupported, TooLarge or Invalid for what is not taken."""
        user.require(Right.MAKE if scope is Scope.PROJECT else Right.WRITE)
        if scope is Scope.BUILT_IN:
            raise Forbidden("What came with the house can't be added to.")
        aliases = [] if alias is None else [_alias(alias)]
        with self._tools.works(reading=True) as work:
            project = find_project(work, key)
        tag = self._taken_in(brought)
        with self._tools.works(actor=user.name) as work:
            project = find_project(work, key)
            home = project.id if scope is Scope.PROJECT else None
            registrar = self._tools.registrar()
            kept = registrar.register(work, tag.evolve(project_id=home), aliases)
            if home is not None and aliases:
                self._judge_anew(work, home, aliases[0], kept.sha256)
            view = self._views(work, [kept])[0]
            work.commit()
            return view

    def bring_take(self, user: User, slot_id: str, brought: Brought) -> Take:
        """A person's own picture, sound or clip for a slot."""
        user.require(Right.MAKE)
        with self._tools.works(reading=True) as work:
            slot = find_slot(work, slot_id)
        tag = self._taken_in(brought, slot)
        with self._tools.works(actor=user.name) as work:
            slot = find_slot(work, slot_id)
            registrar = self._tools.registrar()
            take = self._take(work, slot, registrar.register(work, _own(tag, slot)))
            work.commit()
            return take

    def use_media(self, user: User, slot_id: str, sha256: str) -> Take:
        """Media that is there already, as a person's own take; raises NotFound."""
        user.require(Right.MAKE)
        with self._tools.works(actor=user.name) as work:
            slot = find_slot(work, slot_id)
            there = [
                tag
                for tag in self._of_hash(work, slot.project_id, sha256)
                if self._tools.store.has(tag.file)
            ]
            if not there:
                raise NotFound("The bytes of this media are gone.", code="not_available")
            _refuse_misfit(slot, there[0].media_type)
            fake = next((tag for tag in there if tag.kind is ProviderKind.FAKE), None)
            take = self._take(work, slot, fake or there[0])
            work.commit()
            return take

    def _judge_anew(self, work: UnitOfWork, project_id: str, path: str, sha256: str) -> None:
        """Slots whose path this is ask for the new content from now on."""
        basis = hashing.with_inputs(hashing.path_basis(path), {"file": sha256})
        for slot in work.boards.load(project_id).slots:
            if slot.source.path == path and slot.basis != basis and not slot.removed:
                work.slots.set(slot.id, basis=basis)
                work.slots.touch(slot.id, "file")

    def _taken_in(self, brought: Brought, slot: Slot | None = None) -> MediaTag:
        registrar, name = self._tools.registrar(), _file_name(brought.name)
        found = registrar.look(brought.data, name=name, mime=brought.mime)
        if slot is not None:
            _refuse_misfit(slot, found.media_type)
        return registrar.take_in(brought.data, found, kind=ProviderKind.UPLOAD, origin=name)

    def _of_hash(self, work: UnitOfWork, project_id: str, sha256: str) -> Sequence[MediaTag]:
        tags = work.media.by_hash(sha256, project_id)
        if not tags:
            raise NotFound("There is no such media.")
        return tags

    def _take(self, work: UnitOfWork, slot: Slot, tag: MediaTag) -> Take:
        """Picked at once, with today's basis: it was given to the script as it stands."""
        self._tools.asking(work).retire_blocked(slot)
        take = work.takes.add(
            Take(
                id=self._tools.new_id(),
                slot_id=slot.id,
                project_id=slot.project_id,
                number=0,
                tag_id=tag.id,
                kind=tag.kind,
                origin="upload",
                basis=slot.basis,
                inputs=slot.inputs,
                realised=tag.realised or {},
                slot_version=0,
                created_at=self._tools.clock.now(),
            )
        )
        work.slots.set(slot.id, picked=take.id, waits_for=None)
        self._tools.dependents(work).follow([slot.id])
        work.slots.touch(slot.id, "uploaded")
        return take

    def _views(self, work: UnitOfWork, tags: Sequence[MediaTag]) -> list[TagView]:
        aliases = work.media.aliases([tag.id for tag in tags])
        return [self._view(tag, aliases) for tag in tags]

    def _view(self, tag: MediaTag, aliases: Mapping[str, Sequence[str]]) -> TagView:
        return TagView(
            id=tag.id,
            scope=tag.scope,
            hash=tag.sha256,
            media_type=tag.media_type,
            mime_type=tag.mime,
            size=tag.size,
            width=tag.width,
            height=tag.height,
            duration=tag.duration,
            kind=tag.kind,
            origin=tag.origin,
            aliases=tuple(aliases.get(tag.id, ())),
            available=self._tools.store.has(tag.file),
            reuse_key=tag.reuse_key,
            adapted=tag.adapted,
            realised=tag.realised,
            created_at=tag.created_at,
        )


def _own(tag: MediaTag, slot: Slot) -> MediaTag:
    """Of the slot's project; and sound is what its slot is for."""
    by_use = slot.media_type if slot.media_type.is_sound else tag.media_type
    return tag.evolve(project_id=slot.project_id, media_type=by_use)


def _refuse_misfit(slot: Slot, found: MediaType) -> None:
    if not fits(slot.media_type, found):
        message = f"This is for {slot.media_type}, and what came is {found}."
        raise Unsupported(message, code="wrong_media_type")


def _alias(text: str) -> str:
    """An alias as look-ups spell it; one that is a path is one that a script could write."""
    alias = canonical(text.strip())
    if len(alias) > LONGEST_ALIAS:
        raise Invalid(f"An alias may have {LONGEST_ALIAS} characters.", code="bad_alias")
    return _inside(alias, "alias", "bad_alias")


def _file_name(name: str) -> str:
    """Kept for people to read; no file is ever called so."""
    return _inside(name, "file name", "unsafe_path") if name else ""


def _inside(text: str, what: str, code: str) -> str:
    try:
        return paths.inside(text)
    except ValueError as problem:
        raise Invalid(f"The {what} {text[:100]!r} {problem}.", code=code) from None
