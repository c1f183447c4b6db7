"""A1111's wire (AUTOMATIC1111, Forge, SD.Next), and stable-diffusion.cpp's own jobs.

A server of A1111's kind answers with the picture and can't be asked for it again: it is asked
within ``result``, and after a crash again, for it costs nothing but time. Where the server is
stable-diffusion.cpp its jobs are used, which outlive us.
"""

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Literal

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.provider import (
    Ask,
    Capabilities,
    Handle,
    Made,
    ProviderError,
    Readiness,
    Stopped,
    Update,
)
from jobs.providers.automatic1111 import requests
from jobs.providers.automatic1111.classify import TOO_LARGE, OutOfMemory, classify, job_error
from jobs.providers.configuration import LiveSettings
from jobs.providers.wire.client import Client, Reply
from jobs.providers.wire.keys import FindKey
from jobs.providers.wire.pace import Pace

PICTURE_S = 570.0
"""A little less than a picture's job may take."""
LOOK_S = 1.0
"""Between two looks at how far it is."""
POLL_S = 1.0

Phase = Literal["queued", "running", "ready", "failed"]
STATUSES: Mapping[str, Phase] = {
    "queued": "queued",
    "generating": "running",
    "completed": "ready",
    "failed": "failed",
    "cancelled": "failed",
}
"""stable-diffusion.cpp's words. One that is not here is still running."""

log = logging.getLogger(__name__)


class Automatic1111Provider:
    """`domain.work.provider.Provider` over one server."""

    def __init__(self, settings: LiveSettings, client: Client | None, find_key: FindKey) -> None:
        """``client`` is None where there is no address yet."""
        self.name = settings.name
        self.key_env = settings.key_env
        self.address = settings.base_url or ""
        self.capabilities = Capabilities(
            kind=ProviderKind.LIVE,
            makes=frozenset({MediaType.IMAGE}),
            progress="percent",
            concurrency=settings.concurrency,
            models=settings.models,
            reference_images=1,
        )
        self._settings = settings
        self._client = client
        self._find_key = find_key
        self._pace = Pace(settings.name, settings.per_minute)
        self._has_jobs: bool | None = None
        self._unknown: set[str] = set()

    def check(self) -> Readiness:
        settings = self._settings
        if self._client is None:
            where = f"[{self.name}] of the file FRAMEWRIGHT_PROVIDERS names"
            detail = f'Write base_url = "http://127.0.0.1:7860" in {where}.'
            return Readiness(reason=Reason.NO_PROVIDER, detail=detail)
        if settings.key_required and not self._find_key(settings.key_env or ""):
            detail = f"Set {settings.key_env} to name:password, or paste it on the Providers page."
            return Readiness(reason=Reason.MISSING_CREDENTIALS, detail=detail)
        return Readiness()

    def probe(self) -> Readiness:
        """Ask for the list of checkpoints."""
        ready = self.check()
        if self._client is None or not ready.is_ready:
            return ready
        try:
            self._expect_model(self._client, self._settings.models.get(MediaType.IMAGE))
        except ProviderError as error:
            is_away = error.reason in (Reason.TRANSIENT, Reason.TIMEOUT)
            reason = Reason.UNREACHABLE if is_away else error.reason
            return Readiness(reason=reason, detail=error.message)
        return Readiness()

    def close(self) -> None:
        if self._client is not None:
            self._client.cut()

    def submit(self, ask: Ask) -> Handle:
        client = self._client
        if client is None:
            raise ProviderError(Reason.NO_PROVIDER, self.check().detail)
        self._pace.step()
        model = self._model(ask)
        if model is not None:
            self._expect_model(client, model)
        if self._keeps_jobs(client):
            body = requests.native(ask.spec, references=_references(ask))
            reply = client.send("POST", "/sdcpp/v1/img_gen", json=body)
            said = reply.json()
            if not reply.is_ok or not isinstance(said, Mapping) or not said.get("id"):
                self._has_jobs = None
                raise self._failure(reply, tried_before=ask.attempt > 0)
            facts = {"api": "sdcpp", "tried_before": ask.attempt > 0}
            return Handle(provider_job_id=str(said["id"]), facts=facts)
        return Handle(provider_job_id=f"task({ask.key})", facts={"api": "sdapi"})

    def poll(self, handle: Handle) -> Update:
        if handle.facts.get("api") != "sdcpp":
            return Update(phase="ready")  # asked for within ``result``
        reply = self._ask_job(handle)
        if reply.status in (404, 410):
            return Update(phase="lost")
        said = self._read(reply)
        status = str(said.get("status") or "")
        phase = STATUSES.get(status)
        if phase is None:
            self._wonder(status)
        if phase == "failed":
            before = bool(handle.facts.get("tried_before"))
            reason, message = job_error(said.get("error"), tried_before=before)
            return Update(phase="failed", reason=reason, message=message)
        return Update(phase=phase or "running", next_poll_s=POLL_S)

    def result(self, ask: Ask, handle: Handle) -> Made:
        if handle.facts.get("api") == "sdcpp":
            return self._of_job(ask, handle)
        body = requests.picture(
            ask.spec,
            task=handle.provider_job_id,
            model=self._model(ask),
            references=_references(ask),
        )
        reply = self._generate(ask, body)
        if not reply.is_ok:
            raise self._failure(reply, tried_before=ask.attempt > 0)
        picture, info = requests.first_picture(reply.json())
        told = requests.realised(ask.spec, body, picture) | requests.told_by_info(info)
        return Made(data=picture, realised={"model": self._model(ask) or "unknown", **told})

    def cancel(self, handle: Handle) -> None:
        client = self._client
        if client is None:
            return
        if handle.facts.get("api") == "sdcpp":
            client.send("POST", f"/sdcpp/v1/jobs/{handle.provider_job_id}/cancel")
        else:
            self._interrupt(client, handle.provider_job_id)

    def _model(self, ask: Ask) -> str | None:
        named = ask.spec.get("model_id") or self._settings.models.get(MediaType.IMAGE)
        return str(named) if named else None

    def _keeps_jobs(self, client: Client) -> bool:
        """Whether it is stable-diffusion.cpp; asked until it is known."""
        if self._has_jobs is None:
            reply = client.send("GET", "/sdcpp/v1/capabilities")
            self._has_jobs = reply.is_ok and isinstance(reply.json(), Mapping)
        return self._has_jobs

    def _expect_model(self, client: Client, model: str | None) -> None:
        """Asked before anything is made: a server takes any other one instead without a word."""
        reply = client.send("GET", "/sdapi/v1/sd-models")
        listed = reply.json() if reply.is_ok else None
        if not reply.is_ok:
            raise self._failure(reply, tried_before=False)
        if not isinstance(listed, list):
            message = "This answers like no server of A1111's kind. Check base_url."
            raise ProviderError(Reason.WRONG_SERVER, message)
        known = [one for one in listed if isinstance(one, Mapping)]
        if not known:
            message = "The server has no checkpoint. Put one into its models folder."
            raise ProviderError(Reason.MISSING_MODEL, message)
        names = {str(one.get(name)) for one in known for name in ("title", "model_name")}
        if model is not None and model not in names:
            there = ", ".join(sorted({str(one.get("model_name")) for one in known})[:5])
            message = f"The server has no model {model}. It has {there}."
            raise ProviderError(Reason.MISSING_MODEL, message)

    def _generate(self, ask: Ask, body: dict[str, Any]) -> Reply:
        """Wait for the picture on one line and look how far it is on another."""
        client = self._client
        assert client is not None
        path = "/sdapi/v1/img2img" if "init_images" in body else "/sdapi/v1/txt2img"
        line = client.another()
        coming: Future[Reply] = Future()

        def send() -> None:
            try:
                coming.set_result(line.send("POST", path, json=body, within=PICTURE_S))
            except ProviderError as error:
                coming.set_exception(error)

        threading.Thread(target=send, name=self.name, daemon=True).start()
        try:
            return self._wait(client, ask, coming, body["force_task_id"])
        except Stopped:
            with suppress(ProviderError):
                self._interrupt(client, body["force_task_id"])
            raise
        except ProviderError as error:
            # It costs nothing: whatever became of it, it may be made again.
            raise ProviderError(
                error.reason, error.message, retry_after=error.retry_after
            ) from error
        finally:
            line.cut()

    def _wait(self, client: Client, ask: Ask, coming: Future[Reply], task: str) -> Reply:
        while True:
            with suppress(TimeoutError):
                return coming.result(timeout=LOOK_S)
            ask.tell(self._progress(client, task))

    def _progress(self, client: Client, task: str) -> float | None:
        """Of our own task; what the server does for others is not ours to show."""
        with suppress(ProviderError):
            said = self._look(client, task)
            progress = said.get("progress")
            if said.get("active") and isinstance(progress, int | float):
                return min(1.0, max(0.0, float(progress)))
        return None

    def _look(self, client: Client, task: str) -> Mapping[str, Any]:
        body = {"id_task": task, "id_live_preview": -1, "live_preview": False}
        reply = client.send("POST", "/internal/progress", json=body)
        said = reply.json() if reply.is_ok else None
        return said if isinstance(said, Mapping) else {}

    def _interrupt(self, client: Client, task: str) -> None:
        """It stops whatever runs there, so only while that is ours."""
        if self._look(client, task).get("active"):
            client.send("POST", "/sdapi/v1/interrupt")

    def _of_job(self, ask: Ask, handle: Handle) -> Made:
        said = self._read(self._ask_job(handle))
        result = said.get("result")
        images = result.get("images") if isinstance(result, Mapping) else None
        first = images[0] if isinstance(images, list) and images else None
        picture = requests.decoded(first.get("b64_json") if isinstance(first, Mapping) else None)
        told = requests.realised(ask.spec, requests.native(ask.spec, references=()), picture)
        return Made(data=picture, realised={"model": self._model(ask) or "unknown", **told})

    def _ask_job(self, handle: Handle) -> Reply:
        client = self._client
        if client is None:
            raise ProviderError(Reason.NO_PROVIDER, self.check().detail)
        return client.send("GET", f"/sdcpp/v1/jobs/{handle.provider_job_id}")

    def _read(self, reply: Reply) -> Mapping[str, Any]:
        said = reply.json()
        if not reply.is_ok or not isinstance(said, Mapping):
            raise classify(reply.status, reply.headers, reply.body)
        return said

    def _failure(self, reply: Reply, *, tried_before: bool) -> ProviderError:
        error = classify(reply.status, reply.headers, reply.body)
        if isinstance(error, OutOfMemory) and tried_before:
            return ProviderError(Reason.INVALID_SPEC, TOO_LARGE)
        return error

    def _wonder(self, status: str) -> None:
        if status not in self._unknown:
            self._unknown.add(status)
            log.warning("%s tells an unknown status %r; it counts as running", self.name, status)


def _references(ask: Ask) -> list[bytes]:
    pictures = [one for one in ask.inputs if one.media_type is MediaType.IMAGE]
    if not pictures or ask.fetch is None:
        return []
    return [ask.fetch(one) for one in pictures]
