"""The toll as a provider of the house: one module, registered like any other."""

import os
from typing import Any

import httpx

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.provider import Ask, Capabilities, Handle, Made, ProviderError, Readiness, Update
from tests.faults.points import Points

PATIENCE_S = 5.0
"""Less than the toll hangs."""
PLACES = 16
MICROS_A_CENT = 10_000


class TollProvider:
    """`domain.work.provider.Provider`, live as far as the house can tell."""

    def __init__(self, name: str, url: str, points: Points, *, keys: bool) -> None:
        """``keys``: the same key is charged once, and a lost answer can be looked up."""
        self.name = name
        self.capabilities = Capabilities(
            kind=ProviderKind.LIVE,
            makes=frozenset({MediaType.IMAGE}),
            billable=True,
            idempotent_submit=keys,
            concurrency=PLACES,
        )
        self._points = points
        # A connection is used once: what it was closed for is never mistaken for an answer.
        self._client = httpx.Client(
            base_url=url,
            timeout=PATIENCE_S,
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def check(self) -> Readiness:
        return Readiness()

    def submit(self, ask: Ask) -> Handle:
        self._points.reach("intent")
        headers = {"Idempotency-Key": ask.key} if self.capabilities.idempotent_submit else {}
        order = {"reference": ask.key, "prompt": ask.spec.get("prompt")}
        answer = self._ask("POST", "/orders", submits=True, json=order, headers=headers).json()
        self._points.reach("answered")
        return Handle(
            provider_job_id=str(answer["id"]), cost_micros=answer["cents"] * MICROS_A_CENT
        )

    def poll(self, handle: Handle) -> Update:
        self._points.reach("recorded")
        answer = self._ask("GET", f"/orders/{handle.provider_job_id}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return Update(phase="lost")
        self._points.reach("polled")
        match answer.json()["status"]:
            case "ready":
                return Update(phase="ready")
            case "failed":
                return Update(phase="failed", reason=Reason.TRANSIENT, message="It failed there.")
            case _:
                return Update(phase="running", next_poll_s=0.3)

    def result(self, ask: Ask, handle: Handle) -> Made:
        answer = self._ask("GET", f"/orders/{handle.provider_job_id}/result")
        self._points.reach("downloaded")
        return Made(data=answer.content, realised={**ask.spec, "model": self.name})

    def cancel(self, handle: Handle) -> None:
        self._ask("DELETE", f"/orders/{handle.provider_job_id}")

    def _ask(self, method: str, path: str, *, submits: bool = False, **given: Any) -> Any:
        """``submits``: an answer that did not come may still have been charged."""
        try:
            answer = self._client.request(method, path, **given)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise ProviderError(Reason.TRANSIENT, "The toll is out of reach.") from error
        except httpx.HTTPError as error:
            message = f"The toll did not answer: {type(error).__name__}."
            raise ProviderError(Reason.TRANSIENT, message, outcome_known=not submits) from error
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            wait = float(answer.headers["Retry-After"])
            raise ProviderError(Reason.RATE_LIMITED, "The toll is busy.", retry_after=wait)
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            message = f"The toll stumbled: {answer.status_code}."
            raise ProviderError(Reason.TRANSIENT, message, outcome_known=not submits)
        return answer


def tolls(points: Points) -> list[TollProvider]:
    """Those whose addresses the environment names: ``TOLL_KEYS``, ``TOLL_PLAIN``."""
    return [
        TollProvider(f"toll-{name}", url, points, keys=name == "keys")
        for name in ("keys", "plain")
        if (url := os.environ.get(f"TOLL_{name.upper()}"))
    ]
