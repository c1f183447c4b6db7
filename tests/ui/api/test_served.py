"""The real process: NiceGUI behind the door, a clean stop, and nothing secret in its log."""

import re
import socket
import threading
import time

import httpx
import pytest

from tests.conftest import LOOPBACK
from tests.services.server import Server, StartServer
from tests.ui.api.house import API, LIGHTHOUSE, SCRIPT, YAML, refused, told

pytestmark = pytest.mark.allow_hosts(LOOPBACK)
FAST = {"FRAMEWRIGHT_FAKE_SPEED": "0", "FRAMEWRIGHT_FAKE_ART": "plain"}
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"


def signed_in(server: Server) -> httpx.Client:
    """A browser that opened the printed address."""
    answer = httpx.get(server.sign_in)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return httpx.Client(base_url=server.url, cookies=answer.cookies, timeout=10)


def owner(server: Server) -> httpx.Client:
    headers = {"Authorization": f"Bearer {server.api_token}"}
    return httpx.Client(base_url=server.url, headers=headers, timeout=10)


def upgrade(server: Server, *headers: str) -> str:
    """The status line that a websocket's opening gets."""
    lines = [
        f"GET {SOCKET} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        *headers,
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        return line.recv(100).decode().split("\r\n")[0]


def test_the_page_and_all_it_loads_need_a_session(server: StartServer) -> None:
    running = server(env=FAST)
    with signed_in(running) as browser, httpx.Client(base_url=running.url) as stranger:
        page = browser.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        loaded = set(re.findall(r'(?:src|href|from) ?=?"(/[^"]+)"', page.text))
        assert any("/_nicegui/" in one for one in loaded)
        for address in sorted(loaded):
            assert browser.get(address).status_code == 200, address
            open_to_all = address.startswith("/theme/")
            assert (stranger.get(address).status_code == 401) is not open_to_all, address
        assert stranger.get("/", headers={"Accept": "text/html"}).headers["location"] == "/login"
        sheet = re.findall(r'stylesheet" href="([^"]+)"', stranger.get("/login").text)
        assert [stranger.get(one).status_code for one in sheet] == [200]


def test_the_pages_socket_needs_a_session_of_our_own_origin(server: StartServer) -> None:
    running = server(env=FAST)
    with signed_in(running) as browser:
        cookie = "Cookie: " + "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
        assert "101" in upgrade(running, cookie, f"Origin: {running.url}")
        assert "403" in upgrade(running, f"Origin: {running.url}")
        assert "403" in upgrade(running, cookie, "Origin: http://evil.example")
        assert "403" in upgrade(running, cookie, f"Origin: http://localhost:{running.port}")
        refused(browser.get(SOCKET.replace("websocket", "polling")), 426)


def test_unknown_addresses_of_the_api_are_no_pages(server: StartServer) -> None:
    running = server(env=FAST)
    with owner(running) as client:
        for path in ("/api/x", f"{API}/nothing", "/media/a/b", "/api"):
            assert refused(client.get(path, headers={"Accept": "text/html"}), 404) == "not_found"
        assert told(client.get("/readyz"))["status"] == "ready"


def test_it_stops_within_5_seconds_with_open_streams_which_end_well(server: StartServer) -> None:
    running = server(env=FAST)
    with owner(running) as client:
        told(client.post(f"{API}/projects", content=SCRIPT, headers=YAML))
    ended: list[str] = []

    def listen() -> None:
        with owner(running) as client, client.stream("GET", f"{LIGHTHOUSE}/events") as answer:
            for line in answer.iter_lines():
                opened.set()
                ended.append(line)
        ended.append("to its end")

    opened = threading.Event()
    readers = [threading.Thread(target=listen) for _ in range(3)]
    for one in readers:
        one.start()
    assert opened.wait(5)
    began = time.monotonic()
    assert running.stop() == 0
    assert time.monotonic() - began < 5
    for one in readers:
        one.join(5)
    assert ended.count("to its end") == 3


def test_no_token_is_in_the_log_but_the_printed_one(server: StartServer) -> None:
    running = server(env=FAST)
    with signed_in(running) as browser, owner(running) as client:
        browser.get(f"{API}/x", params={"token": running.token})
        browser.get("/nothing", params={"token": running.token})
        browser.post("/login", data={"token": running.api_token})
        client.get(f"{API}/projects")
        session = next(iter(browser.cookies.values()))
    running.stop()
    assert running.log.count(running.token) == 1  # the address itself
    assert running.api_token not in running.log
    assert session not in running.log
