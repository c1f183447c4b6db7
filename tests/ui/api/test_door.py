"""Who comes in, before anything of a request but its head was read."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.types import Message

from domain.errors import Unavailable
from domain.usecases.signing_in import SigningIn
from tests.ui.api.conftest import OpenHouse
from tests.ui.api.house import API, HOST, OWNER_TOKEN, SHEET, YAML, House, create, refused, told
from ui.session import Door, Hosts, Judge

PAGE = {"Accept": "text/html,application/xhtml+xml"}
COOKIE = "framewright_8080"


async def cookie_of(house: House) -> str:
    async with house.client(token=None) as client:
        answer = await client.get("/", params={"token": house.door_token})
        return answer.cookies[COOKIE]


async def test_the_owners_token_opens_everything(house: House) -> None:
    async with house.client() as client:
        assert told(await client.get(f"{API}/projects")) == {"items": [], "next": None}
        assert "the page" in (await client.get("/")).text


@pytest.mark.parametrize(
    "header",
    ["Bearer wrong", "Bearer", "Basic b3duZXI6b3duZXI=", OWNER_TOKEN, f"Token {OWNER_TOKEN}", ""],
)
async def test_any_other_authorization_is_none(house: House, header: str) -> None:
    async with house.client(token=None, headers={"Authorization": header}) as client:
        answer = await client.get(f"{API}/projects")
        assert refused(answer, 401) == "unauthorised"
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_wrong_bearer_is_not_mended_by_a_good_cookie(house: House) -> None:
    cookie = await cookie_of(house)
    async with house.client(token="wrong", headers={"Cookie": f"{COOKIE}={cookie}"}) as client:
        refused(await client.get(f"{API}/projects"), 401)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/login", "/media/nothing.png"])
async def test_a_stranger_reaches_only_what_is_open(house: House, path: str) -> None:
    async with house.client(token=None) as client:
        assert (await client.get(path)).status_code != 401


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/p/lighthouse",
            "/jobs",
            "/healthz/",
            "/readyz/x",
            "/login/x",
            "/Login",
            "//healthz",
        ),
        *("/_nicegui/3/static/nicegui.js", "/_nicegui_ws/socket.io/", "/theme/other.css"),
        *("/api", "/api/", "/api/openapi.json", "/api/v1/nothing", "/media", "/favicon.ico"),
        *("/docs", "/openapi.json", "/redoc", "/login/../api/v1/projects"),
    ],
)
async def test_everything_else_is_401(house: House, path: str) -> None:
    async with house.client(token=None) as client:
        request = client.build_request("GET", f"http://{HOST}{path}")
        assert refused(await client.send(request), 401) == "unauthorised"


async def test_the_login_pages_sheet_is_open(house: House) -> None:
    async with house.client(token=None) as client:
        assert (await client.get(SHEET)).status_code == 200


async def test_metrics_answer_this_machine_alone(house: House) -> None:
    async with house.client(token=None) as client:
        assert (await client.get("/metrics")).status_code == 200
        refused(await client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}), 401)
        refused(await client.get("/metrics", headers={"Forwarded": "for=127.0.0.1"}), 401)
    async with house.client(token=None, client=("192.0.2.7", 50_000)) as client:
        refused(await client.get("/metrics"), 401)
    async with house.client(client=("192.0.2.7", 50_000)) as client:
        assert (await client.get("/metrics")).status_code == 200


async def test_a_page_is_sent_to_the_login_and_back(house: House) -> None:
    async with house.client(token=None, headers=PAGE) as client:
        answer = await client.get("/p/lighthouse?a=1&b=ü")
        assert answer.status_code == 303
        login = answer.headers["location"]
        assert login == "/login?next=/p/lighthouse%3Fa%3D1%26b%3D%25C3%25BC"
        page = await client.get(login)
        assert 'value="/p/lighthouse?a=1&amp;b=%C3%BC"' in page.text
        through = await client.post(
            "/login", data={"token": OWNER_TOKEN, "next": "/p/lighthouse?a=1&b=%C3%BC"}
        )
        assert through.headers["location"] == "/p/lighthouse?a=1&b=%C3%BC"


async def test_only_a_person_going_to_a_page_is_redirected(house: House) -> None:
    async with house.client(token=None, headers=PAGE) as client:
        refused(await client.post("/p/lighthouse"), 401)
        refused(await client.get(f"{API}/projects"), 401)
        refused(await client.get("/_nicegui/x.js"), 401)


async def test_a_body_is_not_read_before_sign_in(house: House) -> None:
    read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read = True
        yield b"x" * 1000

    async with house.client(token=None) as client:
        answer = await client.post(f"{API}/projects", content=body(), headers=YAML)
        refused(answer, 401)
    assert not read


async def test_the_printed_address_signs_in_and_leaves_the_address_bar(house: House) -> None:
    async with house.client(token=None) as client:
        answer = await client.get("/p/lighthouse", params={"token": house.door_token, "a": "1"})
        assert answer.status_code == 303
        assert answer.headers["location"] == "/p/lighthouse?a=1"
        assert answer.headers["cache-control"] == "no-store"
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"{COOKIE}=")
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie
        assert house.door_token not in str(answer.headers)
        assert "the page" in (await client.get("/")).text


async def test_a_wrong_token_in_the_address_opens_nothing(house: House) -> None:
    async with house.client(token=None) as client:
        answer = await client.get("/", params={"token": "wrong"})
        assert answer.headers["location"] == "/login"
        assert "set-cookie" not in answer.headers


async def test_an_old_printed_address_serves_who_is_signed_in(house: House) -> None:
    cookie = await cookie_of(house)
    async with house.client(token=None, headers={"Cookie": f"{COOKIE}={cookie}"}) as client:
        answer = await client.get("/p/a", params={"token": "of-the-server-before"})
        assert answer.headers["location"] == "/p/a"


async def test_the_token_in_an_address_is_none_for_the_api(house: House) -> None:
    async with house.client(token=None) as client:
        refused(await client.get(f"{API}/projects", params={"token": house.door_token}), 401)
        refused(await client.post("/", params={"token": house.door_token}), 401)


async def test_a_tokens_redirect_never_leaves_the_house(house: House) -> None:
    async with house.client(token=None) as client:
        for path in ("//evil.example/", "/%5Cevil.example", "///evil.example"):
            url = f"http://{HOST}{path}?token={house.door_token}"
            location = (await client.get(url)).headers["location"]
            assert location.startswith("/")
            assert not location.startswith(("//", "/\\"))


async def test_a_session_ends_when_it_is_revoked(house: House) -> None:
    cookie = await cookie_of(house)
    async with house.client(token=None, headers={"Cookie": f"{COOKIE}={cookie}"}) as client:
        told(await client.get(f"{API}/projects"))
        house.studio.signing_in.sign_out(cookie)
        refused(await client.get(f"{API}/projects"), 401)


async def test_a_session_outlives_a_restart(house: House, open_house: OpenHouse) -> None:
    cookie = await cookie_of(house)
    house.close()
    again = open_house()
    async with again.client(token=None, headers={"Cookie": f"{COOKIE}={cookie}"}) as client:
        told(await client.get(f"{API}/projects"))
        # but the address printed then is worth nothing now
        assert (await client.get("/login")).status_code == 200
    async with again.client(token=None) as client:
        answer = await client.get("/", params={"token": house.door_token})
        assert answer.headers["location"] == "/login"


@pytest.mark.parametrize("value", ["", "x", "x" * 5000, '"', "\\", "a=b; c", "ü"])
async def test_any_other_cookie_is_none(house: House, value: str) -> None:
    cookie = f"{COOKIE}={value}".encode()
    async with house.client(token=None) as client:
        answer = await client.get(f"{API}/projects", headers={b"Cookie": cookie})
        refused(answer, 401)


async def test_servers_of_one_machine_do_not_share_a_cookie(house: House) -> None:
    cookie = await cookie_of(house)
    async with house.client(
        token=None, base_url="http://127.0.0.1:8081", headers={"Cookie": f"{COOKIE}={cookie}"}
    ) as client:
        refused(await client.get(f"{API}/projects"), 401)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:1", "localhost:8080", "LOCALHOST", "[::1]:8080", "localhost."],
)
async def test_this_machines_names_are_ours(house: House, host: str) -> None:
    async with house.client(headers={"Host": host}) as client:
        told(await client.get(f"{API}/projects"))


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"),
        *("192.168.1.5", "[::2]", "a@127.0.0.1", "127.0.0.1/x", "127.0.0.1:x", "", "["),
    ],
)
async def test_other_names_are_refused_even_for_what_is_open(house: House, host: str) -> None:
    async with house.client(headers={"Host": host}) as client:
        assert refused(await client.get("/healthz"), 421) == "unknown_host"
        assert refused(await client.get(f"{API}/projects"), 421) == "unknown_host"


async def test_the_public_address_is_ours_too(open_house: OpenHouse) -> None:
    house = open_house(public_url="https://boards.example:8443/x")
    async with house.client(headers={"Host": "Boards.example:8443"}) as client:
        told(await client.get(f"{API}/projects"))
        page = await client.get("/", params={"token": house.door_token})
        assert "Secure" in page.headers["set-cookie"]


async def test_bound_beyond_loopback_it_is_reached_by_number(open_house: OpenHouse) -> None:
    house = open_house(bound="0.0.0.0")  # noqa: S104 - that is the case
    async with house.client() as client:
        told(await client.get(f"{API}/projects", headers={"Host": "192.168.1.5:8080"}))
        refused(await client.get(f"{API}/projects", headers={"Host": "evil.example"}), 421)


async def test_behind_https_the_cookie_is_secure(house: House) -> None:
    async with house.client(token=None, base_url=f"https://{HOST}") as client:
        answer = await client.get("/", params={"token": house.door_token})
        assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Origin": f"http://{HOST}"}, 201),
        ({"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:3000"}, 403),
        ({"Origin": "http://localhost:8080"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-site"}, 403),
    ],
)
async def test_a_page_of_another_origin_can_do_nothing_with_a_cookie(
    house: House, headers: dict[str, str], status: int
) -> None:
    cookie = await cookie_of(house)
    async with house.client(token=None, headers={"Cookie": f"{COOKIE}={cookie}"}) as client:
        answer = await client.post(
            f"{API}/projects", content="blocks: [{id: A}]", headers={**YAML, **headers}
        )
        assert answer.status_code == status
        if status == 403:
            assert refused(answer, 403) == "bad_origin"


async def test_a_program_with_a_token_needs_no_origin(house: House) -> None:
    async with house.client(headers={"Origin": "https://elsewhere.example"}) as client:
        await create(client)


async def test_another_origin_can_not_sign_a_browser_in(house: House) -> None:
    async with house.client(token=None, headers={"Origin": "https://evil.example"}) as client:
        refused(await client.post("/login", data={"token": OWNER_TOKEN}), 403)


@pytest.mark.parametrize(
    ("kind", "size"), [("application/yaml", 8), ("application/zip", 64), ("application/json", 1)]
)
async def test_too_much_is_refused_by_its_length(house: House, kind: str, size: int) -> None:
    headers = {"Content-Type": kind, "Content-Length": str(size * 1_000_000 + 1)}
    async with house.client(headers=headers) as client:
        answer = await client.post(f"{API}/projects", content=_never())
        assert refused(answer, 413) == "too_large"


async def _never() -> AsyncIterator[bytes]:
    for part in (b"never", b"asked for"):
        assert not part
        yield part


async def test_too_much_is_refused_while_it_streams(house: House) -> None:
    sent = 0

    async def far_too_much() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(40):
            sent += 1
            yield b"x" * 1_000_000

    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=far_too_much(), headers=YAML)
        assert refused(answer, 413) == "too_large"
        answer = await client.post(
            f"{API}/projects", content=far_too_much(), headers={**YAML, "Idempotency-Key": "k"}
        )
        assert refused(answer, 413) == "too_large"
    assert sent < 25


async def test_a_stranger_may_bring_a_login_form_and_no_more(house: House) -> None:
    async with house.client(token=None) as client:
        refused(await client.post("/login", data={"token": "x" * 20_000}), 413)


async def test_every_answer_bears_the_security_headers(house: House) -> None:
    async with house.client(headers=PAGE) as client:
        for path in ("/", f"{API}/projects", "/healthz", "/login", "/api/nothing", "/media/x"):
            headers = (await client.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["cache-control"] == "no-store"
            assert headers["referrer-policy"] == "same-origin"
        assert "script-src 'self'" in (await client.get("/")).headers["content-security-policy"]
        plain = (await client.get("/login")).headers["content-security-policy"]
        assert "script-src" not in plain
        assert "unsafe" not in plain


async def test_a_nul_in_an_address_is_no_server_error(house: House) -> None:
    async with house.client() as client:
        for path in ("/p/%00", f"{API}/projects/%00", f"{API}/jobs?cursor=%00"):
            refused(await client.get(f"http://{HOST}{path}"), 400)


async def test_a_broken_database_shows_nothing_of_the_inside(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with house.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE project RENAME TO gone")
    async with house.client() as client:
        answer = await client.get(f"{API}/projects")
        assert refused(answer, 500) == "internal"
        assert "project" not in answer.text.replace("framewright:problem", "")
    assert "no such table" in caplog.text


async def test_no_token_is_in_any_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with house.client() as client:
        await client.get("/", params={"token": house.door_token})
        await client.get(f"{API}/nothing", params={"token": house.door_token})
        await client.post("/login", data={"token": house.door_token})
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("http")]
    assert not any(house.door_token in one or OWNER_TOKEN in one for one in ours)


async def test_the_user_is_local_only_without_anybody_between(house: House) -> None:
    assert (await _seen(house))["local"] is True
    assert (await _seen(house, "x-forwarded-for", "127.0.0.1"))["local"] is False
    assert (await _seen(house, "via", "1.1 proxy"))["local"] is False
    assert (await _seen(house, client=("192.0.2.7", 1)))["local"] is False
    assert (await _seen(house, client=("::1", 1)))["local"] is True


async def test_a_token_in_an_address_is_seen_by_nobody_behind_the_door(house: House) -> None:
    for name in ("token", "%74oken"):
        seen = await _seen(house, path=f"/api/v1/x?a=1&{name}={house.door_token}&b=2")
        assert seen["query"] == b"a=1&b=2"


async def _seen(
    house: House, *header: str, client: Any = ("127.0.0.1", 1), path: str = "/x"
) -> Any:
    seen: dict[str, Any] = {}

    async def page(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope["state"]["user"].model_dump(), query=scope["query_string"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    door = Door(page, judge=Judge(house.studio.signing_in, Hosts()))
    headers = {"Authorization": f"Bearer {OWNER_TOKEN}"}
    if header:
        headers[header[0]] = header[1]
    transport = httpx.ASGITransport(door, client=client)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as asking:
        assert (await asking.get(path, headers=headers)).status_code == 204
    return seen


async def test_a_failing_sign_in_is_a_problem_and_nobody_gets_in(house: House) -> None:
    class OutOfReach(SigningIn):
        def by_session(self, cookie: str) -> Any:  # noqa: ARG002
            raise Unavailable("The database is out of reach.")

    async def page(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    signing_in = OutOfReach(house.works, None)  # type: ignore[arg-type]
    door = Door(page, judge=Judge(signing_in, Hosts()))
    transport = httpx.ASGITransport(door)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as asking:
        answer = await asking.get(f"{API}/projects", headers={"Cookie": f"{COOKIE}=x"})
        assert refused(answer, 503) == "unavailable"


async def socket(house: House, *, query: bytes = b"", **headers: str) -> list[Message]:
    """What a websocket of the page is told first."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    told = iter(("websocket.connect", "websocket.receive"))

    async def receive() -> Message:
        return {"type": next(told)}

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept", "user": scope["state"]["user"].name})

    door = Door(page, judge=Judge(house.studio.signing_in, Hosts()))
    given = {"host": HOST, **headers}
    scope = {
        "type": "websocket",
        "path": "/_nicegui_ws/socket.io/",
        "scheme": "ws",
        "query_string": query,
        "headers": [(k.encode(), v.encode()) for k, v in given.items()],
        "client": ("127.0.0.1", 1),
    }
    await door(scope, receive, send)
    return sent


async def test_a_socket_needs_a_session_and_our_own_origin(house: House) -> None:
    cookie = f"{COOKIE}={await cookie_of(house)}"
    accepted = [{"type": "websocket.accept", "user": "owner"}]
    closed = [{"type": "websocket.close", "code": 1008}]
    assert await socket(house, cookie=cookie, origin=f"http://{HOST}") == accepted
    assert await socket(house, cookie=cookie) == accepted
    assert await socket(house) == closed
    assert await socket(house, origin=f"http://{HOST}") == closed
    assert await socket(house, cookie=cookie, origin="http://evil.example") == closed
    assert await socket(house, cookie=cookie, origin="http://localhost:8080") == closed
    assert await socket(house, cookie=cookie, origin="null") == closed
    assert await socket(house, cookie=cookie, host="evil.example") == closed
    assert await socket(house, cookie=f"{COOKIE}=x") == closed


@pytest.mark.parametrize("cookie", [{}, {"cookie": f"{COOKIE}=x"}])
async def test_a_page_of_ours_whose_session_is_over_is_told_to_load_again(
    house: House, cookie: dict[str, str]
) -> None:
    sent = await socket(house, query=b"client_id=x", origin=f"http://{HOST}", **cookie)
    assert [one["type"].removeprefix("websocket.") for one in sent] == [
        "accept",
        "send",
        "send",
        "close",
    ]
    assert sent[2]["text"] == '44{"message":"Implicit handshake failed"}'
    assert not any("user" in one for one in sent)


async def test_a_page_whose_session_is_over_is_sent_to_a_login_that_says_so(house: House) -> None:
    async with house.client(token=None, headers={**PAGE, "Cookie": f"{COOKIE}=x"}) as client:
        answer = await client.get("/p/lighthouse")
        assert answer.headers["location"] == "/login?next=/p/lighthouse&over=1"
        assert "Your session is over" in (await client.get(answer.headers["location"])).text
        assert "Your session is over" not in (await client.get("/login")).text


async def test_the_socket_is_no_place_for_requests(house: House) -> None:
    async with house.client() as client:
        for method in ("GET", "POST"):
            answer = await client.request(
                method, "/_nicegui_ws/socket.io/", params={"EIO": "4", "transport": "polling"}
            )
            assert refused(answer, 426) == "websocket_only"


async def test_a_problem_is_the_same_json_everywhere(house: House) -> None:
    async with house.client() as client:
        for path in ("/api/x", "/api/v2/projects", f"{API}/x", "/media/a/b", "/media", "/api/v1/"):
            for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
                answer = await client.request(method, path)
                assert refused(answer, answer.status_code) in ("not_found", "method_not_allowed")
        assert json.loads((await client.request("TRACE", "/api/x")).text)["code"] == "not_found"
