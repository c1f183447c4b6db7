"""Random edits, many of them: nobody loses a shot, a slot or a take."""

import random
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from domain.story.board import Board
from domain.story.identity import Assembled
from tests.domain.story.scripts import build

SCENES = ("s1", "s2", "s3")


@dataclass
class Take:
    """A shot as a person thinks of it, whatever it is called."""

    key: str
    scene: str
    content: str = ""
    was: str | None = None
    items: list[str] = field(default_factory=lambda: ["frame"])


class Film:
    """A script that is edited at random; keys are never used twice."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - not a secret
        self._names = count(1)
        self.shots = [self.new() for _ in range(6)]
        self.cut: list[Take] = []
        self.known: dict[int, str] = {}
        """Codes before the edit, by ``id(shot)``."""

    def new(self) -> Take:
        return Take(key=f"k{next(self._names)}", scene=self.random.choice(SCENES))

    def edit(self) -> None:
        """A few edits, each of another shot."""
        self.known = self.codes()
        some = self.random.sample(self.shots, k=min(3, len(self.shots)))
        for shot in some:
            self.random.choice(
                [self.insert, self.delete, self.carry, self.rename, self.reword, self.forget]
            )(shot)
        if self.cut and self.random.random() < 0.4:
            back = self.cut.pop(self.random.randrange(len(self.cut)))
            self.shots.insert(self.random.randint(0, len(self.shots)), back)

    def insert(self, shot: Take) -> None:
        self.shots.insert(self.shots.index(shot), self.new())

    def delete(self, shot: Take) -> None:
        if id(shot) in self.known:
            self.shots.remove(shot)
            self.cut.append(shot)

    def carry(self, shot: Take) -> None:
        self.shots.remove(shot)
        self.shots.insert(self.random.randint(0, len(self.shots)), shot)
        shot.scene = self.random.choice(SCENES)

    def rename(self, shot: Take) -> None:
        if id(shot) in self.known:
            shot.was = self.known[id(shot)]
            shot.key = f"k{next(self._names)}"

    def reword(self, shot: Take) -> None:
        shot.content += "x"
        shot.items = self.random.sample(["frame", "second", "third"], k=self.random.randint(1, 3))

    def forget(self, shot: Take) -> None:
        shot.was = None

    def script(self) -> dict[str, Any]:
        return {
            "scenes": [
                {"id": scene, "shots": [_written(one) for one in self.shots if one.scene == scene]}
                for scene in SCENES
            ]
        }

    def codes(self) -> dict[int, str]:
        return {id(one): f"{one.scene}_{one.key}" for one in self.shots}


def _written(shot: Take) -> dict[str, Any]:
    spec = {"type": "stable_diffusion", "prompt": "a lamp"}
    return {
        "id": shot.key,
        "content": shot.content,
        "media": [{"media_id": name, "media_spec": spec} for name in shot.items],
        **({"was": shot.was} if shot.was else {}),
    }


def generate(board: Board, dice: random.Random) -> Board:
    """Some takes come in."""
    slots = tuple(
        one.evolve(takes=one.takes + 1, picked=f"take {one.id}")
        if not one.removed and dice.random() < 0.3
        else one
        for one in board.slots
    )
    return board.evolve(slots=slots)


def everything(board: Board) -> dict[str, object]:
    """What must never be lost: each part, and what was done to each slot."""
    parts: dict[str, object] = {one.id: one.media_id for one in board.slots}
    parts |= {f"takes of {one.id}": (one.takes, one.picked) for one in board.slots}
    parts |= dict.fromkeys(one.id for one in board.shots)
    parts |= dict.fromkeys(one.id for one in board.scenes)
    parts |= dict.fromkeys(one.id for one in board.concepts)
    return parts


def nothing_is_lost(before: Board, result: Assembled) -> None:
    now = result.board
    assert everything(before).items() <= everything(now).items()
    assert all(len(set(ids)) == len(ids) for ids in _ids(now))
    live = [shot for shot in now.shots if not shot.removed]
    assert len({shot.code for shot in live}) == len(live)
    assert [shot.position for shot in live] == list(range(len(live)))
    owners = {one.id for one in live}
    assert all(one.owner_id in owners for one in now.slots if not one.removed)
    names = [
        name
        for listed in result.changes.model_dump().values()
        if isinstance(listed, tuple)
        for name in listed
    ]
    assert len(names) == len(set(names))


def _ids(board: Board) -> list[list[str]]:
    return [
        [one.id for one in board.shots],
        [one.id for one in board.slots],
        [one.id for one in board.scenes],
        [one.id for one in board.concepts],
    ]


@pytest.mark.parametrize("seed", range(12))
def test_every_shot_keeps_its_identity_through_any_edit(seed: int) -> None:
    film = Film(seed)
    board = build(film.script()).board
    known = _ids_by_shot(film, board)
    for _ in range(25):
        board = generate(board, film.random)
        film.edit()
        result = build(film.script(), board)
        nothing_is_lost(board, result)
        now = _ids_by_shot(film, result.board)
        assert {one: now[one] for one in now if one in known} == {
            one: known[one] for one in known if one in now
        }
        known |= now
        board = result.board
        again = build(film.script(), board)
        assert again.board == board
        assert not any(again.changes.model_dump(exclude={"kept_takes"}).values())


def _ids_by_shot(film: Film, board: Board) -> dict[int, str]:
    ids = {shot.code: shot.id for shot in board.shots if not shot.removed}
    return {shot: ids[code] for shot, code in film.codes().items()}


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_lost_where_names_are_used_again_in_every_way(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - not a secret
    board = build(_chaos(dice)).board
    for _ in range(20):
        board = generate(board, dice)
        script = _chaos(dice)
        result = build(script, board)
        nothing_is_lost(board, result)
        board = result.board
        again = build(script, board)
        assert again.board == board
        assert not any(again.changes.model_dump(exclude={"kept_takes"}).values())


def _chaos(dice: random.Random) -> dict[str, Any]:
    """Few names, many coincidences."""
    names = ("A", "B", "C", "D")
    scenes = dice.sample(("s", "t", "u"), k=dice.randint(1, 3))
    return {
        "scenes": [
            {
                "id": scene,
                "shots": [
                    _written(Take(key, scene, was=_maybe_was(dice, names)))
                    for key in dice.sample(names, k=dice.randint(0, 4))
                ],
            }
            for scene in scenes
        ],
        "concepts": [{"id": key, "type": "prop"} for key in ("m", "n") if dice.random() < 0.5],
    }


def _maybe_was(dice: random.Random, names: tuple[str, ...]) -> str | None:
    name = dice.choice(names)
    return dice.choice((None, None, name, f"{dice.choice('stu')}_{name}"))
