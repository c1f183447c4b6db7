"""Building a script as a build system does: look what it would take, bring it in, make it."""

import hashlib
from collections.abc import Mapping

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import ScriptRefused, StudioError
from domain.media.tag import Scope
from domain.ports import UnitOfWork
from domain.story.board import Board, Project
from domain.story.compiler import Compiled
from domain.story.context import with_contents
from domain.story.identity import assemble
from domain.usecases.base import Tools, find_project
from domain.usecases.generation import decide, summarise
from domain.usecases.productions import Files, Productions
from domain.work.blocking import Reason
from domain.work.planning import Decision, Receipt


class Plan(Entity):
    """A receipt in names: ``slots`` has ``owner/media_id`` for each slot's id."""

    project: str
    title: str
    receipt: Receipt
    slots: Mapping[str, str]


class Building:
    """All scopes at once: what is missing, what is stale, what failed and may pass."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def plan(self, user: User, key: str) -> Plan:
        """What building the production as it stands would do; no effect."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            board = work.boards.load(find_project(work, key).id)
            return _plan(board, decide(self._tools.asking(work), board, "all"))

    def plan_script(self, user: User, compiled: Compiled, files: Files) -> Plan:
        """What building this script would do, whether or not it was built before; no effect.

        Raises ScriptRefused.
        """
        user.require(Right.READ)
        if compiled.refused:
            raise ScriptRefused(compiled.diagnostics)
        with self._tools.works(reading=True) as work:
            project = work.boards.find(compiled.script.key)
            before = work.boards.load(project.id) if project else None
            contents = dict(work.media.contents(project.id)) if project else {}
            contents |= {path: _sha256(files.read(path)) for path in files}
            adapt = with_contents(contents)
            board = assemble(compiled.script, before, self._tools.new_id, adapt).board
            decisions = decide(self._tools.asking(work), board, "all")
        paths = {slot.id: slot.source.path for slot in board.slots}
        return _plan(board, [_with_file(one, paths[one.slot_id], files) for one in decisions])

    def bring(self, user: User, source: bytes, compiled: Compiled, files: Files) -> Project:
        """The production of this script, made or changed where it or one of its files differs.

        Raises ScriptRefused.
        """
        user.require(Right.WRITE)
        if compiled.refused:
            raise ScriptRefused(compiled.diagnostics)
        key, productions = compiled.script.key, Productions(self._tools)
        with self._tools.works(reading=True) as work:
            project = work.boards.find(key)
            same = project is not None and self._is_same(work, project, source, files)
        if project is None:
            return productions.create(user, source, key=key, files=files).project
        return project if same else productions.change(user, key, source, files=files).project

    def _is_same(self, work: UnitOfWork, project: Project, source: bytes, files: Files) -> bool:
        if work.boards.text(project.id).encode() != source:
            return False
        return all(self._is_kept(work, project, path, files.read(path)) for path in files)

    def _is_kept(self, work: UnitOfWork, project: Project, path: str, data: bytes) -> bool:
        tags = work.media.by_alias(path, project.id, Scope.PROJECT)
        if tags:
            return tags[0].sha256 == _sha256(data)
        try:
            self._tools.registrar().look(data, name=path)
        except StudioError:
            return True  # it is no media, and would be left out again
        return False


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _plan(board: Board, decisions: list[Decision]) -> Plan:
    owners = {one.id: one.code for one in board.shots} | {one.id: one.key for one in board.concepts}
    return Plan(
        project=board.project.key,
        title=board.project.header.title,
        receipt=summarise(board, decisions),
        slots={one.id: f"{owners[one.owner_id]}/{one.media_id}" for one in board.slots},
    )


def _with_file(decision: Decision, path: str | None, files: Files) -> Decision:
    """A file beside the script that is not brought in yet would be attached."""
    there = path is not None and files.exists(path)
    if there and (decision.reason is Reason.SOURCE_MISSING or decision.verb == "attach"):
        return Decision(slot_id=decision.slot_id, verb="attach")
    return decision
