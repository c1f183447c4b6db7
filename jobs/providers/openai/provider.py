"""OpenAI's wire: pictures, pictures after others, speech; at OpenAI or any compatible server.

An answer is the result itself: a call blocks until it is made, and nobody can ask for it again.
A call whose answer never came may have been charged.
"""

import base64
import binascii
from collections.abc import Mapping
from functools import partial
from typing import Any

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.provider import (
    Ask,
    Capabilities,
    Handle,
    Input,
    Made,
    ProviderError,
    Readiness,
    Update,
)
from jobs.providers.configuration import MAKES, LiveSettings
from jobs.providers.openai import requests
from jobs.providers.openai.classify import classify
from jobs.providers.wire.client import Client, Reply
from jobs.providers.wire.held import Held
from jobs.providers.wire.keys import FindKey
from jobs.providers.wire.pace import Pace

OWN_HOST = "api.openai.com"
PICTURE_S, SPEECH_S = 570.0, 110.0
"""A little less than a job of the kind may take."""
MOST_REFERENCES = 16
PICTURE_BYTES = 40_000_000
RETIRED: Mapping[str, str] = {
    "dall-e-2": "2026-05-12",
    "dall-e-3": "2026-05-12",
    "gpt-image-1": "2026-10-23",
}
"""At OpenAI, and since when."""


class OpenAIProvider:
    """`domain.work.provider.Provider` over one server."""

    def __init__(self, settings: LiveSettings, client: Client | None, find_key: FindKey) -> None:
        """``client`` is None where there is no address yet."""
        self.name = settings.name
        self.key_env = settings.key_env
        self.address = settings.base_url or ""
        self.capabilities = Capabilities(
            kind=ProviderKind.LIVE,
            makes=frozenset(settings.models) & MAKES["openai"],
            billable=settings.is_billable,
            resumable=False,
            concurrency=settings.concurrency,
            models=settings.models,
            prices=settings.prices,
            reference_images=MOST_REFERENCES,
        )
        self._settings = settings
        self._client = client
        self._find_key = find_key
        self._pace = Pace(settings.name, settings.per_minute)
        self._held = Held()
        self._is_openai = f"//{OWN_HOST}" in (settings.base_url or "")

    def check(self) -> Readiness:
        settings = self._settings
        if self._client is None:
            detail = f"Write base_url in [{self.name}] of the file FRAMEWRIGHT_PROVIDERS names."
            return Readiness(reason=Reason.NO_PROVIDER, detail=detail)
        if settings.key_required and not self._find_key(settings.key_env or ""):
            detail = f"Set {settings.key_env}, or paste a key on the Providers page."
            return Readiness(reason=Reason.MISSING_CREDENTIALS, detail=detail)
        return Readiness()

    def probe(self) -> Readiness:
        """Ask for the list of models: free, and the key must be good for it."""
        ready = self.check()
        if self._client is None or not ready.is_ready:
            return ready
        try:
            reply = self._client.send("GET", "/models")
            if not reply.is_ok:
                raise classify(reply.status, reply.headers, reply.body)
            self._expect_models(reply)
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
        model = str(ask.spec.get("model_id") or self._settings.models.get(ask.media_type, ""))
        self._refuse_retired(model)
        is_voice = ask.media_type is MediaType.VOICE
        body = self._speech(ask, model) if is_voice else self._picture(ask, model)
        self._pace.step()
        try:
            reply = self._send_speech(client, body) if is_voice else self._send(client, ask, body)
        except ProviderError as error:
            if error.reason is not Reason.BAD_OUTPUT:
                raise
            return self._keep(ask, partial(_raise, error), 0)
        if not reply.is_ok or _is_error(reply):
            raise classify(reply.status, reply.headers, reply.body)
        fetch = partial(self._spoken if is_voice else self._drawn, reply, ask, body)
        return self._keep(ask, fetch, len(reply.body), reply)

    def poll(self, handle: Handle) -> Update:
        """Its answer came with the submission, to this process alone."""
        known = self._held.find(handle.facts.get("key", ""))
        return Update(phase="lost" if known is None else "ready")

    def result(self, ask: Ask, handle: Handle) -> Made:  # noqa: ARG002 - the port has it
        fetch = self._held.find(ask.key)
        if fetch is None:
            raise ProviderError(Reason.LOST, "The answer was lost with the process that had it.")
        return fetch()

    def cancel(self, handle: Handle) -> None:
        """Nothing can be stopped: the answer is there as soon as there is a handle."""

    def _refuse_retired(self, model: str) -> None:
        since = RETIRED.get(model) if self._is_openai else None
        if since is not None:
            message = (
                f"{model} was retired on {since}. Write another one in models of [{self.name}]."
            )
            raise ProviderError(Reason.RETIRED_MODEL, message)

    def _expect_models(self, reply: Reply) -> None:
        """At OpenAI the list is whole; other servers' lists are known to leave out things."""
        said = reply.json()
        listed = said.get("data") if isinstance(said, Mapping) else None
        if not isinstance(listed, list):
            message = "This answers like no server of OpenAI's kind. Check base_url."
            raise ProviderError(Reason.WRONG_SERVER, message)
        known = {one.get("id") for one in listed if isinstance(one, Mapping)}
        for model in self._settings.models.values():
            self._refuse_retired(model)
            if self._is_openai and known and model not in known:
                message = f"This account has no model {model}. Write another one in models."
                raise ProviderError(Reason.MISSING_MODEL, message)

    def _picture(self, ask: Ask, model: str) -> dict[str, Any]:
        return requests.picture(ask.spec, model=model, dialect=self._settings.dialect)

    def _speech(self, ask: Ask, model: str) -> dict[str, Any]:
        if len(str(ask.spec.get("text") or "")) > requests.LONGEST_LINE:
            message = (
                f"A line has at most {requests.LONGEST_LINE} characters here; split it in two."
            )
            raise ProviderError(Reason.INVALID_SPEC, message)
        return requests.speech(ask.spec, model=model)

    def _send(self, client: Client, ask: Ask, body: dict[str, Any]) -> Reply:
        pictures = [one for one in ask.inputs if one.media_type is MediaType.IMAGE]
        if not pictures:
            return client.send("POST", "/images/generations", json=body, within=PICTURE_S)
        fields = {name: str(value) for name, value in body.items()}
        files = [("image[]", _part(ask, one)) for one in pictures[:MOST_REFERENCES]]
        return client.send("POST", "/images/edits", data=fields, files=files, within=PICTURE_S)

    def _send_speech(self, client: Client, body: dict[str, Any]) -> Reply:
        return client.send("POST", "/audio/speech", json=body, within=SPEECH_S)

    def _keep(self, ask: Ask, fetch: Any, size: int, reply: Reply | None = None) -> Handle:
        self._held.keep(ask.key, size, fetch)
        request_id = reply.headers.get("x-request-id") if reply else None
        return Handle(
            provider_job_id=request_id or ask.key,
            facts={"key": ask.key},
            cost_micros=self.capabilities.price(ask.media_type, ask.spec),
        )

    def _spoken(self, reply: Reply, ask: Ask, body: dict[str, Any]) -> Made:
        return Made(data=reply.body, realised=self._realised(ask, body))

    def _drawn(self, reply: Reply, ask: Ask, body: dict[str, Any]) -> Made:
        said = reply.json()
        pictures = said.get("data") if isinstance(said, Mapping) else None
        if not isinstance(pictures, list) or not pictures or not isinstance(pictures[0], Mapping):
            raise ProviderError(Reason.BAD_OUTPUT, "The provider answered without a picture.")
        realised = self._realised(ask, body) | {"prompt": body["prompt"], "size": body["size"]}
        if pictures[0].get("revised_prompt"):
            realised["revised_prompt"] = pictures[0]["revised_prompt"]
        if isinstance(said.get("usage"), Mapping):
            realised["usage"] = said["usage"]
        return Made(data=self._bytes(pictures[0]), realised=realised)

    def _realised(self, ask: Ask, body: Mapping[str, Any]) -> dict[str, Any]:
        """What ran. Where the server takes no seed, none is claimed."""
        kept = {name: value for name, value in ask.spec.items() if name not in ("seed", "demo")}
        seeded: dict[str, Any] = {"seed_source": "unknown"}
        if self._settings.dialect & {"seed", "sd_cpp"} and "seed" in ask.spec:
            seeded = {"seed": ask.spec["seed"], "seed_source": "sent"}
        return {**kept, "model": body["model"], **seeded}

    def _bytes(self, picture: Mapping[str, Any]) -> bytes:
        coded, address = picture.get("b64_json"), picture.get("url")
        if isinstance(coded, str) and coded:
            try:
                return base64.b64decode(coded.partition(",")[2] or coded, validate=True)
            except binascii.Error as error:
                message = "The provider's picture can't be read."
                raise ProviderError(Reason.BAD_OUTPUT, message) from error
        if isinstance(address, str) and address and self._client is not None:
            return self._client.fetch(address, limit=PICTURE_BYTES)
        raise ProviderError(Reason.BAD_OUTPUT, "The provider answered without a picture.")


def _part(ask: Ask, picture: Input) -> tuple[str, bytes, str]:
    assert ask.fetch is not None
    return f"{picture.name}.webp", ask.fetch(picture), "image/webp"


def _is_error(reply: Reply) -> bool:
    """A failure that calls itself 200."""
    if not reply.headers.get("content-type", "").startswith("application/json"):
        return False
    said = reply.json()
    return isinstance(said, Mapping) and bool(said.get("error"))


def _raise(error: ProviderError) -> Made:
    raise error
