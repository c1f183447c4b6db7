"""Productions: made from a script, changed by a script; nothing is ever lost by an edit."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import Conflict, Invalid, ScriptRefused, TooLarge, Unsupported
from domain.events import Event
from domain.media.kind import ProviderKind
from domain.media.tag import MediaTag, Scope
from domain.ports import UnitOfWork
from domain.story.board import Board, Project
from domain.story.changes import Changes
from domain.story.compiler import Compiled, compile_script
from domain.story.context import with_contents
from domain.story.diagnostics import Diagnostic
from domain.story.identity import Assembled, assemble
from domain.story.script import MediaItem, Script, ScriptConcept, ScriptShot
from domain.story.sources import Assets
from domain.usecases.asking import retire_blocked
from domain.usecases.base import Tools, find_project
from domain.usecases.judging import judged

IN_SCRIPT = "script"
"""Where data comes from that a script holds itself: ``script/<media_id>``."""


class Files:
    """Files that came with a script, by their path beside it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {str(PurePosixPath(path)): data for path, data in files.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def exists(self, path: str) -> bool:
        return str(PurePosixPath(path)) in self._files

    def read(self, path: str) -> bytes:
        return self._files[str(PurePosixPath(path))]


class FilesNow:
    """The files that came, and those of before: an edit adds and replaces, and takes none away."""

    def __init__(self, files: Files, was_there: Callable[[str], bool]) -> None:
        self._files = files
        self._was_there = was_there

    def exists(self, path: str) -> bool:
        return self._files.exists(path) or self._was_there(path)


class Brought(NamedTuple):
    """Media that came with a script, and the names it goes by."""

    tag: MediaTag
    aliases: tuple[str, ...]


class Imported(Entity):
    """What an import or an edit did."""

    project: Project
    changes: Changes
    diagnostics: tuple[Diagnostic, ...]
    stale: tuple[str, ...] = ()
    """Shots' codes and concepts' ids of which a shown take is stale by it."""
    again: tuple[str, ...] = ()
    """Those of which one is current again."""


class Productions:
    """Making productions and changing their scripts."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def check(self, source: bytes, *, name: str, files: Files | None = None) -> Compiled:
        """Compile only: what could be read, and all there is to say about it."""
        return compile_script(source, name=name, assets=files)

    def listing(self, user: User) -> Sequence[Project]:
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return work.boards.projects()

    def get(self, user: User, key: str) -> Project:
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return find_project(work, key)

    def text(self, user: User, key: str) -> str:
        """The script as it was written."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return work.boards.text(find_project(work, key).id)

    def create(
        self,
        user: User,
        source: bytes,
        *,
        name: str = "script.yaml",
        key: str | None = None,
        files: Files | None = None,
    ) -> Imported:
        """A new production. Raises ScriptRefused, or Conflict where its id is taken."""
        user.require(Right.WRITE)
        compiled = self._compile(source, name=name, key=key, files=files)
        brought, refused = self._store(compiled.script, files)
        with self._tools.works(actor=user.name) as work:
            taken = work.boards.find(compiled.script.key)
            if taken is not None:
                message = f"There is a production {taken.key!r} already; change its script instead."
                raise Conflict(message, code="exists")
            contents = _contents(brought)
            assembled = assemble(compiled.script, None, self._tools.new_id, with_contents(contents))
            work.boards.add(assembled.board.project, assembled.board, source.decode())
            self._bind(work, assembled.board.project, brought)
            self._tell(work, assembled.board.project, "created", user)
            work.commit()
        return self._report(compiled, refused, assembled)

    def change(
        self,
        user: User,
        key: str,
        source: bytes,
        *,
        preview: bool = False,
        files: Files | None = None,
        revision: int | None = None,
        restored: int | None = None,
    ) -> Imported:
        """Compile again; ids and takes are kept. With ``preview`` nothing is changed.

        Raises Conflict where the script is not at ``revision`` any more. ``restored``: the
        revision that the source was taken from.
        """
        user.require(Right.WRITE)
        with self._tools.works(reading=True) as work:
            project = find_project(work, key)
        refuse_stale(project, revision)
        project_id = project.id
        now = files and FilesNow(files, lambda path: self._has_file(project_id, path))
        compiled = self._compile(source, name=f"{key}.yaml", key=key, files=now)
        if compiled.script.key != key:
            message = f"This script is of {compiled.script.key!r}, not of {key!r}."
            raise Conflict(message, code="other_project")
        brought, refused = ([], []) if preview else self._store(compiled.script, files, project_id)
        with self._tools.works(reading=preview, actor=user.name) as work:
            before = work.boards.load(find_project(work, key).id)
            refuse_stale(before.project, revision)
            contents = {**work.media.contents(project_id), **_contents(brought)}
            assembled = assemble(
                compiled.script, before, self._tools.new_id, with_contents(contents)
            )
            stale, again = judged(work, before, assembled.board)
            if not preview:
                after = _next_revision(before, assembled.board)
                work.boards.save(
                    before, after, source.decode(), assembled.changes, restored=restored
                )
                self._bind(work, after.project, brought)
                self._settle(work, before, after)
                self._tools.dependents(work).follow_all(after)
                self._tell(work, after.project, "changed", user)
                work.commit()
                assembled = assembled.evolve(board=after)
        told = self._report(compiled, refused, assembled)
        return told.evolve(stale=stale, again=again)

    def _has_file(self, project_id: str, path: str) -> bool:
        with self._tools.works(reading=True) as work:
            return bool(work.media.by_alias(path, project_id, Scope.PROJECT))

    def _compile(
        self, source: bytes, *, name: str, key: str | None, files: Assets | None
    ) -> Compiled:
        compiled = compile_script(source, name=name, project_key=key, assets=files)
        if compiled.refused:
            raise ScriptRefused(compiled.diagnostics)
        return compiled

    def _report(
        self, compiled: Compiled, refused: Sequence[Diagnostic], assembled: Assembled
    ) -> Imported:
        return Imported(
            project=assembled.board.project,
            changes=assembled.changes,
            diagnostics=(*compiled.diagnostics, *refused),
        )

    def _store(
        self, script: Script, files: Files | None, project_id: str | None = None
    ) -> tuple[list[Brought], list[Diagnostic]]:
        """Look into and store the files and the data that the script names.

        What is not taken is left out and said: the slot stays without it.
        """
        registrar = self._tools.registrar()
        brought, refused = [], []
        for line, item in _first_of_each_source(script):
            if item.data is not None:
                data, name = base64.b64decode(item.data), f"{IN_SCRIPT}/{item.media_id}"
                if project_id is not None and self._is_there(project_id, data):
                    continue
            elif item.path is not None and files is not None and files.exists(item.path):
                data, name = files.read(item.path), item.path
            else:
                continue
            try:
                found = registrar.look(data, name=item.path or "")
            except (Unsupported, TooLarge, Invalid) as error:
                message = f"{name} is left out: {error.message}"
                refused.append(
                    Diagnostic(
                        severity="warning", code=error.code, message=message, line=line, column=1
                    )
                )
                continue
            tag = registrar.take_in(data, found, kind=ProviderKind.FILE, origin=name)
            brought.append(Brought(tag, (item.path,) if item.path else ()))
        return brought, refused

    def _is_there(self, project_id: str, data: bytes) -> bool:
        """Whether these bytes came with an earlier revision: they need no second look."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._tools.works(reading=True) as work:
            tags = work.media.by_hash(sha256, project_id, Scope.PROJECT)
        return any(self._tools.store.has(tag.file) for tag in tags)

    def _bind(self, work: UnitOfWork, project: Project, brought: Sequence[Brought]) -> None:
        registrar = self._tools.registrar()
        for one in brought:
            registrar.register(work, one.tag.evolve(project_id=project.id), one.aliases)

    def _settle(self, work: UnitOfWork, before: Board, after: Board) -> None:
        """A blocked or waiting ask ends when its slot is gone; what runs is left to finish."""
        old = {slot.id: slot for slot in before.slots}
        changed = [one for one in after.slots if one.id in old and one != old[one.id]]
        for slot in changed:
            if slot.provider != old[slot.id].provider:
                work.slots.set(slot.id, provider=slot.provider)
            if slot.waits_for != old[slot.id].waits_for:
                work.slots.set(slot.id, waits_for=slot.waits_for)
            if slot.version != old[slot.id].version:
                work.slots.touch(slot.id, "removed" if slot.removed else "script")
        gone = [one.id for one in changed if one.removed]
        if gone:
            retire_blocked(work, gone)

    def _tell(self, work: UnitOfWork, project: Project, action: str, user: User) -> None:
        work.events.add(
            Event(
                project_id=project.id,
                type="script",
                action=action,
                actor=user.name,
                version=project.revision,
                at=self._tools.clock.now(),
            )
        )


def refuse_stale(project: Project, revision: int | None) -> None:
    """Raises Conflict where somebody saved the script after ``revision``."""
    if revision is not None and revision != project.revision:
        message = (
            f"The script is at revision {project.revision} by now, not at {revision}; "
            "look at what was changed and try again."
        )
        raise Conflict(message, code="stale_revision", revision=project.revision)


def _contents(brought: Sequence[Brought]) -> dict[str, str]:
    return {alias: one.tag.sha256 for one in brought for alias in one.aliases}


def _first_of_each_source(script: Script) -> Iterator[tuple[int, MediaItem]]:
    """One item for each path and each piece of data that a script names, with its owner's line."""
    seen = set()
    owners: list[ScriptConcept | ScriptShot] = [*script.concepts, *script.shots]
    for owner in owners:
        for item in owner.media:
            source = item.path, item.data
            if any(source) and source not in seen:
                seen.add(source)
                yield owner.line, item


def _next_revision(before: Board, after: Board) -> Board:
    project = after.project.evolve(revision=before.project.revision + 1)
    return after.evolve(project=project)
