"""Identity: a script becomes a board whose parts keep their ids, takes and choices.

Nothing is ever dropped: what the script no longer has stays with ``removed``, and comes back.
Scenes and concepts are known by their key, slots by owner and media_id, shots by
`domain.story.matching`.
"""

from collections.abc import Callable

from domain.entity import Entity
from domain.story.board import Board, Concept, Project, Scene, Shot
from domain.story.changes import Changes, compare
from domain.story.context import Adapt, adapt_slot
from domain.story.matching import match_shots
from domain.story.parts import Part, replaced, with_removed
from domain.story.script import Script, ScriptConcept, ScriptShot
from domain.story.slots import SlotMaker, remove


class Assembled(Entity):
    """``board`` holds live parts in script order, then removed ones."""

    board: Board
    changes: Changes


def assemble(
    script: Script,
    previous: Board | None,
    new_id: Callable[[], str],
    adapt: Adapt = adapt_slot,
) -> Assembled:
    """The board a script describes, and what changed since ``previous``.

    A project keeps its key, id, revision and pause, whatever the script's header says; the
    revision grows where the board is saved. Parts that did not change are the same objects.
    """
    before = previous or _empty(script, new_id)
    maker = _Maker(script, before, new_id)
    board = maker.board(adapt)
    return Assembled(board=board, changes=compare(before, board))


def _empty(script: Script, new_id: Callable[[], str]) -> Board:
    return Board(project=Project(id=new_id(), key=script.key, header=script.header))


class _Maker:
    """Makes one board; each list is made once, in the order of ``board``."""

    def __init__(self, script: Script, before: Board, new_id: Callable[[], str]) -> None:
        self._script = script
        self._before = before
        self._new_id = new_id
        self._project = replaced(before.project, header=script.header)

    def board(self, adapt: Adapt) -> Board:
        concepts = self._concepts()
        scenes = self._scenes()
        shots = self._shots({scene.key: scene.id for scene in scenes})
        board = Board(
            project=self._project,
            scenes=with_removed(scenes, self._before.scenes, _remove),
            shots=with_removed(shots, self._before.shots, _remove),
            concepts=with_removed(concepts, self._before.concepts, _remove),
            slots=(),
        )
        slots = SlotMaker(self._before, board, self._new_id, adapt)
        for concept, said in zip(concepts, self._script.concepts, strict=True):
            slots.add(concept, said.media)
        for shot, spoken in zip(shots, self._script.shots, strict=True):
            slots.add(shot, spoken.media)
        return board.evolve(slots=with_removed(slots.made, self._before.slots, remove))

    def _concepts(self) -> list[Concept]:
        known = {one.key: one for one in self._before.concepts}
        return [
            replaced(
                known.get(said.key) or self._new_concept(said),
                type=said.type,
                title=said.title,
                content=said.content,
                attributes=said.attributes,
                position=at,
                removed=False,
            )
            for at, said in enumerate(self._script.concepts)
        ]

    def _new_concept(self, said: ScriptConcept) -> Concept:
        return Concept(id=self._new_id(), project_id=self._project.id, key=said.key, type=said.type)

    def _scenes(self) -> list[Scene]:
        known = {one.key: one for one in self._before.scenes}
        return [
            replaced(
                known.get(said.key)
                or Scene(id=self._new_id(), project_id=self._project.id, key=said.key),
                episode=said.episode,
                title=said.title,
                location=said.location,
                position=at,
                removed=False,
            )
            for at, said in enumerate(self._script.scenes)
        ]

    def _shots(self, scene_ids: dict[str, str]) -> list[Shot]:
        matched = match_shots(self._script, self._before)
        said = [(scene.key, shot) for scene in self._script.scenes for shot in scene.shots]
        return [
            replaced(
                matched.get((scene, shot.key)) or self._new_shot(shot),
                scene_id=scene_ids[scene],
                key=shot.key,
                code=shot.code,
                was=shot.was,
                title=shot.title,
                content=shot.content,
                duration=shot.duration,
                camera=shot.camera,
                cast=shot.cast,
                dialogue=shot.dialogue,
                choices=shot.choices,
                position=at,
                removed=False,
            )
            for at, (scene, shot) in enumerate(said)
        ]

    def _new_shot(self, said: ScriptShot) -> Shot:
        return Shot(id=self._new_id(), project_id=self._project.id, key=said.key, code=said.code)


def _remove(part: Part) -> Part:
    return part.evolve(removed=True)
