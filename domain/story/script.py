"""What a script says, read and checked, before it gets ids of ours: the YAML's schema.

``compile_script`` makes it; ``assemble`` turns it into a board. References are resolved: cast,
location and speakers are concepts' keys, a choice's ``to`` is a shot's code.
"""

from typing import Any

from domain.entity import Entity
from domain.media.staging import MediaType, StagingHints
from domain.story.board import Camera, Choice, ConceptType, Header, Line, Policy, Source


class MediaItem(Entity):
    """One entry of a ``media`` list. ``media_id`` is unique on its owner.

    Exactly one of the source's fields is set, or none: then the media_id is looked up.
    """

    media_id: str
    role: str
    media_type: MediaType
    title: str = ""
    source: Source = Source()
    hints: StagingHints = StagingHints()
    hard: bool = False
    policy: Policy = Policy.ANY
    fallback_text: str | None = None

    @property
    def path(self) -> str | None:
        return self.source.path

    @property
    def data(self) -> str | None:
        return self.source.data

    @property
    def spec(self) -> dict[str, Any] | None:
        return self.source.spec


class ScriptConcept(Entity):
    """A concept as written; ``line`` is where it begins, from 1."""

    key: str
    type: ConceptType
    title: str = ""
    content: str = ""
    attributes: dict[str, Any] = {}
    media: tuple[MediaItem, ...] = ()
    line: int = 1


class ScriptShot(Entity):
    """A shot as written. ``duration`` in frames at the project's fps, 0 where none is given."""

    key: str
    code: str
    was: str | None = None
    title: str = ""
    content: str = ""
    duration: int = 0
    camera: Camera = Camera()
    cast: tuple[str, ...] = ()
    dialogue: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    media: tuple[MediaItem, ...] = ()
    line: int = 1


class ScriptScene(Entity):
    """A scene as written; the one that holds top-level blocks has an empty key."""

    key: str
    episode: str | None = None
    title: str = ""
    location: str | None = None
    shots: tuple[ScriptShot, ...] = ()
    line: int = 1


class ScriptEpisode(Entity):
    """An episode as written; its scenes name it."""

    key: str
    title: str = ""
    line: int = 1


class Script(Entity):
    """A whole script; ``key`` is the project's id. Scenes are in script order."""

    key: str
    header: Header
    concepts: tuple[ScriptConcept, ...] = ()
    episodes: tuple[ScriptEpisode, ...] = ()
    scenes: tuple[ScriptScene, ...] = ()

    @property
    def shots(self) -> tuple[ScriptShot, ...]:
        """All of them, in script order."""
        return tuple(shot for scene in self.scenes for shot in scene.shots)
