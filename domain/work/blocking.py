"""Why a job is blocked or a slot waits, and what would end it: a typed reason and its fix."""

from enum import StrEnum

from domain.entity import Entity


class Reason(StrEnum):
    """A code that is the same in the row, the API and the page."""

    NO_PROVIDER = "no_provider"
    MISSING_CREDENTIALS = "missing_credentials"
    INVALID_CREDENTIALS = "invalid_credentials"
    QUOTA_EXHAUSTED = "quota_exhausted"
    MISSING_MODEL = "missing_model"
    MISSING_VOICE = "missing_voice"
    RETIRED_MODEL = "retired_model"
    UNREACHABLE = "unreachable"
    WRONG_SERVER = "wrong_server"
    LOOK_NOT_APPROVED = "look_not_approved"
    FRAME_NOT_SELECTED = "frame_not_selected"
    LINE_COMING = "line_coming"
    BUDGET = "budget"
    UNKNOWN_PRICE = "unknown_price"
    OUTCOME_UNKNOWN = "outcome_unknown"
    KEEPS_STOPPING = "keeps_stopping"
    # failures, in the provider boundary's words
    TRANSIENT = "transient"
    RATE_LIMITED = "rate_limited"
    TIMEOUT = "timeout"
    INVALID_SPEC = "invalid"
    CONTENT_POLICY = "content_policy"
    PROVIDER_FAILED = "provider_failed"
    BAD_OUTPUT = "bad_output"
    LOST = "lost"
    DISK_FULL = "disk_full"
    SOURCE_MISSING = "source_missing"

    @property
    def is_passing(self) -> bool:
        """Whether the same ask may well succeed later: what *retry failed* takes along."""
        return self in {Reason.TRANSIENT, Reason.RATE_LIMITED, Reason.TIMEOUT}

    @property
    def is_refusal(self) -> bool:
        """Whether the ask itself was refused, so that repeating it unchanged is pointless."""
        return self in {Reason.CONTENT_POLICY, Reason.INVALID_SPEC}


class Fix(Entity):
    """What a person can do about it; ``action`` is a verb of the page, ``label`` its words."""

    action: str
    label: str


GATES = frozenset({Reason.LOOK_NOT_APPROVED, Reason.FRAME_NOT_SELECTED, Reason.LINE_COMING})
"""Waits that a person's choice ends, or the end of another making."""

ENDED_BY_CONFIGURATION = GATES | {
    Reason.NO_PROVIDER,
    Reason.MISSING_CREDENTIALS,
    Reason.MISSING_MODEL,
    Reason.MISSING_VOICE,
    Reason.SOURCE_MISSING,
}
"""Looked at again by every plan. What is blocked for another reason ends by Retry only."""

WORDS: dict[Reason, str] = {
    Reason.NO_PROVIDER: "No provider for this",
    Reason.MISSING_CREDENTIALS: "Key missing",
    Reason.INVALID_CREDENTIALS: "Key refused",
    Reason.QUOTA_EXHAUSTED: "Quota is spent",
    Reason.MISSING_MODEL: "Model not there",
    Reason.MISSING_VOICE: "Voice not there",
    Reason.RETIRED_MODEL: "Model was retired",
    Reason.UNREACHABLE: "Provider out of reach",
    Reason.WRONG_SERVER: "Not the server it should be",
    Reason.LOOK_NOT_APPROVED: "A look is not approved",
    Reason.FRAME_NOT_SELECTED: "No frame selected",
    Reason.LINE_COMING: "Waits for its spoken line",
    Reason.BUDGET: "Budget is spent",
    Reason.UNKNOWN_PRICE: "Price unknown, cap set",
    Reason.OUTCOME_UNKNOWN: "May have been charged",
    Reason.KEEPS_STOPPING: "Keeps stopping the worker",
    Reason.TRANSIENT: "The provider stumbled",
    Reason.RATE_LIMITED: "The provider is busy",
    Reason.TIMEOUT: "Took too long",
    Reason.INVALID_SPEC: "The provider can't read this",
    Reason.CONTENT_POLICY: "The provider refused this",
    Reason.PROVIDER_FAILED: "The provider failed",
    Reason.BAD_OUTPUT: "Unusable output",
    Reason.LOST: "The provider lost it",
    Reason.DISK_FULL: "The disk is full",
    Reason.SOURCE_MISSING: "The file is not there",
}
"""At most 32 characters: a card's detail line."""
