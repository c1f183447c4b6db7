"""What an answer of OpenAI's wire means; the table is PROVIDERS.md 3.5."""

from collections.abc import Mapping

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.providers.wire.failures import Told, read_error, retry_after

QUOTA = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded"}
)
POLICY = frozenset({"moderation_blocked", "content_policy_violation", "content_filter"})
NO_MODEL = frozenset({"model_not_found", "model_deprecated", "model_retired"})
RETIRED = ("deprecated", "retired", "shut down", "no longer available", "discontinued")
REFUSED = "The provider refused this prompt or what came of it. Change the prompt."


def classify(status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
    """The error that an answer tells of, one of 200 too; what the server says goes before HTTP."""
    told = read_error(body)
    names = {told.code, told.kind}
    if names & QUOTA or status == 402:  # noqa: PLR2004 - HTTP's numbers stand for themselves
        message = "The account's quota is spent or its billing is off. Mend it at the provider."
        return ProviderError(Reason.QUOTA_EXHAUSTED, _with(message, told))
    if names & POLICY:
        return ProviderError(Reason.CONTENT_POLICY, REFUSED)
    if names & NO_MODEL or (status == 404 and "model" in told.message.lower()):  # noqa: PLR2004
        return _no_model(told)
    return _by_status(status, headers, told)


def _by_status(status: int, headers: Mapping[str, str], told: Told) -> ProviderError:
    wait = retry_after(headers, told.message)
    match status:
        case 401 | 403:
            reason, message = Reason.INVALID_CREDENTIALS, "The key was refused."
        case 404 | 405:
            reason = Reason.WRONG_SERVER
            message = "This server has no such route. Check base_url: it ends with /v1."
        case 429:
            reason, message = Reason.RATE_LIMITED, "The provider takes no more for now."
        case 408 | 409 | 425:
            reason, message = Reason.TRANSIENT, "The provider asks to try again."
        case _ if 400 <= status < 500:  # noqa: PLR2004
            field = f" ({told.field})" if told.field else ""
            reason, message = Reason.INVALID_SPEC, f"The provider can't make this{field}."
        case _ if status >= 500:  # noqa: PLR2004
            return _broken(status, headers, told)
        case _:
            reason, message = Reason.PROVIDER_FAILED, "The provider failed."
    return ProviderError(reason, _with(message, told), retry_after=wait)


def _broken(status: int, headers: Mapping[str, str], told: Told) -> ProviderError:
    """The server's own word that it failed is one; a proxy between knows nothing of the bill."""
    advice = headers.get("x-should-retry", "")
    if advice == "false":
        message = _with("The provider failed, and says not to try again.", told)
        return ProviderError(Reason.PROVIDER_FAILED, message)
    known = told.is_own_word or advice == "true" or status == 503  # noqa: PLR2004
    message = f"The provider answers {status}."
    wait = retry_after(headers)
    return ProviderError(
        Reason.TRANSIENT, _with(message, told), retry_after=wait, outcome_known=known
    )


def _no_model(told: Told) -> ProviderError:
    is_retired = any(word in told.message.lower() for word in RETIRED)
    reason = Reason.RETIRED_MODEL if is_retired else Reason.MISSING_MODEL
    message = "The provider has no such model. Write another one in models of its table."
    return ProviderError(reason, _with(message, told))


def _with(message: str, told: Told) -> str:
    return f"{message} It says: {told.message}" if told.message else message
