"""A zip of a script and its assets, opened with suspicion.

Everything is checked by the directory before anything is unpacked, and unpacking stops at what
the directory said. Names are paths beside the script, as a script may write them.
"""

import stat
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from domain.errors import Invalid, TooLarge
from domain.story import paths

MOST_FILES = 2_000
MOST_BYTES = 256_000_000
"""Of all files together, unpacked."""
MOST_DIRECTORY = 1_000_000
SCRIPTS = (".yaml", ".yml")
PASSED_OVER = ("__MACOSX/", ".DS_Store", "Thumbs.db")
"""What desktops put beside."""
END = b"PK\x05\x06"
END_SIZE = 22
LOCATOR = b"PK\x06\x07"
LOCATOR_SIZE = 20
LONGEST_COMMENT = 65_535
ENCRYPTED = 0x1


def unpack(data: bytes) -> tuple[str, bytes, dict[str, bytes]]:
    """(the script's name, the script, all other files by path).

    Raises Invalid for what is no such zip, TooLarge beyond the limits.
    """
    _check_directory(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            wanted = _wanted(archive.infolist())
            script = _script_of(wanted)
            files = {path: archive.read(entry) for path, entry in wanted.items()}
    except (BadZipFile, NotImplementedError, EOFError, zlib.error, ValueError, OSError) as error:
        raise Invalid("This is not a zip that can be read.", code="bad_zip") from error
    return script, files.pop(script), files


def _check_directory(data: bytes) -> None:
    """Refuse a directory that would be large to read, before it is read."""
    at = data.rfind(END, max(0, len(data) - LONGEST_COMMENT - END_SIZE))
    if at < 0 or len(data) - at < END_SIZE:
        raise Invalid("This is not a zip that can be read.", code="bad_zip")
    if data[max(0, at - LOCATOR_SIZE) : at].startswith(LOCATOR):
        # Its own numbers would count, and nothing that is taken here needs them.
        raise Invalid("This zip is of the 64-bit kind; pack it as an ordinary one.", code="bad_zip")
    count, size = struct.unpack("<HI", data[at + 10 : at + 16])
    if count > MOST_FILES or size > MOST_DIRECTORY:
        raise TooLarge(f"A zip may have {MOST_FILES:,} files.", code="too_many_files")


def _wanted(entries: list[ZipInfo]) -> Mapping[str, ZipInfo]:
    if len(entries) > MOST_FILES:
        raise TooLarge(f"A zip may have {MOST_FILES:,} files.", code="too_many_files")
    wanted: dict[str, ZipInfo] = {}
    for entry in entries:
        name = entry.orig_filename
        if entry.is_dir() or name.startswith(PASSED_OVER) or name.endswith(PASSED_OVER):
            continue
        path = _path(entry)
        if path in wanted:
            raise Invalid(f"The zip has {path} twice.", code="bad_zip")
        wanted[path] = entry
    if sum(entry.file_size for entry in wanted.values()) > MOST_BYTES:
        message = f"A zip may have {MOST_BYTES // 1_000_000} MB unpacked."
        raise TooLarge(message, code="too_large_unpacked")
    return wanted


def _path(entry: ZipInfo) -> str:
    name = entry.orig_filename
    try:
        path = paths.inside(name)
    except ValueError as problem:
        raise Invalid(
            f"The name {name[:200]!r} in the zip {problem}.", code="unsafe_path"
        ) from None
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Invalid(f"{path} in the zip is a link; put the file itself in.", code="unsafe_path")
    if entry.flag_bits & ENCRYPTED:
        raise Invalid(f"{path} in the zip is encrypted.", code="bad_zip")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Invalid(f"{path} in the zip is packed in a way not taken here.", code="bad_zip")
    return path


def _script_of(wanted: Mapping[str, ZipInfo]) -> str:
    found = [path for path in wanted if "/" not in path and path.lower().endswith(SCRIPTS)]
    if len(found) != 1:
        many = f"{len(found)} scripts" if found else "no script"
        message = f"The zip has {many} at its root; put exactly one .yaml or .yml there."
        raise Invalid(message, code="no_script")
    return found[0]
