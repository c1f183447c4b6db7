"""Every row of the vendors' error tables (PROVIDERS.md 1.5 and 3.5), and what becomes of a job."""

import json
from typing import Any

import pytest

from domain.work.blocking import Reason
from domain.work.job import JobState
from domain.work.retry import judge
from jobs.providers.automatic1111.classify import OutOfMemory
from jobs.providers.automatic1111.classify import classify as classify_a1111
from jobs.providers.openai.classify import classify as classify_openai

BUSY = {"retry-after": "7"}


def openai(code: str = "", message: str = "no", kind: str = "invalid_request_error") -> bytes:
    told = {"message": message, "type": kind, "param": None, "code": code}
    return json.dumps({"error": told}).encode()


def said(value: Any) -> bytes:
    return json.dumps(value).encode()


OPENAI: list[tuple[int, dict[str, str], bytes, Reason, JobState]] = [
    (400, {}, openai("invalid_value"), Reason.INVALID_SPEC, JobState.FAILED),
    (400, {}, openai("moderation_blocked"), Reason.CONTENT_POLICY, JobState.FAILED),
    (400, {}, openai("content_policy_violation"), Reason.CONTENT_POLICY, JobState.FAILED),
    (400, {}, openai("billing_hard_limit_reached"), Reason.QUOTA_EXHAUSTED, JobState.BLOCKED),
    (401, {}, openai("invalid_api_key"), Reason.INVALID_CREDENTIALS, JobState.BLOCKED),
    (401, {}, openai("insufficient_quota"), Reason.QUOTA_EXHAUSTED, JobState.BLOCKED),
    (402, {}, b"", Reason.QUOTA_EXHAUSTED, JobState.BLOCKED),
    (403, {}, openai("unsupported_country"), Reason.INVALID_CREDENTIALS, JobState.BLOCKED),
    (404, {}, openai("model_not_found"), Reason.MISSING_MODEL, JobState.BLOCKED),
    (
        404,
        {},
        openai("model_not_found", "The model `gpt-image-1` has been deprecated"),
        Reason.RETIRED_MODEL,
        JobState.BLOCKED,
    ),
    (404, {}, said({"detail": "Not Found"}), Reason.WRONG_SERVER, JobState.BLOCKED),
    (404, {}, b"<html>nginx</html>", Reason.WRONG_SERVER, JobState.BLOCKED),
    (408, {}, b"", Reason.TRANSIENT, JobState.QUEUED),
    (409, {}, openai("lock"), Reason.TRANSIENT, JobState.QUEUED),
    (
        422,
        {},
        said({"detail": [{"loc": ["body", "size"], "msg": "bad size"}]}),
        Reason.INVALID_SPEC,
        JobState.FAILED,
    ),
    (429, BUSY, openai("rate_limit_exceeded"), Reason.RATE_LIMITED, JobState.QUEUED),
    (429, {}, openai("insufficient_quota"), Reason.QUOTA_EXHAUSTED, JobState.BLOCKED),
    (429, {}, openai("", kind="insufficient_quota"), Reason.QUOTA_EXHAUSTED, JobState.BLOCKED),
    (500, {}, openai("", kind="server_error"), Reason.TRANSIENT, JobState.QUEUED),
    (500, {"x-should-retry": "false"}, openai(), Reason.PROVIDER_FAILED, JobState.FAILED),
    (503, {}, b"overloaded", Reason.TRANSIENT, JobState.QUEUED),
    (502, {}, b"<html>bad gateway</html>", Reason.TRANSIENT, JobState.BLOCKED),
    (504, {}, b"", Reason.TRANSIENT, JobState.BLOCKED),
    (502, {"x-should-retry": "true"}, b"", Reason.TRANSIENT, JobState.QUEUED),
    (200, {}, openai("insufficient_quota"), Reason.QUOTA_EXHAUSTED, JobState.BLOCKED),
    (200, {}, openai("moderation_blocked"), Reason.CONTENT_POLICY, JobState.FAILED),
    (200, {}, said({"error": "it broke"}), Reason.PROVIDER_FAILED, JobState.FAILED),
]
A1111: list[tuple[int, dict[str, str], bytes, Reason, JobState]] = [
    (
        401,
        {},
        said({"detail": "Incorrect username or password"}),
        Reason.INVALID_CREDENTIALS,
        JobState.BLOCKED,
    ),
    (404, {}, said({"detail": "Sampler not found"}), Reason.INVALID_SPEC, JobState.FAILED),
    (
        404,
        {},
        said({"error": "HTTPException", "detail": "Init image not found"}),
        Reason.INVALID_SPEC,
        JobState.FAILED,
    ),
    (404, {}, said({"detail": "Not Found"}), Reason.WRONG_SERVER, JobState.BLOCKED),
    (404, {}, b"", Reason.WRONG_SERVER, JobState.BLOCKED),
    (
        422,
        {},
        said({"detail": [{"loc": ["body", "steps"], "msg": "not an integer", "type": "x"}]}),
        Reason.INVALID_SPEC,
        JobState.FAILED,
    ),
    (
        500,
        {},
        said({"error": "OutOfMemoryError", "detail": "", "errors": "CUDA out of memory"}),
        Reason.TRANSIENT,
        JobState.QUEUED,
    ),
    (
        500,
        {},
        said({"error": "HTTPException", "detail": "", "errors": "Invalid encoded image"}),
        Reason.INVALID_SPEC,
        JobState.FAILED,
    ),
    (
        500,
        {},
        said({"error": "HTTPException", "detail": "Requests not allowed"}),
        Reason.INVALID_SPEC,
        JobState.FAILED,
    ),
    (
        500,
        {},
        said({"error": "RuntimeError", "errors": "Unknown checkpoint: x"}),
        Reason.MISSING_MODEL,
        JobState.BLOCKED,
    ),
    (500, {}, said({"error": "RuntimeError", "detail": ""}), Reason.TRANSIENT, JobState.QUEUED),
    (502, {}, b"<html>", Reason.TRANSIENT, JobState.QUEUED),
    (503, BUSY, b"", Reason.TRANSIENT, JobState.QUEUED),
    (400, {}, said({"error": "prompt required"}), Reason.INVALID_SPEC, JobState.FAILED),
    (
        400,
        {},
        said({"error": "width and height must be positive"}),
        Reason.INVALID_SPEC,
        JobState.FAILED,
    ),
    (
        500,
        {},
        said({"error": "server_error", "message": "[json.exception.parse_error…"}),
        Reason.TRANSIENT,
        JobState.QUEUED,
    ),
    (429, BUSY, said({"error": "job queue is full"}), Reason.RATE_LIMITED, JobState.QUEUED),
    (200, {}, b"<html>login</html>", Reason.WRONG_SERVER, JobState.BLOCKED),
]


@pytest.mark.parametrize(("status", "headers", "body", "reason", "state"), OPENAI)
def test_openai_p9(
    status: int, headers: dict[str, str], body: bytes, reason: Reason, state: JobState
) -> None:
    error = classify_openai(status, headers, body)
    assert error.reason is reason
    assert judge(error, fails=0, chance=0.5).state is state


@pytest.mark.parametrize(("status", "headers", "body", "reason", "state"), A1111)
def test_a1111_p9(
    status: int, headers: dict[str, str], body: bytes, reason: Reason, state: JobState
) -> None:
    error = classify_a1111(status, headers, body)
    assert error.reason is reason
    assert judge(error, fails=0, chance=0.5).state is state


def test_memory_that_ran_out_is_told_apart() -> None:
    body = said({"error": "OutOfMemoryError", "errors": "CUDA out of memory. Tried to allocate"})
    assert isinstance(classify_a1111(500, {}, body), OutOfMemory)


@pytest.mark.parametrize(
    ("headers", "message", "seconds"),
    [
        ({"retry-after-ms": "1500", "retry-after": "9"}, "", 1.5),
        ({"Retry-After": "9"}, "", 9.0),
        (
            {
                "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT",
                "date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            "",
            30.0,
        ),
        ({}, "Limit 5/min. Please try again in 12s.", 12.0),
        ({}, "Please try again in 500ms.", 0.5),
        ({"retry-after": "soon"}, "", None),
        ({}, "", None),
    ],
)
def test_how_long_to_wait_is_told_in_four_ways(
    headers: dict[str, str], message: str, seconds: float | None
) -> None:
    error = classify_openai(429, headers, openai("rate_limit_exceeded", message))
    assert error.retry_after == seconds


def test_a_refusal_does_not_repeat_what_was_refused() -> None:
    error = classify_openai(400, {}, openai("moderation_blocked", "your prompt 'the deed' is bad"))
    assert "the deed" not in error.message
