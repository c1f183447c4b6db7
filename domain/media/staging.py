"""How media is used: the role it plays and the hints for showing or playing it."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from domain.entity import Entity


class MediaType(StrEnum):
    """What a piece of media is, whatever it is used for."""

    IMAGE = "image"
    VIDEO = "video"
    VOICE = "voice"
    MUSIC = "music"
    VECTOR = "vector"
    DATA = "data"

    @property
    def is_sound(self) -> bool:
        """Voice and music are told apart by what was asked for, never by their bytes."""
        return self in (MediaType.VOICE, MediaType.MUSIC)

    @property
    def is_picture(self) -> bool:
        return self in (MediaType.IMAGE, MediaType.VECTOR)


class MediaRole(StrEnum):
    """What an item is for. An unknown role is a warning and survives as plain text."""

    NARRATIVE_IM = "narrative_im"
    CONCEPT_IMAGE = "concept_image"
    DIALOG_VO = "dialog_vo"
    AMBIENT_MUSIC = "ambient_music"
    AMBIENT_SOUND = "ambient_sound"
    SOUND_FX = "sound_fx"
    UI_ICON = "ui_icon"
    ANIM_SPRITE = "anim_sprite"
    VIDEO_CUTSCENE = "video_cutscene"
    MEDIA = "media"


ROLE_TYPES: dict[str, MediaType] = {
    MediaRole.NARRATIVE_IM: MediaType.IMAGE,
    MediaRole.CONCEPT_IMAGE: MediaType.IMAGE,
    MediaRole.UI_ICON: MediaType.IMAGE,
    MediaRole.ANIM_SPRITE: MediaType.IMAGE,
    MediaRole.DIALOG_VO: MediaType.VOICE,
    MediaRole.AMBIENT_MUSIC: MediaType.MUSIC,
    MediaRole.AMBIENT_SOUND: MediaType.MUSIC,
    MediaRole.SOUND_FX: MediaType.MUSIC,
    MediaRole.VIDEO_CUTSCENE: MediaType.VIDEO,
}
"""What a role usually carries; used where neither a spec nor bytes say it."""


class StagingHints(Entity):
    """How a client should show or play the item. Sent on unchanged, never hashed."""

    orientation: Literal["landscape", "portrait", "square"] | None = None
    placement: Literal["background", "foreground", "inline", "hud"] | None = None
    z_index: int | None = None
    opacity: Annotated[float, Field(ge=0, le=1)] | None = None
    loop: bool | None = None
    volume: Annotated[float, Field(ge=0, le=1)] | None = None
    size: str | None = None
    transition: str | None = None
    duration: str | float | None = None
    timing: str | None = None
