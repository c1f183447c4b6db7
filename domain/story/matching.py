"""Which shot of the script is which shot of before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from domain.story.board import Board, Shot
from domain.story.script import Script, ScriptShot

Place = tuple[str, str]
"""A scene's key and a shot's key."""


def match_shots(script: Script, previous: Board) -> dict[Place, Shot]:
    """The shot of before for every place of the script that has one; none is given twice.

    First ``was``, where the id it names is not in the script or belongs to a shot whose own
    ``was`` counts; then the same place, removed shots included; then the same shot id that
    vanished from exactly one scene. A ``was`` that stood at the same live shot before has been
    obeyed and does not count again, be the shot carried to another scene.
    """
    before = _Before(previous)
    now = {(scene.key, shot.key): shot for scene in script.scenes for shot in scene.shots}
    matched: dict[Place, Shot] = {}
    for place, old in _renamed(now, before):
        before.take(matched, place, old)
    for place in now:
        if place not in matched:
            before.take(matched, place, before.at(place))
    vanished = _vanished(now, before)
    for place in now:
        if place not in matched:
            scenes = vanished.get(place[1], ())
            before.take(matched, place, scenes[0] if len(scenes) == 1 else None)
    return matched


class _Before:
    """The shots of before, by place, by code and by id; live ones go before removed ones."""

    def __init__(self, board: Board) -> None:
        scenes = {scene.id: scene.key for scene in board.scenes}
        self.taken: set[str] = set()
        self.live: dict[Place, Shot] = {}
        self.obeyed: dict[tuple[str, str], list[Place]] = defaultdict(list)
        """Places of live shots by their key and the ``was`` that was obeyed there."""
        self.by_place: dict[Place, Shot] = {}
        self.by_code: dict[str, Shot] = {}
        for shot in sorted(board.shots, key=lambda one: one.removed):
            place = (scenes.get(shot.scene_id or "", ""), shot.key)
            self.by_place.setdefault(place, shot)
            self.by_code.setdefault(shot.code, shot)
            if not shot.removed:
                self.live[place] = shot
                if shot.was is not None:
                    self.obeyed[shot.key, shot.was].append(place)

    def at(self, place: Place) -> Shot | None:
        return self.by_place.get(place)

    def take(self, matched: dict[Place, Shot], place: Place, old: Shot | None) -> None:
        if old is not None and old.id not in self.taken:
            self.taken.add(old.id)
            matched[place] = old


def _renamed(now: dict[Place, ScriptShot], before: _Before) -> Iterator[tuple[Place, Shot]]:
    """Places whose ``was`` counts and names a shot of before, in its own scene or by code."""
    codes = {shot.code: place for place, shot in now.items()}
    known: dict[Place, bool] = {}
    for place, shot in now.items():
        if shot.was is not None and _counts(place, now, codes, before, known):
            old = before.at((place[0], shot.was)) or before.by_code.get(shot.was)
            if old is not None:
                yield place, old


def _counts(
    place: Place,
    now: dict[Place, ScriptShot],
    codes: dict[str, Place],
    before: _Before,
    known: dict[Place, bool],
) -> bool:
    """Follow the names: one that is not in the script ends well, a shot without ``was`` not.

    All shots on the way share the answer, and ``known`` keeps it.
    """
    way: dict[Place, None] = {}
    while place not in known:
        way[place] = None
        was = now[place].was
        if was is None or _was_obeyed(place, now, before):
            known[place] = False
            break
        named = (place[0], was)
        target = named if named in now else codes.get(was)
        if target is None or target in way:
            known[place] = True
            break
        place = target
    known.update(dict.fromkeys(way, known[place]))
    return known[place]


def _was_obeyed(place: Place, now: dict[Place, ScriptShot], before: _Before) -> bool:
    """Whether this ``was`` stood here before, or where the shot has just been carried away."""
    shot = now[place]
    stood = before.obeyed.get((shot.key, shot.was or ""), ())
    return any(other == place or other not in now for other in stood)


def _vanished(now: dict[Place, ScriptShot], before: _Before) -> dict[str, Sequence[Shot]]:
    """Live shots of before whose place is gone and whom nobody took, by shot id."""
    vanished: dict[str, list[Shot]] = defaultdict(list)
    for place, shot in before.live.items():
        if place not in now and shot.id not in before.taken:
            vanished[place[1]].append(shot)
    return dict(vanished)
