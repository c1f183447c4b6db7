"""Errors of the domain; the API and the commands turn each into one clear answer.

StudioError
├── NotFound            404  no such thing
├── Conflict            409  it can't be done in this state; ``code`` says why
├── Unauthorised        401  nobody is signed in
├── Forbidden           403  this user may not
├── Invalid             422  the request itself is wrong
│   └── ScriptRefused   422  the script has errors; ``diagnostics`` lists them all
├── NeedsConfirmation   428  deleting says first what it does
├── TooLarge            413  more bytes than are taken
├── Unsupported         415  a type that is not taken
├── Unavailable         503  a part of the house is out of reach
└── Misconfigured       exit 2  a setting is missing or wrong; only at start
"""

from collections.abc import Sequence
from typing import Any


class StudioError(Exception):
    """Something went wrong that a person can be told about."""

    code = "error"
    status = 500

    def __init__(self, message: str, *, code: str | None = None, **facts: Any) -> None:
        """``facts`` go into the answer beside the message: plain JSON values only."""
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code
        self.facts = facts


class NotFound(StudioError):
    """No such thing."""

    code = "not_found"
    status = 404


class Conflict(StudioError):
    """It can't be done in this state."""

    code = "conflict"
    status = 409


class Unauthorised(StudioError):
    """Nobody is signed in."""

    code = "unauthorised"
    status = 401


class Forbidden(StudioError):
    """This user may not."""

    code = "forbidden"
    status = 403


class Invalid(StudioError):
    """The request itself is wrong."""

    code = "invalid"
    status = 422


class ScriptRefused(Invalid):
    """The script has errors and nothing was changed."""

    code = "script_refused"

    def __init__(self, diagnostics: Sequence[Any]) -> None:
        """``diagnostics``: all of them, warnings included (`domain.story.diagnostics`)."""
        count = sum(one.severity == "error" for one in diagnostics)
        super().__init__(f"The script has {count} error{'' if count == 1 else 's'}.")
        self.diagnostics = tuple(diagnostics)


class NeedsConfirmation(StudioError):
    """It says what it would do; ``confirm`` is to be sent back to do just that."""

    code = "needs_confirmation"
    status = 428


class TooLarge(StudioError):
    """More bytes than are taken."""

    code = "too_large"
    status = 413


class Unsupported(StudioError):
    """A type that is not taken."""

    code = "unsupported_type"
    status = 415


class Unavailable(StudioError):
    """A part of the house is out of reach."""

    code = "unavailable"
    status = 503


class Misconfigured(StudioError):
    """A setting is missing or wrong."""

    code = "misconfigured"


class Lost(Exception):  # not a StudioError: no person sees it
    """Another worker owns this job now: drop everything, touch nothing."""
