"""Revisions of a script on every database: each text with who saved it, when, and what it did."""

import pytest

from domain.errors import NotFound
from domain.story.board import Board
from domain.story.changes import Changes
from tests.builders import a_board
from tests.contracts.databases import Database


def next_of(board: Board) -> Board:
    project = board.project.evolve(revision=board.project.revision + 1)
    return board.evolve(project=project)


def test_a_revision_keeps_its_text_its_author_and_what_it_changed(database: Database) -> None:
    first = database.keep(a_board())
    second, changes = next_of(first), Changes(added=("SH0030",), changed=("mira",), kept_takes=2)
    with database.works(actor="vera") as work:
        work.boards.save(first, second, "second", changes)
        work.boards.save(second, next_of(second), "the script", restored=1)
        work.commit()
    with database.works(reading=True) as work:
        project_id = first.project.id
        found = work.boards.revisions(project_id, below=9, limit=9)
        assert [work.boards.text(project_id, one.revision) for one in found] == [
            "the script",
            "second",
            "the script",
        ]
        assert work.boards.revisions(project_id, below=3, limit=1) == [found[1]]
        with pytest.raises(NotFound):
            work.boards.text(project_id, 4)
    assert [(one.revision, one.actor, one.restored) for one in found] == [
        (3, "vera", 1),
        (2, "vera", None),
        (1, None, None),
    ]
    assert [one.changes for one in found] == [Changes(), changes, Changes()]
    assert found[0].created_at >= found[-1].created_at
    assert found[0].created_at.tzinfo is not None
