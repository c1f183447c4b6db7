"""Roles as data for a client's decisions: where media go, when to fetch them, how they sound."""

from typing import Literal

from domain.entity import Entity
from domain.media.staging import MediaRole, MediaType


class Treatment(Entity):
    """What a role asks of a client, where the item's own hints say nothing."""

    layout: Literal["frame", "card", "icon", "sprite", "sound"]
    """``frame``: fills the stage. ``card``: beside the words. ``icon``: small, in a corner.
    ``sprite``: on the frame, as large as it is. ``sound``: nothing to see."""
    preload: bool
    """Fetch it before its turn; else when it is needed."""
    loop: bool = False
    duck: bool = False
    """Lower it while a voice is heard."""


TREATMENTS: dict[str, Treatment] = {
    MediaRole.NARRATIVE_IM: Treatment(layout="frame", preload=True),
    MediaRole.CONCEPT_IMAGE: Treatment(layout="card", preload=False),
    MediaRole.DIALOG_VO: Treatment(layout="sound", preload=True),
    MediaRole.AMBIENT_MUSIC: Treatment(layout="sound", preload=True, loop=True, duck=True),
    MediaRole.AMBIENT_SOUND: Treatment(layout="sound", preload=True, loop=True, duck=True),
    MediaRole.SOUND_FX: Treatment(layout="sound", preload=True),
    MediaRole.UI_ICON: Treatment(layout="icon", preload=False),
    MediaRole.ANIM_SPRITE: Treatment(layout="sprite", preload=True, loop=True),
    MediaRole.VIDEO_CUTSCENE: Treatment(layout="frame", preload=True),
    MediaRole.MEDIA: Treatment(layout="card", preload=False),
}
"""By role; the same table stands in docs/playback.md."""

UNKNOWN_SOUND = Treatment(layout="sound", preload=False)


def treatment_of(role: str, media_type: MediaType) -> Treatment:
    """The table's; a role that is not in it is treated as ``media``, a sound as a sound."""
    found = TREATMENTS.get(role, TREATMENTS[MediaRole.MEDIA])
    if media_type.is_sound and found.layout != "sound":
        return UNKNOWN_SOUND
    return found
