"""What a file says it is, by its name and its sender, beside what looking into it found."""

from domain.errors import Unsupported
from domain.media.staging import MediaType
from domain.media.tag import Inspected

_NAMES: dict[str, frozenset[str]] = {
    "jpg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "wav": frozenset({"wav", "wave"}),
    "mp3": frozenset({"mp3", "mpga"}),
    "ogg": frozenset({"ogg", "oga", "ogx", "opus", "spx"}),
    "mp4": frozenset({"mp4", "m4v", "mov", "3gp"}),
    "mov": frozenset({"mov", "qt", "mp4"}),
    "m4a": frozenset({"m4a", "m4b", "aac", "mp4", "mov"}),
    "webm": frozenset({"webm", "mkv"}),
    "weba": frozenset({"weba", "webm", "mka"}),
}
"""Endings that a file of the extension we keep may bear; without an entry just that one."""

_MIMES: dict[str, frozenset[str]] = {
    "jpg": frozenset({"image/jpg", "image/pjpeg"}),
    "svg": frozenset({"image/svg"}),
    "wav": frozenset({"audio/wave", "audio/x-wav", "audio/vnd.wave", "audio/x-pn-wav"}),
    "mp3": frozenset({"audio/mp3", "audio/x-mp3", "audio/x-mpeg"}),
    "ogg": frozenset({"application/ogg", "video/ogg", "audio/opus", "audio/vorbis"}),
    "flac": frozenset({"audio/x-flac"}),
    "mp4": frozenset({"video/quicktime", "video/x-m4v", "video/3gpp"}),
    "mov": frozenset({"video/mp4"}),
    "m4a": frozenset({"audio/x-m4a", "audio/m4a", "audio/aac", "video/mp4", "video/quicktime"}),
    "webm": frozenset({"video/x-matroska"}),
    "weba": frozenset({"video/webm", "audio/x-matroska"}),
}
"""Other names of its type that senders use."""

_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream"})


def refuse_mismatch(found: Inspected, *, name: str = "", mime: str = "") -> None:
    """Raise Unsupported where the name's ending or the declared type is another than the content.

    What declares nothing is taken as it was found.
    """
    _, dot, ending = name.rpartition("/")[2].rpartition(".")
    ending = ending.lower() if dot else ""
    if ending and ending not in _NAMES.get(found.extension, frozenset({found.extension})):
        message = f"It is named .{ending[:20]} and its content is {found.mime}; name it so."
        raise Unsupported(message, code="type_mismatch")
    declared = mime.partition(";")[0].strip().lower()
    known = {found.mime} | _MIMES.get(found.extension, frozenset())
    if declared not in known | _UNSAID:
        message = f"It was sent as {declared[:80]} and its content is {found.mime}."
        raise Unsupported(message, code="type_mismatch")


def fits(wanted: MediaType, found: MediaType) -> bool:
    """Whether media of one type can stand where another is wanted.

    A drawing is a picture too; voice and music are told apart by use alone; data may be anything.
    """
    if wanted is MediaType.DATA or wanted is found:
        return True
    return (wanted.is_picture and found.is_picture) or (wanted.is_sound and found.is_sound)
