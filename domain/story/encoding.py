"""Bytes to text: UTF-8, with or without a byte order mark, and no control characters."""

import codecs
import re

from domain.story.diagnostics import Diagnostic

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not take."""


def decode(source: bytes | str, *, limit: int) -> tuple[str, Diagnostic | None]:
    """The text, or why there is none. ``limit`` is in bytes."""
    size = len(source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source)
    if size > limit:
        return "", _problem(
            "too_large", f"the script has more than {limit:,} bytes; split it", "", 0
        )
    if isinstance(source, str):
        text = source
    elif source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", _problem("not_utf8", "the file is UTF-16; save it as UTF-8", "", 0)
    else:
        try:
            text = source.decode("utf-8")
        except UnicodeDecodeError as error:
            before = source[: error.start].decode("utf-8", "replace")
            message = f"the byte 0x{source[error.start]:02x} is not UTF-8; save the file as UTF-8"
            return "", _problem("not_utf8", message, before, len(before))
    text = text.removeprefix("\ufeff")
    bad = _CONTROL.search(text)
    if bad is None:
        return text, None
    message = f"the character U+{ord(bad[0]):04X} can't be in a script; remove it"
    return "", _problem("control_character", message, text, bad.start())


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column of a character, from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _problem(code: str, message: str, text: str, index: int) -> Diagnostic:
    line, column = place(text, index)
    return Diagnostic(severity="error", code=code, message=message, line=line, column=column)
