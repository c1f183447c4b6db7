"""Scripts as texts: edited in place, looked back at, restored. No take is ever lost by it."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import Conflict, Invalid, NotFound
from domain.media.staging import MediaType
from domain.story.board import Board, Project, Slot
from domain.story.editing import edited
from domain.story.edits import MOST, Edit, Set
from domain.story.putting import edits_for, overrides
from domain.story.revision import Revision
from domain.usecases.base import Tools, find_project
from domain.usecases.generation import find_slot
from domain.usecases.productions import Imported, Productions, refuse_stale
from domain.usecases.unblocking import Unblocking

DEMO = "fake"
"""The name of the provider of demo pictures."""


class Edited(Entity):
    """What an edit did, and the text before and after it."""

    imported: Imported
    before: str
    after: str


class Scripts:
    """Every way in ends in ``Productions.change``: compiled first, saved whole or not at all."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._productions = Productions(tools)

    def read(self, user: User, key: str) -> tuple[Project, str]:
        """The production, whose revision this is, and the script as it was written."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            project = find_project(work, key)
            return project, work.boards.text(project.id, project.revision)

    def edit(
        self, user: User, key: str, edits: Sequence[Edit], *, revision: int, preview: bool = False
    ) -> Edited:
        """Change the text in place. Raises Conflict where it is not at ``revision`` any more,
        ScriptRefused where it would have errors; then nothing is changed.
        """
        user.require(Right.WRITE)
        if not 1 <= len(edits) <= MOST:
            raise Invalid(f"There are {len(edits)} edits; send 1 to {MOST}.", code="too_many_edits")
        with self._tools.works(reading=True) as work:
            project = find_project(work, key)
            refuse_stale(project, revision)
            before = work.boards.text(project.id, revision)
            shots = work.boards.load(project.id).shots
        names = {one.id: one.code for one in shots if not one.removed}
        after = edited(before, edits, names)
        imported = self._productions.change(
            user, key, after.encode(), preview=preview, revision=revision
        )
        return Edited(imported=imported, before=before, after=after)

    def use_demo(self, user: User, key: str, types: Sequence[MediaType]) -> Edited:
        """Name the fake provider for these types, in the script, where everybody sees it.

        What was blocked for want of a provider is asked for again.
        """
        project, _ = self.read(user, key)
        edits: list[Edit] = [
            Set(op="set", field=f"providers.{one.value}", value=DEMO) for one in types
        ]
        done = self.edit(user, key, edits, revision=project.revision)
        Unblocking(self._tools).ask_again()
        return done

    def put(
        self,
        user: User,
        slot_id: str,
        asked: Mapping[str, Any],
        *,
        revision: int | None = None,
        preview: bool = False,
    ) -> Edited:
        """Put what a person asked for a slot into its item's spec: fields of the adapted one.

        A take that was made so is what the script asks for then, and nothing is made.
        """
        user.require(Right.WRITE)
        with self._tools.works(reading=True) as work:
            slot = find_slot(work, slot_id)
            board = work.boards.load(slot.project_id)
        return self._put(user, board, slot, asked, revision=revision, preview=preview)

    def put_take(
        self, user: User, take_id: str, *, revision: int | None = None, preview: bool = False
    ) -> Edited:
        """The same with what a take was made from."""
        user.require(Right.WRITE)
        with self._tools.works(reading=True) as work:
            take = work.takes.get(take_id)
            if take is None:
                raise NotFound("There is no such take.")
            slot = find_slot(work, take.slot_id)
            board = work.boards.load(slot.project_id)
            tag = next(iter(work.media.many([take.tag_id])), None)
        if tag is None or not tag.adapted:
            raise Conflict("This take was not made from words.", code="nothing_to_put")
        asked = overrides(slot, tag.adapted)
        return self._put(user, board, slot, asked, revision=revision, preview=preview)

    def _put(
        self,
        user: User,
        board: Board,
        slot: Slot,
        asked: Mapping[str, Any],
        *,
        revision: int | None,
        preview: bool,
    ) -> Edited:
        if slot.source.spec is None:
            raise Conflict("The script gives this item no spec to put it into.", code="no_spec")
        edits = edits_for(board, slot, asked)
        if not edits:
            raise Conflict("The script asks for just this already.", code="nothing_to_put")
        at = board.project.revision if revision is None else revision
        return self.edit(user, board.project.key, edits, revision=at, preview=preview)

    def revisions(
        self, user: User, key: str, *, below: int | None = None, limit: int = 100
    ) -> Sequence[Revision]:
        """Newest first, those before ``below``."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            project = find_project(work, key)
            end = project.revision + 1 if below is None else below
            return work.boards.revisions(project.id, below=end, limit=limit)

    def text_of(self, user: User, key: str, revision: int) -> str:
        """The text of a revision; raises NotFound."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            return work.boards.text(find_project(work, key).id, revision)

    def restore(self, user: User, key: str, revision: int, *, now: int | None = None) -> Imported:
        """A new revision with the text of an old one. ``now``: the one that is expected."""
        text = self.text_of(user, key, revision)
        return self._productions.change(user, key, text.encode(), revision=now, restored=revision)
