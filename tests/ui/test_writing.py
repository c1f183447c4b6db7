"""What the margin of a script says."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.story.board import Header, Project
from domain.story.changes import Changes
from domain.story.diagnostics import Diagnostic
from domain.story.revision import Revision
from domain.usecases.productions import Imported
from ui.components.margin import Effect, Found, Saved
from ui.pages import writing

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def imported(**facts: Any) -> Imported:
    project = Project(id="p", key="film", header=Header(title="Film"))
    return Imported(**{"project": project, "changes": Changes(), "diagnostics": ()} | facts)


def test_what_saving_would_do_is_told_kind_by_kind() -> None:
    seen = imported(
        changes=Changes(added=("SH1",), removed=("SH2", "SH3"), kept_takes=4),
        stale=("mira",),
        again=("SH4",),
    )
    assert writing.effects(seen) == [
        Effect(word="Adds 1", names="SH1"),
        Effect(word="Removes 2", names="SH2, SH3"),
        Effect(word="Makes stale 1", names="mira"),
        Effect(word="Current again 1", names="SH4"),
    ]
    assert writing.sentence(seen.changes) == "4 takes kept."


def test_where_only_a_comment_changes_nothing_else_is_told() -> None:
    assert writing.effects(imported()) == []
    assert writing.sentence(Changes(kept_takes=1)) == (
        "No shot and no concept says anything else. 1 take kept."
    )


def test_many_names_are_counted() -> None:
    names = tuple(f"SH{at}" for at in range(15))
    [told] = writing.effects(imported(changes=Changes(changed=names)))
    assert told.names.endswith("SH11 and 3 more")


def a_finding(severity: Any, line: int) -> Diagnostic:
    return Diagnostic(severity=severity, code="x", message=f"m{line}", line=line, column=2)


def test_errors_come_before_warnings_each_in_the_order_of_the_lines() -> None:
    given = [a_finding("warning", 1), a_finding("error", 9), a_finding("error", 3)]
    assert writing.found(given) == [
        Found(severity="error", line=3, column=2, words="m3"),
        Found(severity="error", line=9, column=2, words="m9"),
        Found(severity="warning", line=1, column=2, words="m1"),
    ]
    assert writing.refusal(given) == "2 errors: mend them to save."
    assert writing.refusal(given[:2]) == "1 error: mend it to save."


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"revision": 1}, "first text"),
        ({"revision": 2}, "no shot changed"),
        ({"revision": 3, "restored": 1}, "restored 1: no shot changed"),
        (
            {"revision": 4, "changes": Changes(changed=("A", "B", "C", "D"), moved=("E",))},
            "changes A, B, C and 1 more; moves E",
        ),
    ],
)
def test_a_revision_says_what_it_did(fields: dict[str, Any], what: str) -> None:
    assert writing.did(Revision(actor="vera", created_at=NOON, **fields)) == what


def test_revisions_say_who_and_when_and_the_first_is_the_script_as_it_is() -> None:
    day = NOON.astimezone().strftime("%Y-%m-%d")
    clock = NOON.astimezone().strftime("%H:%M")
    two = [Revision(revision=n, actor=who, created_at=NOON) for n, who in ((2, "vera"), (1, None))]
    assert writing.saved(two, today=day) == [
        Saved(revision=2, who=f"vera · {clock}", what="no shot changed", is_current=True),
        Saved(revision=1, who=clock, what="first text", is_current=False),
    ]
    assert writing.saved(two, today="2026-02-01")[0].who == f"vera · {day} {clock}"


def test_two_texts_are_shown_by_their_difference() -> None:
    assert writing.difference("a\nb\nc\nd\ne", "a\nb\nx\nd\ne") == ["…", " b", "-c", "+x", " d"]
    assert writing.difference("a\n" * 20_001, "b") == ["The two are too long to be compared here."]
