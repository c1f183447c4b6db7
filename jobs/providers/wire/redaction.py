"""The one redactor: what leaves a live provider's module has no secret in it, whoever said it.

Servers quote keys in their errors, signed addresses are keys themselves, and a picture has no
place in a message.
"""

import base64
import hashlib
import logging
import re
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, quote_plus

HIDDEN = "[hidden]"
LONGEST = 500
"""Characters of a message; more is of use to nobody who reads a card."""
SHORTEST_SECRET = 6
"""Shorter than this nothing is a secret: it would be found in any word."""

PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"data:[\w./+-]+;base64,[A-Za-z0-9+/=_-]*"), "[data]"),
    (re.compile(r"\b(sk|rk|pk)-[A-Za-z0-9_\-*.]{6,}"), HIDDEN),
    (re.compile(r"\b(r8|key|luma|fal|xi)[-_][A-Za-z0-9_\-]{16,}"), HIDDEN),
    (re.compile(r"\b(Bearer|Basic|Key|Token)\s+(?=\S*\d)[A-Za-z0-9+/=_\-.:~]{8,}"), HIDDEN),
    (
        re.compile(
            r"(?P<name>\b(?:xi-api-key|api[-_]?key|authorization|x-api-key)[\"']?\s*[:=]\s*[\"']?)"
            r"[^\s\"',;&}]{4,}",
            re.IGNORECASE,
        ),
        rf"\g<name>{HIDDEN}",
    ),
    (re.compile(r"(?<=://)[^/\s@\"']+@"), f"{HIDDEN}@"),
    (
        re.compile(
            r"(?P<name>[?&](?:token|key|sig|signature|se|sp|sv|expires|policy|key-pair-id|"
            r"fal_webhook|x-amz-[a-z-]+|x-goog-[a-z-]+)=)[^&\s\"'<>]+",
            re.IGNORECASE,
        ),
        rf"\g<name>{HIDDEN}",
    ),
)
PATH = re.compile(r"(?<![\w./:-])/(?:[\w.@-]+/){2,}[\w.@-]+")
"""Of a file on somebody's machine."""
RUN = re.compile(r"[A-Za-z0-9+/=_-]{200,}")
"""Base64 of something."""


class Redactor:
    """Knows the secrets there are, and what secrets look like."""

    def __init__(self, secrets: Callable[[], Iterable[str]] = tuple) -> None:
        """``secrets`` is asked each time: a key may be pasted while we run."""
        self._secrets = secrets

    def text(self, said: str, *, longest: int = LONGEST, keep_paths: bool = False) -> str:
        """The same in plain words, cut to ``longest`` characters."""
        for shape in self._shapes():
            said = said.replace(shape, HIDDEN)
        for pattern, instead in PATTERNS:
            said = pattern.sub(instead, said)
        said = RUN.sub(_summary, said if keep_paths else PATH.sub("[path]", said))
        return said if len(said) <= longest else f"{said[: longest - 1]}…"

    def data(self, said: Any) -> Any:
        """The same of what JSON can say, keys included."""
        match said:
            case str():
                return self.text(said, longest=32_000, keep_paths=True)
            case Mapping():
                return {self.text(str(name)): self.data(one) for name, one in said.items()}
            case Sequence() if not isinstance(said, bytes):
                return [self.data(one) for one in said]
            case _:
                return said

    def _shapes(self) -> list[str]:
        found: set[str] = set()
        for secret in self._secrets():
            for part in (secret, *secret.split(":")):
                if len(part) >= SHORTEST_SECRET:
                    coded = base64.b64encode(part.encode()).decode()
                    found |= {part, quote(part, safe=""), quote_plus(part), coded}
        return sorted(found, key=len, reverse=True)


def guard_logs(redactor: Redactor) -> Callable[[], None]:
    """Let every log record of this process go through ``redactor``; returns what ends that."""
    before = logging.getLogRecordFactory()
    within = threading.local()

    def make(*given: Any, **named: Any) -> logging.LogRecord:
        record = before(*given, **named)
        if getattr(within, "redacts", False):
            return record
        within.redacts = True
        try:
            said = record.getMessage()
            clean = redactor.text(said, longest=10_000, keep_paths=True)
            if clean != said:
                record.msg, record.args = clean, ()
            if record.exc_info and record.exc_info[1] is not None:
                told = "".join(traceback.format_exception(record.exc_info[1])).rstrip("\n")
                record.exc_text = redactor.text(told, longest=20_000, keep_paths=True)
        except Exception:  # noqa: BLE001 - a record that can't be read is not worth a failure
            record.msg, record.args = "[a log line that could not be read]", ()
        finally:
            within.redacts = False
        return record

    logging.setLogRecordFactory(make)
    return lambda: logging.setLogRecordFactory(before)


def _summary(match: re.Match[str]) -> str:
    run = match[0]
    return f"[{len(run)} characters, {hashlib.sha256(run.encode()).hexdigest()[:8]}]"
