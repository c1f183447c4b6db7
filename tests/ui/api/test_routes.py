"""What holds for every route alike; the routes themselves are read from the OpenAPI document."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from domain.access import Role
from tests.ui.api.house import API, SCRIPT, YAML, House, create, refused, slots_of, told

ROUTES = {
    "GET /projects",
    "POST /projects",
    "GET /projects/{project}",
    "GET /projects/{project}/script",
    "PUT /projects/{project}/script",
    "PATCH /projects/{project}/script",
    "GET /projects/{project}/script/revisions",
    "GET /projects/{project}/script/revisions/{revision}",
    "POST /projects/{project}/script/revisions/{revision}/restore",
    "GET /projects/{project}/board",
    "GET /projects/{project}/state",
    "POST /projects/{project}/plan",
    "POST /projects/{project}/generate",
    "POST /projects/{project}/retry-failed",
    "POST /projects/{project}/pause",
    "POST /projects/{project}/resume",
    "GET /projects/{project}/events",
    "GET /slots/{slot}",
    "GET /slots/{slot}/takes",
    "POST /slots/{slot}/generate",
    "POST /slots/{slot}/cancel",
    "POST /takes/{take}/use",
    "POST /takes/{take}/release",
    "POST /takes/{take}/select",
    "POST /takes/{take}/unselect",
    "POST /takes/{take}/review",
    "DELETE /takes/{take}",
    "DELETE /media/{media}",
    "DELETE /projects/{project}",
    "DELETE /trash/{entry}",
    "GET /trash",
    "POST /trash/{entry}/restore",
    "GET /projects/{project}/media",
    "GET /projects/{project}/media/{media}",
    "POST /projects/{project}/media",
    "POST /slots/{slot}/takes",
    "GET /jobs",
    "GET /jobs/{job}",
    "POST /jobs/{job}/retry",
    "POST /jobs/{job}/cancel",
    "GET /providers",
    "POST /providers/{provider}/pause",
    "POST /providers/{provider}/resume",
    "POST /providers/{provider}/probe",
    "PUT /providers/{provider}/key",
    "DELETE /providers/{provider}/key",
}
"""CONTRACT.md section 5, as far as it is built."""
OF_ONE_THING = sorted(one for one in ROUTES if "{" in one)
LISTS = (
    "/projects",
    "/jobs",
    "/slots/{slot}/takes",
    "/projects/x/media",
    "/projects/x/script/revisions",
)
EDIT = {"edits": [{"op": "delete", "shot": "sc010_SH0020"}], "revision": 1}
GIVE_KEY = "PUT /providers/{provider}/key"
UPLOADS = ("/projects/{project}/media", "/slots/{slot}/takes")


def described(house: House) -> Iterator[tuple[str, Any]]:
    route: Any = house.app.router.routes[0]
    api: FastAPI = route.app.app
    for path, operations in api.openapi()["paths"].items():
        for method, operation in operations.items():
            yield f"{method.upper()} {path}", operation


async def test_the_document_tells_every_route_and_no_other(house: House) -> None:
    async with house.client() as client:
        document = told(await client.get("/api/openapi.json"))
    found = {
        f"{method.upper()} {path.removeprefix(API)}"
        for path, operations in document["paths"].items()
        for method in operations
        if path.startswith(API)
    }
    assert found == ROUTES
    assert {"/healthz", "/readyz"} <= set(document["paths"])


def test_the_document_says_what_every_route_answers(house: House) -> None:
    for name, operation in described(house):
        if API not in name:
            continue
        good = [status for status in operation["responses"] if status.startswith("2")]
        assert len(good) == 1, name
        assert operation["responses"][good[0]]["content"], name
        wrong = operation["responses"]["401"]["content"]
        assert "application/problem+json" in wrong, name


@pytest.mark.parametrize("route", sorted(ROUTES))
async def test_a_stranger_gets_401(house: House, route: str) -> None:
    method, path = route.split()
    async with house.client(token=None) as client:
        assert refused(await client.request(method, API + path), 401) == "unauthorised"


@pytest.mark.parametrize("route", sorted(ROUTES - {"POST /projects/{project}/plan"}))
async def test_who_may_only_look_is_told_403_for_all_else(house: House, route: str) -> None:
    cookie = "of-a-viewer"
    with house.works() as work:
        digest = hashlib.sha256(cookie.encode()).hexdigest()
        work.keys.add_session(digest, "vera", Role.VIEWER)
        work.commit()
    method, path = route.split()
    body: dict[str, Any] = {"json": {"status": "wip"}} if path.endswith("review") else {}
    if path in ("/projects", "/projects/{project}/script"):
        body = {"content": SCRIPT, "headers": YAML}
    if method == "PATCH":
        body = {"json": EDIT}
    if route == GIVE_KEY:
        body = {"json": {"key": "sesame-1234"}}
    if path in UPLOADS:
        body = {"files": {"file": ("a.png", b"no picture")}}
    async with house.client() as owner:
        await create(owner)
        slot = next(iter((await slots_of(owner)).values()))["id"]
        asked = told(await owner.post(f"{API}/slots/{slot}/generate"))
    names = {"{project}": "lighthouse", "{slot}": slot, "{job}": asked["jobs"][0]}
    names["{revision}"] = "1"
    for name, value in names.items():
        path = path.replace(name, value)
    if path.endswith("events"):
        house.streams.close()  # so that the answer ends
    headers = {"Cookie": f"framewright_8080={cookie}"}
    async with house.client(token=None, headers=headers) as viewer:
        answer = await viewer.request(method, API + path, **(body if method != "GET" else {}))
        if method == "GET" and path.endswith("{media}"):
            assert refused(answer, 404) == "not_found"  # there is none; it was looked for
        elif method == "GET":
            assert answer.status_code in (200, 503)
        else:
            assert refused(answer, 403) == "forbidden"
            assert "vera" in answer.json()["detail"]


@pytest.mark.parametrize("route", OF_ONE_THING)
async def test_what_is_not_there_is_404(house: House, route: str) -> None:
    method, path = route.split()
    headers = YAML if path.endswith("script") else {}
    content = SCRIPT if path.endswith("script") else None
    if path.endswith("review"):
        content, headers = json.dumps({"status": "wip"}), {"Content-Type": "application/json"}
    if method == "PATCH":
        content, headers = json.dumps(EDIT), {"Content-Type": "application/json"}
    if route == GIVE_KEY:
        content, headers = json.dumps({"key": "sesame"}), {"Content-Type": "application/json"}
    path = path.replace("{revision}", "1")
    files = {"file": ("a.png", b"no picture")} if route.removeprefix("POST ") in UPLOADS else None
    async with house.client() as client:
        for name in ("{project}", "{slot}", "{take}", "{job}"):
            path = path.replace(name, "nöpe")
        answer = await client.request(
            method, API + path, content=content, files=files, headers=headers
        )
        assert refused(answer, 404) == "not_found"


@pytest.mark.parametrize(
    "route", ["/projects/lighthouse/plan", "/projects/lighthouse/generate", "/slots/x/generate"]
)
@pytest.mark.parametrize(
    "body",
    [
        '{"unknown": 1}',
        "[]",
        '"missing"',
        "{",
        "nonsense",
        '{"scope": "everything"}',
        '{"count": 9}',
        '{"slots": "abc", "seed": "x"}',
        "[" * 100_000,
        '{"scope": NaN}',
        b"\xff\xfe",
    ],
)
async def test_a_wrong_body_is_a_problem(house: House, route: str, body: str) -> None:
    async with house.client() as client:
        await create(client)
        answer = await client.post(
            API + route, content=body, headers={"Content-Type": "application/json"}
        )
        assert refused(answer, answer.status_code) == "invalid_request"
        assert answer.status_code in (400, 422)


async def test_a_problem_never_repeats_what_was_sent(house: House) -> None:
    async with house.client() as client:
        answer = await client.post(f"{API}/takes/x/review", json={"status": "secret-of-mine"})
        assert refused(answer, 422) == "invalid_request"
        assert "secret-of-mine" not in answer.text
        assert answer.json()["errors"][0]["loc"] == ["body", "status"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", ["0", "501", "-1", "x", "1.5", ""])
async def test_a_limit_is_1_to_500(house: House, path: str, limit: str) -> None:
    async with house.client() as client:
        answer = await client.get(API + path.replace("{slot}", "x"), params={"limit": limit})
        assert refused(answer, 422) == "invalid_request"


async def test_a_method_that_a_path_has_not_is_405(house: House) -> None:
    async with house.client() as client:
        answer = await client.delete(f"{API}/projects/lighthouse/board")
        assert refused(answer, 405) == "method_not_allowed"


async def test_health_tells_what_is_out_of_reach(house: House) -> None:
    def fails() -> None:
        raise OSError("disk at /secret/place is gone")

    async with house.client(token=None) as client:
        assert told(await client.get("/healthz")) == {"status": "ok"}
        house.checks["database"] = lambda: None
        assert told(await client.get("/readyz")) == {
            "status": "ready",
            "checks": {"database": "ok"},
        }
        house.checks["store"] = fails
        answer = await client.get("/readyz")
        assert refused(answer, 503) == "not_ready"
        assert answer.json()["checks"] == {"database": "ok", "store": "failed"}
        assert "secret" not in answer.text
        assert (await client.head("/healthz")).status_code == 200
        assert (await client.head("/readyz")).status_code == 503


async def test_providers_are_listed_with_what_they_can_do(house: House) -> None:
    async with house.client() as client:
        [fake] = told(await client.get(f"{API}/providers"))["items"]
    assert fake["name"] == "fake"
    assert fake["kind"] == "fake"
    assert "image" in fake["media_types"]
    assert (fake["state"], fake["reason"], fake["spend"]) == ("ready", None, 0)
    assert fake["limits"]["concurrency"] > 0
