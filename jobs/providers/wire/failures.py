"""What every vendor's ``classify`` needs: reading an error's body, and how long to wait."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

HINT = re.compile(r"try again in (\d+(?:\.\d+)?)\s*(ms|s|m)\b", re.IGNORECASE)
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
LONGEST_WORDS = 300


class Told(NamedTuple):
    """An error as its server told it; empty where it said nothing of that kind."""

    message: str = ""
    code: str = ""
    kind: str = ""
    """OpenAI's ``type``, A1111's name of an exception."""
    field: str = ""
    is_own_word: bool = False
    """The server itself said it, in JSON; a proxy before it speaks HTML."""


def read_error(body: bytes) -> Told:
    """The error in a body of any shape that compatible servers use."""
    try:
        said = json.loads(body)
    except ValueError:
        return Told()
    if not isinstance(said, Mapping):
        return Told()
    error = said.get("error")
    if isinstance(error, Mapping):
        return Told(
            message=_words(error.get("message")),
            code=_words(error.get("code")),
            kind=_words(error.get("type")),
            field=_words(error.get("param")),
            is_own_word=True,
        )
    if isinstance(error, str):
        detail = _words(said.get("message")) or _words(said.get("errors")) or _detail(said)[0]
        return Told(message=detail or error, kind=error, is_own_word=True)
    message, field = _detail(said)
    return Told(message=message, field=field, is_own_word=bool(message))


def retry_after(headers: Mapping[str, str], message: str = "") -> float | None:
    """Seconds to wait: by milliseconds, by seconds or a date, by the words."""
    told = {name.lower(): value for name, value in headers.items()}
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = told.get(name, "")
        if re.fullmatch(r"\d{1,9}(\.\d+)?", value.strip()):
            return float(value) * unit
    wait = _until(told.get("retry-after", ""), told.get("date", ""))
    if wait is not None:
        return wait
    found = HINT.search(message)
    return float(found[1]) * SECONDS[found[2].lower()] if found else None


def _until(then: str, now: str) -> float | None:
    """By the server's own clock alone: ours may be off."""
    try:
        return max(0.0, (_date(then) - _date(now)).total_seconds())
    except (ValueError, TypeError):
        return None


def _date(text: str) -> datetime:
    return parsedate_to_datetime(text)


def _detail(said: Mapping[str, Any]) -> tuple[str, str]:
    """FastAPI's: text, or the first of a list of findings with the field it is about."""
    detail = said.get("detail")
    if isinstance(detail, list) and detail and isinstance(detail[0], Mapping):
        first = detail[0]
        where = [str(one) for one in first.get("loc") or () if one != "body"]
        return _words(first.get("msg")), ".".join(where)
    return _words(detail), ""


def _words(said: object) -> str:
    return " ".join(said.split())[:LONGEST_WORDS] if isinstance(said, str) else ""
