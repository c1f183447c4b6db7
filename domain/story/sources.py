"""Where a media item's media comes from: a path, data or a spec, each checked."""

import base64
import binascii
from typing import Protocol

from domain.media.specs import MediaSpec
from domain.media.staging import ROLE_TYPES, MediaType
from domain.story import paths
from domain.story.fields import Fields

MOST_DATA = 2_000_000
"""Bytes of one ``media_data``, decoded."""

_EXTENSIONS: dict[str, MediaType | None] = {
    **dict.fromkeys(
        ("png", "jpg", "jpeg", "webp", "gif", "avif", "bmp", "tif", "tiff"), MediaType.IMAGE
    ),
    **dict.fromkeys(("mp4", "m4v", "webm", "mov", "mkv"), MediaType.VIDEO),
    **dict.fromkeys(("ogg", "oga", "opus", "mp3", "wav", "flac", "m4a", "aac")),
    **dict.fromkeys(("json", "txt", "csv"), MediaType.DATA),
    "svg": MediaType.VECTOR,
}
"""None: a sound, which is a voice or music by its role."""


class Assets(Protocol):
    """The files beside a script."""

    def exists(self, path: str) -> bool:
        """Whether a file is there; ``path`` is relative and was checked to stay inside."""


def check_sources(fields: Fields, sources: list[str], media_id: str | None) -> None:
    name = f"the media item {media_id!r}" if media_id else "a media item"
    if len(sources) > 1:
        message = f"{name} has {' and '.join(sources)}; keep exactly one of them"
        fields.error("several_sources", message)
    elif not sources and fields.get("media_id") is None:
        message = (
            "a media item needs path, data, or spec: write media_path, media_data or "
            "media_spec, or a media_id to look up"
        )
        fields.error("no_source", message)


def path(fields: Fields, assets: Assets | None) -> str | None:
    written = fields.text("media_path")
    if written is None:
        return None
    try:
        inside = paths.inside(written)
    except ValueError as problem:
        fields.error("unsafe_path", f"the path {written[:200]!r} {problem}", "media_path")
        return None
    if assets is not None and not assets.exists(inside):
        message = f"the file {inside} is not there; add it beside the script"
        if fields.flag("hard_requirement"):
            fields.error("missing_file", message, "media_path")
        else:
            fields.warning("missing_file", message, "media_path")
    return inside


def data(fields: Fields) -> str | None:
    written = fields.text("media_data")
    if written is None:
        return None
    if written.lstrip().startswith("data:"):
        message = "media_data is plain base64; write only what follows the comma"
        fields.error("bad_data", message, "media_data")
        return None
    text = "".join(written.split())
    try:
        size = len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        fields.error("bad_data", "media_data is not base64; encode the file again", "media_data")
        return None
    if not size or size > MOST_DATA:
        message = f"media_data must be 1 to {MOST_DATA:,} bytes; write media_path for a file"
        fields.error("bad_data", message, "media_data")
        return None
    return text


def media_type(spec: MediaSpec | None, path: str | None, role: str | None) -> MediaType:
    if spec is not None:
        return spec.makes
    by_role = ROLE_TYPES.get(role or "", MediaType.DATA)
    if path is None:
        return by_role
    by_extension = _EXTENSIONS.get(paths.extension(path), by_role)
    if by_extension is not None:
        return by_extension
    return MediaType.VOICE if by_role is MediaType.VOICE else MediaType.MUSIC
