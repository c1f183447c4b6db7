"""What libyaml stumbled over, in words that say what to write."""

import yaml

from domain.story.diagnostics import Diagnostic

_WORDS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "a ': ' does not fit here; put the text in quotes"),
    ("could not find expected ':'", "a key without its value; write key: value"),
    ("did not find expected key", "this line does not line up; indent it as its neighbours are"),
    ("did not find expected '-'", "this list item does not line up; begin it with - as above"),
    ("did not find expected ',' or ']'", "the list [ above is not closed; write , or ]"),
    ("did not find expected ',' or '}'", "the mapping { above is not closed; write , or }"),
    ("unexpected end of stream", "a quote is not closed; write the missing quote"),
    ("tab character", "a tab in the indentation; use spaces"),
    ("unknown escape character", "an unknown \\ escape; double the backslash or use ' quotes"),
    ("node content", "a value is missing before this; write one or remove the comma"),
    ("alphabetic or numeric", "a name is missing after & or *; put the text in quotes"),
    ("undefined tag handle", "a tag that is not known; remove the !"),
    ("unknown directive", "a line can't begin with %; put the text in quotes"),
    ("incompatible YAML document", "this YAML version is not known; remove the %YAML line"),
    ("document start", "something follows the end of the script; remove it or indent it"),
)


def explain(error: yaml.YAMLError, text: str) -> Diagnostic:
    """One diagnostic for a syntax error of ``text``."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    problem = str(getattr(error, "problem", None) or "this is not YAML")
    return Diagnostic(
        severity="error",
        code="syntax",
        message=_message(problem, _character(text, line, column)),
        line=line + 1,
        column=column + 1,
    )


def _message(problem: str, character: str) -> str:
    if "cannot start any token" in problem:
        if character == "\t":
            return "a tab in the indentation; use spaces"
        return f"a value can't begin with {character}; put it in quotes"
    for known, words in _WORDS:
        if known in problem:
            return words
    return f"{problem}; check the quotes and the indentation here"


def _character(text: str, line: int, column: int) -> str:
    lines = text.splitlines()
    return lines[line][column : column + 1] if line < len(lines) else ""
