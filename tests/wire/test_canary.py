"""A key is in nothing that leaves the server or stays on its disk, whatever goes wrong (P29, P30).

A real server against a real wire-fake that fails in every way it can and says the key each time.
"""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.services.server import Server, StartServer
from tests.wire.automatic1111 import TXT2IMG, A1111Fake
from tests.wire.openai import GENERATIONS, SPEECH, OpenAIFake

pytestmark = pytest.mark.services
KEY = "canary/Secret+Value=7531"
BASIC = f"keeper:{KEY}"
WITHIN_S = 60.0
PLACES = (
    "/",
    "/providers",
    "/jobs",
    "/p/canary",
    "/p/canary/script",
    "/p/canary/s/S1",
    "/api/v1/providers",
    "/api/v1/projects",
    "/api/v1/projects/canary",
    "/api/v1/projects/canary/board",
    "/api/v1/projects/canary/script",
    "/api/v1/projects/canary/media",
    "/api/v1/jobs?limit=500",
    "/readyz",
    "/healthz",
)
FAILURES: dict[str, int] = {
    "invalid": 400,
    "policy": 400,
    "key": 401,
    "quota": 429,
    "model": 404,
    "limit": 429,
    "broken": 500,
    "gateway": 502,
    "success": 200,
    "link": 200,
}
WAYS = (*FAILURES, "good")
"""Each is a provider of its own: one refused key stops all that would use it."""
CODES = {
    "policy": "moderation_blocked",
    "quota": "insufficient_quota",
    "model": "model_not_found",
    "success": "server_error",
}


def shapes() -> list[bytes]:
    """The key as it is, and in the forms a message may give it."""
    whole = [KEY, quote(KEY, safe=""), json.dumps(KEY)[1:-1]]
    coded = [base64.b64encode(one.encode()).decode() for one in (KEY, BASIC)]
    return [one.encode() for one in (*whole, *coded)]


def says(request: Request) -> str:
    sent = request.headers.get("authorization", "")
    return f"with {sent} as in {KEY} or https://h/x?key={quote(KEY, safe='')}&sig={KEY}"


class EchoingOpenAI(OpenAIFake):
    """Fails as the prompt says, and quotes the key."""

    async def _picture(self, request: Request, body: bytes) -> Response:
        way = str(json.loads(body)["prompt"]).split(maxsplit=1)[0]
        if way == "good":
            answer = await super()._picture(request, body)
            told = json.loads(bytes(answer.body))
            told["data"][0]["revised_prompt"] = told["usage"]["note"] = says(request)
            return JSONResponse(told, headers={"x-request-id": says(request)})
        if way == "link":
            return JSONResponse({"data": [{"url": f"https://evil.example/{KEY}?sig={KEY}"}]})
        if way == "gateway":
            return Response(f"<html>{says(request)}</html>", 502, media_type="text/html")
        error = {"message": says(request), "code": CODES.get(way, says(request)), "param": KEY}
        return JSONResponse({"error": error}, FAILURES[way])

    async def _speech(self, request: Request, _body: bytes) -> Response:
        return JSONResponse({"detail": [{"loc": [KEY], "msg": says(request)}]}, 422)

    async def _list(self, request: Request, _body: bytes) -> Response:
        return JSONResponse({"error": {"message": says(request)}}, 401)


class EchoingA1111(A1111Fake):
    async def _picture(self, request: Request, _body: bytes) -> Response:
        error = {"error": "RuntimeError", "detail": says(request), "errors": says(request)}
        return JSONResponse(error, 422)


@pytest.fixture
def openai() -> Iterator[EchoingOpenAI]:
    with EchoingOpenAI(KEY) as fake:
        yield fake


@pytest.fixture
def a1111() -> Iterator[EchoingA1111]:
    with EchoingA1111() as fake:
        yield fake


def script() -> str:
    items = [f"{{type: stable_diffusion, prompt: {way} lamp, provider: {way}}}" for way in WAYS]
    items.append("{type: tts, text: It went out, provider: openai}")
    items.append("{type: stable_diffusion, prompt: a lamp, provider: automatic1111}")
    blocks = [
        f"  - {{id: S{place}, content: A lamp, media: [{{media_id: m, media_spec: {item}}}]}}"
        for place, item in enumerate(items)
    ]
    return "\n".join(["project: {id: canary}", "blocks:", *blocks])


def settled(client: httpx.Client) -> list[dict[str, object]]:
    """The jobs, once each has ended or has something to say."""
    until = time.monotonic() + WITHIN_S
    while True:
        jobs = client.get("/api/v1/jobs?limit=500").json()["items"]
        if jobs and all(one["error"] or one["state"] == "succeeded" for one in jobs):
            return list(jobs)
        assert time.monotonic() < until, jobs
        time.sleep(0.2)  # noqa: TID251 - a foreign process has no clock of ours


def test_no_key_gets_out_whatever_fails(
    openai: EchoingOpenAI, a1111: EchoingA1111, server: StartServer, tmp_path: Path
) -> None:
    providers = tmp_path / "providers.toml"
    providers.write_text(
        "".join(
            f'[{way}]\nadapter = "openai"\nbase_url = "{openai.base_url}"\n'
            'key_env = "OPENAI_API_KEY"\n'
            for way in WAYS
        )
        + f'[openai]\nbase_url = "{openai.base_url}"\n'
        f'[automatic1111]\nbase_url = "{a1111.url}"\nkey_required = true\n'
    )
    started = server(
        env={
            "FRAMEWRIGHT_PROVIDERS": str(providers),
            "OPENAI_API_KEY": KEY,
            "AUTOMATIC1111_AUTH": BASIC,
        }
    )
    said = _go_through(started)
    assert openai.calls(GENERATIONS)[0].headers["authorization"] == f"Bearer {KEY}"
    assert openai.calls(SPEECH)
    assert a1111.calls(TXT2IMG)
    started.stop()
    said["the log"] = started.log.encode()
    pasted = started.data / "keys" / "OPENAI_API_KEY"
    assert pasted.read_text() == KEY
    assert (pasted.stat().st_mode & 0o777, pasted.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    kept = [path for path in started.data.rglob("*") if path.is_file() and path != pasted]
    said |= {str(path): path.read_bytes() for path in kept}
    assert any(name.endswith("framewright.db") for name in said)
    found = [name for name, told in said.items() for shape in shapes() if shape in told]
    assert found == []


def _go_through(started: Server) -> dict[str, bytes]:
    """What every place says, asked after everything has gone wrong once."""
    said: dict[str, bytes] = {}
    headers = {"authorization": f"Bearer {started.api_token}"}
    with httpx.Client(base_url=started.url, headers=headers, timeout=30) as client:
        made = client.post(
            "/api/v1/projects",
            content=script(),
            headers={"content-type": "application/yaml"},
        )
        assert made.status_code == 201, made.text
        said["generate"] = client.post("/api/v1/projects/canary/generate", json={}).content
        jobs = settled(client)
        assert len(jobs) == len(FAILURES) + 3
        for job in jobs:
            said[f"job {job['id']}"] = client.get(f"/api/v1/jobs/{job['id']}").content
        said["events"] = _events(client)
        address = "/api/v1/providers/openai/key"
        for wish in ({"key": KEY}, {"kye": KEY}, {"key": [KEY]}, {"key": f"{KEY}\n{KEY}"}):
            answer = client.put(address, json=wish)
            said[f"key {len(said)}"] = answer.content
            assert answer.status_code == (200 if wish == {"key": KEY} else 422), answer.text
        said["probe"] = client.post("/api/v1/providers/openai/probe").content
        for place in PLACES:
            said[place] = client.get(place).content
    return said


def _events(client: httpx.Client) -> bytes:
    """The stream from the beginning, as far as it comes at once."""
    told = b""
    headers = {"last-event-id": "0"}
    path = "/api/v1/projects/canary/events"
    with client.stream("GET", path, headers=headers) as stream:
        for part in stream.iter_raw():
            told += part
            if told.count(b"\nid:") + told.count(b"\n\n") > len(FAILURES):
                return told
    return told
