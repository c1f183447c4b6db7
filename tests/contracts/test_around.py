"""The part of a board that a reader of one shot needs, on every database."""

import pytest

from domain.errors import NotFound
from domain.story.board import Board, Choice, Concept, Line, Scene, Shot
from tests.builders import a_board, a_concept, a_shot, a_slot, new_id
from tests.contracts.databases import Database


def film() -> Board:
    """A … H in one scene, C removed; in D is Mira, Tomas speaks, and a choice leads to H."""
    board = a_board()
    project = board.project
    keys = ("mira", "tomas", "tower", "sea")
    concepts = [a_concept(project, key, position=at) for at, key in enumerate(keys)]
    scene = Scene(id=new_id(), project_id=project.id, key="sc1", location="tower")
    other = Scene(id=new_id(), project_id=project.id, key="sc2", location="sea", position=1)
    shots = [a_shot(project, at, key=key, scene_id=scene.id) for at, key in enumerate("ABCDEFGH")]
    shots[2] = shots[2].evolve(removed=True)
    shots[3] = shots[3].evolve(
        cast=("mira",),
        dialogue=(Line(speaker="tomas", text="No."), Line(text="A knock.")),
        choices=(Choice(text="Home", to="H"), Choice(text="On")),
    )
    owners: list[Shot | Concept] = [*shots, *concepts]
    slots = [a_slot(owner) for owner in owners]
    return Board(
        project=project,
        scenes=(scene, other),
        shots=tuple(shots),
        concepts=tuple(concepts),
        slots=tuple(slots),
    )


def read(database: Database, board: Board, cursor: str | None) -> Board:
    with database.works(reading=True) as work:
        return work.boards.around(board.project.id, cursor)


@pytest.mark.parametrize(
    ("cursor", "codes"), [(None, "AB"), ("A", "AB"), ("B", "ABD"), ("D", "BDEH"), ("H", "GH")]
)
def test_a_shot_comes_with_its_neighbours_and_where_it_leads(
    database: Database, cursor: str | None, codes: str
) -> None:
    board = database.keep(film())
    assert sorted(one.code for one in read(database, board, cursor).shots) == [*codes]


def test_with_it_come_its_scene_who_is_in_it_or_speaks_and_the_slots_of_all(
    database: Database,
) -> None:
    board = database.keep(film())
    part = read(database, board, board.shots[3].id)
    assert part.project == board.project
    assert part.scenes == board.scenes[:1]
    assert {one.key for one in part.concepts} == {"mira", "tomas", "tower"}
    owners = {one.id for one in part.shots} | {one.id for one in part.concepts}
    assert {one.id for one in part.slots} == {
        one.id for one in board.slots if one.owner_id in owners
    }


@pytest.mark.parametrize("cursor", ["C", "Z", "sc1"])
def test_a_shot_that_is_not_there_is_not_read(database: Database, cursor: str) -> None:
    board = database.keep(film())
    part = read(database, board, cursor)
    assert (part.shots, part.scenes, len(part.concepts)) == ((), (), 4)


def test_of_concepts_alone_all_are_read(database: Database) -> None:
    board = film()
    removed = tuple(one.evolve(removed=True) for one in board.shots)
    gone = board.concepts[3].evolve(removed=True)
    database.keep(board.evolve(shots=removed, concepts=(*board.concepts[:3], gone)))
    part = read(database, board, None)
    assert part.shots == ()
    assert {one.key for one in part.concepts} == {"mira", "tomas", "tower"}
    assert {one.owner_id for one in part.slots} == {one.id for one in part.concepts}


def test_a_production_that_is_not_there_is_told(database: Database) -> None:
    with database.works(reading=True) as work, pytest.raises(NotFound):
        work.boards.around("nothing", None)
