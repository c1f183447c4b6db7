"""Collects what the compiler finds, each with its place, and guesses what was meant."""

from collections.abc import Collection
from difflib import get_close_matches

from domain.story.diagnostics import Diagnostic
from domain.story.nodes import Node

Path = tuple[str | int, ...]
"""Keys and indices from the root; text only once something is found."""

MOST = 1000
"""Findings that are listed; more are counted."""
LONGEST_MESSAGE = 400
_GUESSES = 50_000
"""Words that are compared in all: a script full of mistakes must not take minutes."""
_LONGEST_WORD = 100


class Findings:
    """Findings of one compilation, in the order they were made until ``listed``."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._more = 0
        self._more_errors = False
        self.errors = 0
        """How many errors so far; a reader compares it to know whether its thing is whole."""
        self._guesses = _GUESSES

    def error(self, code: str, message: str, node: Node, path: Path) -> None:
        """Something that refuses the script."""
        self._find(
            Diagnostic(
                severity="error",
                code=code,
                message=shortened(message, LONGEST_MESSAGE),
                line=node.line,
                column=node.column,
                path=shortened(written(path), LONGEST_MESSAGE),
            )
        )

    def warning(self, code: str, message: str, node: Node, path: Path) -> None:
        """Something that is worth a look and refuses nothing."""
        self._find(
            Diagnostic(
                severity="warning",
                code=code,
                message=shortened(message, LONGEST_MESSAGE),
                line=node.line,
                column=node.column,
                path=shortened(written(path), LONGEST_MESSAGE),
            )
        )

    def add(self, found: Collection[Diagnostic]) -> None:
        """What another reader found."""
        for one in found:
            self._find(one)

    def _find(self, one: Diagnostic) -> None:
        is_error = one.severity == "error"
        self.errors += is_error
        if len(self._found) < MOST:
            self._found.append(one)
        else:
            self._more += 1
            self._more_errors |= is_error

    def close(self, word: str, known: Collection[str], cutoff: float = 0.6) -> str | None:
        """The known word nearest to another, None without a near one."""
        if len(word) > _LONGEST_WORD or self._guesses < len(known):
            return None
        self._guesses -= len(known)
        lower = word.casefold()
        for one in known:
            if one.casefold() == lower:
                return one
        return next(iter(get_close_matches(word, known, n=1, cutoff=cutoff)), None)

    def guess(self, word: str, known: Collection[str]) -> str:
        """The end of a message: ``; did you mean mira?``, else what is known, else nothing."""
        near = self.close(word, known)
        if near is not None:
            return f"; did you mean {near}?"
        if known and len(known) <= 12:  # noqa: PLR2004 - what fits a line
            return f"; write one of {', '.join(sorted(known))}"
        return ""

    def listed(self) -> tuple[Diagnostic, ...]:
        """All of them by place."""
        found = sorted(self._found, key=lambda one: (one.line, one.column))
        if self._more:
            last = found[-1]
            severity = "error" if self._more_errors else "warning"
            message = f"and {self._more} more; mend these first"
            found.append(last.evolve(severity=severity, code="more", message=message, path=""))
        return tuple(found)


def written(path: Path) -> str:
    """``scenes[0].shots[1].id``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def shortened(text: str, longest: int) -> str:
    """The text, its end cut off where it is too long."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
