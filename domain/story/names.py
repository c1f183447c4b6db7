"""Ids in a script: what they may be, and what to write instead.

Letters and digits of any language, and ``_``, ``-``, ``.`` between; the first is a letter, a
digit or ``_``, the last is no dot; at most 80 characters. They are compared in Unicode NFC. An id
is taken as written: ``0010`` stays ``0010``.
"""

import re
from unicodedata import category, normalize

LONGEST = 80

_ASCII = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_RUN = re.compile(r"[\s./\\:;,+&'\"()\[\]{}<>|!?*#%@=~^$`-]+")


def is_id(text: str, longest: int = LONGEST) -> bool:
    """Whether a text (in NFC) is fit to be an id."""
    if not text or len(text) > longest:
        return False
    if text.isascii():
        return _ASCII.fullmatch(text) is not None
    inner = all(_is_letter(one) or one in "_-." for one in text)
    return inner and (text[0].isalnum() or text[0] == "_") and text[-1] != "."


def is_code(text: str) -> bool:
    """Whether a text can be a shot's code: two ids and the ``_`` between."""
    return is_id(text, 2 * LONGEST + 1)


def canonical(text: str) -> str:
    """The form in which ids are compared."""
    return text if text.isascii() else normalize("NFC", text)


def slug(text: str) -> str:
    """An id made of any text; ``script`` where nothing is left."""
    made = _RUN.sub("-", canonical(text[: 4 * LONGEST]).strip())
    made = "".join(one for one in made if _is_letter(one) or one in "_-")[:LONGEST]
    made = made.strip("-")
    while made and not is_id(made):
        made = made[1:]
    return made or "script"


def _is_letter(one: str) -> bool:
    return one.isalnum() or category(one)[0] == "M"
