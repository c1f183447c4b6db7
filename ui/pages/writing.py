"""From what use cases say of a script to the words of its margin: pure."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from time import strftime

from domain.story.changes import Changes
from domain.story.diagnostics import Diagnostic
from domain.story.revision import Revision
from domain.usecases.productions import Imported
from ui.components.margin import Effect, Found, Saved

NAMED = 12
"""Shots and concepts named in a line; more are counted."""
DIFFED = 20_000
"""Lines up to which two texts are compared line by line."""
DAY = "%Y-%m-%d"
WORDS = {"added": "Adds", "changed": "Changes", "moved": "Moves", "removed": "Removes"}


def effects(seen: Imported) -> list[Effect]:
    """What saving would do, in a line for each kind."""
    lists = [(word, getattr(seen.changes, name)) for name, word in WORDS.items()]
    lists += [("Makes stale", seen.stale), ("Current again", seen.again)]
    return [
        Effect(word=f"{word} {len(names)}", names=named(names)) for word, names in lists if names
    ]


def sentence(changes: Changes) -> str:
    """In one line what to expect."""
    kept = f"{counted(changes.kept_takes, 'take')} kept."
    if any(getattr(changes, name) for name in WORDS):
        return kept
    return f"No shot and no concept says anything else. {kept}"


def refusal(diagnostics: Sequence[Diagnostic]) -> str:
    errors = sum(one.severity == "error" for one in diagnostics)
    return f"{counted(errors, 'error')}: mend {'it' if errors == 1 else 'them'} to save."


def found(diagnostics: Sequence[Diagnostic]) -> list[Found]:
    """Errors first, each in the order of the script."""
    ranked = sorted(diagnostics, key=lambda one: (one.severity != "error", one.line, one.column))
    return [
        Found(severity=one.severity, line=one.line, column=one.column, words=one.message)
        for one in ranked
    ]


def saved(revisions: Sequence[Revision], *, today: str | None = None) -> list[Saved]:
    """Newest first; the first one is the script as it is. ``today`` as ``2026-01-31``."""
    today = today or strftime(DAY)
    told = []
    for at, one in enumerate(revisions):
        when = one.created_at.astimezone()
        clock = when.strftime("%H:%M" if when.strftime(DAY) == today else f"{DAY} %H:%M")
        told.append(
            Saved(
                revision=one.revision,
                who=" · ".join(part for part in (one.actor, clock) if part),
                what=did(one),
                is_current=at == 0,
            )
        )
    return told


def did(one: Revision) -> str:
    """What a revision did."""
    parts = [
        f"{WORDS[name].lower()} {named(names, most=3)}"
        for name in WORDS
        if (names := getattr(one.changes, name))
    ]
    what = "; ".join(parts) or ("first text" if one.revision == 1 else "no shot changed")
    return f"restored {one.restored}: {what}" if one.restored else what


def named(names: Sequence[str], *, most: int = NAMED) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def difference(theirs: str, mine: str) -> list[str]:
    """What mine changes of theirs, with a line around."""
    old, new = theirs.splitlines(), mine.splitlines()
    if len(old) + len(new) > DIFFED:
        return ["The two are too long to be compared here."]
    return list(_without_head(unified_diff(old, new, n=1, lineterm="")))


def _without_head(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith(("---", "+++")):
            yield "…" if line.startswith("@@") else line
