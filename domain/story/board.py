"""The board: what a script says after compiling, with ids that outlive every edit.

Project → Scene → Shot, Concepts beside them, and on shots and concepts the Slots: one per
declared media item. Only the compiler's ``assemble`` makes or changes these from a script.
"""

from enum import StrEnum
from typing import Any, Literal

from domain.entity import Entity
from domain.media.staging import MediaType, StagingHints


class ConceptType(StrEnum):
    """What a concept is."""

    CHARACTER = "character"
    LOCATION = "location"
    PROP = "prop"
    STYLE = "style"
    VOICE = "voice"


class Policy(StrEnum):
    """How an item may be satisfied."""

    EXISTING = "existing"
    CREATE = "create"
    ANY = "any"


class Budget(Entity):
    """What the production may spend; ``cap_micros`` in millionths of the currency."""

    currency: str
    cap_micros: int


class Gates(Entity):
    """What a batch waits for."""

    look: Literal["none", "approved"] = "none"
    video: Literal["selected", "newest"] = "selected"


class Header(Entity):
    """The script's ``project`` table."""

    title: str
    fps: str = "24"
    """As written: ``24`` or a fraction such as ``24000/1001``."""
    aspect: str = "16:9"
    style: str = ""
    budget: Budget | None = None
    gates: Gates = Gates()
    providers: dict[MediaType, str] = {}
    """The provider named for each media type."""


class Project(Entity):
    """A production. ``key`` is the script's project id, ``id`` is ours and never changes."""

    id: str
    key: str
    header: Header
    revision: int = 1
    paused: bool = False
    trash_id: str | None = None
    """The trash entry it is in; then no look-up by key finds it."""


class Scene(Entity):
    """A scene; ``key`` is unique in the project. The pseudo scene of top-level blocks has none."""

    id: str
    project_id: str
    key: str
    episode: str | None = None
    title: str = ""
    location: str | None = None
    position: int = 0
    removed: bool = False


class Line(Entity):
    """A line of dialogue; ``speaker`` is a concept's key, or free text."""

    speaker: str | None = None
    text: str


class Choice(Entity):
    """A way on; ``to`` is a shot's code after compiling, None where the script gave none."""

    text: str
    to: str | None = None


class Camera(Entity):
    """The camera in the script's words."""

    size: str | None = None
    angle: str | None = None
    movement: str | None = None


class Shot(Entity):
    """A shot, one card of the strip. ``duration`` is in frames at the project's fps."""

    id: str
    project_id: str
    scene_id: str | None = None
    key: str
    """The shot's id as the script writes it."""
    code: str
    """``<scene>_<shot>``, or the bare id for a top-level block; unique among live shots."""
    was: str | None = None
    """As the script last had it: one that stood there before was obeyed, and counts no more."""
    title: str = ""
    content: str = ""
    duration: int = 0
    camera: Camera = Camera()
    cast: tuple[str, ...] = ()
    """Keys of concepts."""
    dialogue: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    position: int = 0
    removed: bool = False


class Concept(Entity):
    """A character, location, prop, style or voice; ``key`` is the script's id."""

    id: str
    project_id: str
    key: str
    type: ConceptType
    title: str = ""
    content: str = ""
    attributes: dict[str, Any] = {}
    position: int = 0
    removed: bool = False


class Source(Entity):
    """Where an item's media comes from; at most one is set, none means look-up by alias."""

    path: str | None = None
    """Relative to the script's folder, checked: it stays inside."""
    data: str | None = None
    """Base64, as authored."""
    spec: dict[str, Any] | None = None
    """The authored spec, validated (`domain.media.specs`)."""

    @property
    def is_a_name(self) -> bool:
        """Whether the item has no source of its own: its media_id names what is elsewhere."""
        return self.path is None and self.data is None and self.spec is None


SlotState = Literal["empty", "pending", "running", "succeeded", "failed", "blocked", "cancelled"]


class Slot(Entity):
    """One media item declared on a shot or a concept: a media dependency.

    The first block is the script's; the second is what people and jobs did. ``version`` grows
    with every change that a reader of the slot could see.
    """

    id: str
    project_id: str
    owner_kind: Literal["shot", "concept"]
    owner_id: str
    media_id: str
    role: str
    media_type: MediaType
    title: str = ""
    source: Source = Source()
    hints: StagingHints = StagingHints()
    hard: bool = False
    policy: Policy = Policy.ANY
    fallback_text: str | None = None
    position: int = 0
    removed: bool = False
    adapted: dict[str, Any] | None = None
    """The spec after its context was applied; None without a spec."""
    basis: str = ""
    """Hash of what the script asks for today; judges whether a take is current."""
    provider: str | None = None
    """Resolved once and kept; None until the first resolution."""

    inputs: dict[str, str] = {}
    """Content hashes of the media a clip is made from, by media_id; part of ``basis``."""
    version: int = 1
    picked: str | None = None
    selected: str | None = None
    takes: int = 0
    """How many were ever numbered; the next take is ``takes + 1``."""
    waits_for: str | None = None
    """The gate a batch left it at (`domain.work.blocking.Reason`), or None."""
    waits_detail: str | None = None
    """The same for a person: whose look is not approved."""
    state: SlotState = "empty"
    """Computed in the transaction of every change."""
    ended_job_id: str | None = None
    """The job of this slot that ended last,"""
    ended_as: str | None = None
    """how it ended for this slot,"""
    ended_version: int = 0
    """and the slot's version that came with it; orders endings and takes."""

    @property
    def is_frame(self) -> bool:
        """A shot's picture: what a clip can be made from."""
        return self.owner_kind == "shot" and self.media_type.is_picture


class Board(Entity):
    """The whole of a project, live and removed parts, each list in script order."""

    project: Project
    scenes: tuple[Scene, ...] = ()
    shots: tuple[Shot, ...] = ()
    concepts: tuple[Concept, ...] = ()
    slots: tuple[Slot, ...] = ()
