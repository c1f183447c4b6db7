"""Episodes, scenes and top-level blocks, wherever a script puts them."""

from fractions import Fraction

from domain.story import names
from domain.story.choices import Way
from domain.story.concepts import Concepts
from domain.story.fields import Fields
from domain.story.findings import Findings, Path
from domain.story.nodes import Node
from domain.story.script import ScriptEpisode, ScriptScene, ScriptShot
from domain.story.shots import ShotReader
from domain.story.sources import Assets

EPISODE_KEYS = ("id", "title", "scenes")
SCENE_KEYS = ("id", "title", "location", "shots", "blocks")
SHOT_LISTS = ("shots", "blocks")
EPISODE_EXAMPLE = "{id: ep01, scenes: […]}"
SCENE_EXAMPLE = "{id: sc010, shots: […]}"
SHOT_EXAMPLE = "{id: SH0010, content: …}"


class SceneReader:
    """Reads all scenes in script order; afterwards its lists hold what was read."""

    def __init__(
        self, findings: Findings, concepts: Concepts, rate: Fraction, assets: Assets | None
    ) -> None:
        self.episodes: list[ScriptEpisode] = []
        self.scenes: list[ScriptScene] = []
        self.ways: list[Way] = []
        """Choices whose targets are still to be found."""
        self._findings = findings
        self._concepts = concepts
        self._shots = ShotReader(findings, concepts, rate, assets)
        self._scene_lines: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._was: dict[tuple[str, str], int] = {}

    def read(self, script: Fields) -> None:
        """Everything at the top level, in the order of the script."""
        blocks = self._shot_list(script)
        for name in script.node.entries:
            if name == "episodes":
                self._episodes(script)
            elif name == "scenes":
                self._scenes(script, episode=None)
            elif name == blocks:
                shots = self._read_shots(script, name, scene="")
                if shots:
                    line = script.node.key(name).line
                    self.scenes.append(ScriptScene(key="", shots=shots, line=line))

    def _episodes(self, script: Fields) -> None:
        lines: dict[str, int] = {}
        for node, path in script.items("episodes", EPISODE_EXAMPLE):
            fields = Fields.of(
                node,
                path,
                self._findings,
                known=EPISODE_KEYS,
                what="an episode",
                hint=EPISODE_EXAMPLE,
            )
            if fields is None:
                continue
            key = self._unique_id(fields, "an episode", "ep01", lines)
            if key is not None:
                title = fields.text("title") or ""
                self.episodes.append(ScriptEpisode(key=key, title=title, line=node.line))
            self._scenes(fields, episode=key)

    def _scenes(self, parent: Fields, *, episode: str | None) -> None:
        for node, path in parent.items("scenes", SCENE_EXAMPLE):
            self._scene(node, path, episode)

    def _scene(self, node: Node, path: Path, episode: str | None) -> None:
        fields = Fields.of(
            node, path, self._findings, known=SCENE_KEYS, what="a scene", hint=SCENE_EXAMPLE
        )
        if fields is None:
            return
        key = self._unique_id(fields, "a scene", "sc010", self._scene_lines)
        name = self._shot_list(fields)
        shots = self._read_shots(fields, name, scene=key) if name is not None else ()
        location = self._location(fields)
        if key is not None:
            self.scenes.append(
                ScriptScene(
                    key=key,
                    episode=episode,
                    title=fields.text("title") or "",
                    location=location,
                    shots=shots,
                    line=node.line,
                )
            )

    def _read_shots(self, fields: Fields, name: str, scene: str | None) -> tuple[ScriptShot, ...]:
        """The shots of a list. Those of a scene that is left out are read for their findings."""
        read: list[ScriptShot] = []
        lines: dict[str, int] = {}
        for node, path in fields.items(name, SHOT_EXAMPLE):
            draft = self._shots.read(node, path, scene or "")
            if draft is None:
                continue
            shot, shot_fields, ways = draft
            if shot.key in lines:
                message = f"{shot.key!r} is in this scene since line {lines[shot.key]}"
                shot_fields.error("duplicate_id", f"{message}; give another id", "id")
                continue
            lines[shot.key] = node.line
            if scene is None:
                continue
            if shot.code in self._codes:
                message = f"the code {shot.code!r} is taken since line {self._codes[shot.code]}"
                shot_fields.error("duplicate_code", f"{message}; give another id", "id")
                continue
            self._codes[shot.code] = node.line
            self._warn_of_names(shot, shot_fields, scene)
            read.append(shot)
            self.ways += ways
        return tuple(read)

    def _warn_of_names(self, shot: ScriptShot, fields: Fields, scene: str) -> None:
        """Two things of one name, and two shots that say they were one."""
        if shot.code in self._concepts.types:
            message = f"a concept is called {shot.code!r}, too; let {shot.code}/… name one of them"
            fields.warning("same_name", f"{message}: give another id", "id")
        if shot.was is not None:
            first = self._was.setdefault((scene, shot.was), shot.line)
            if first != shot.line:
                message = f"the shot of line {first} was {shot.was!r}, too, and gets its takes"
                fields.warning("duplicate_was", f"{message}; remove one of the two", "was")

    def _location(self, fields: Fields) -> str | None:
        """A concept's key. Nearly one is an error; a place nobody described yet is a warning."""
        written = fields.text("location")
        if written is None:
            return None
        key = names.canonical(written)
        kind = self._concepts.types.get(key)
        if kind is None:
            near = self._findings.close(key, self._concepts.types)
            if near is not None:
                message = f"the location {key[:80]!r} is no concept; did you mean {near}?"
                fields.error("unknown_location", message, "location")
                return None
            message = f"the location {key[:80]!r} is no concept yet; declare it in concepts"
            fields.warning("unknown_location", message, "location")
            return key
        if kind not in ("location", ""):
            message = f"{key!r} is a {kind}; give it type: location or name another"
            fields.warning("not_a_location", message, "location")
        return key

    def _unique_id(
        self, fields: Fields, what: str, example: str, lines: dict[str, int]
    ) -> str | None:
        key = fields.id("id")
        if key is None:
            if fields.get("id") is None:
                fields.error("missing_id", f"{what} needs an id; write id: {example}")
            return None
        if key in lines:
            message = f"{key!r} is there since line {lines[key]}; give another id"
            fields.error("duplicate_id", message, "id")
            return None
        lines[key] = fields.node.line
        return key

    def _shot_list(self, fields: Fields) -> str | None:
        """Which of the two words is there; the second of both is left out."""
        given = [name for name in fields.node.entries if name in SHOT_LISTS]
        if len(given) > 1:
            message = "shots and blocks are the same word; write one list"
            fields.error("shots_and_blocks", message, given[1])
        return given[0] if given else None
